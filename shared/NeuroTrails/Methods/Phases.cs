namespace NeuroTrails.Methods;

/// <summary>Parts of a run, one after the other.</summary>
public sealed class Phases
{
    private readonly long[] _ends;

    private Phases(long[] ends) => _ends = ends;

    /// <summary>Number of phases.</summary>
    public int Count => _ends.Length;

    /// <summary>As many steps for each as can be.</summary>
    /// <param name="steps">Steps of the run.</param>
    /// <param name="count">Number of phases, 1 to the steps.</param>
    public static Phases Equal(long steps, int count) => After(0, steps, count);

    /// <summary>A first phase, and others of as many steps each as can be.</summary>
    /// <param name="first">Steps of the first; 0 for none.</param>
    /// <param name="steps">Steps of the run.</param>
    /// <param name="count">Number of the others, at least 1.</param>
    public static Phases After(long first, long steps, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var others = Enumerable.Range(1, count).Select(phase => first + (long)((Int128)(steps - first) * phase / count));
        return new([.. first > 0 ? others.Prepend(first) : others]);
    }

    /// <summary>Which phase a step belongs to (from 0), and which step of it that is (from 1).</summary>
    /// <param name="step">Step, 1 to those of the run.</param>
    public (int Phase, long Step) At(long step)
    {
        var phase = Array.FindIndex(_ends, end => step <= end);
        return phase < 0 ? (Count - 1, step - Start(Count - 1)) : (phase, step - Start(phase));
    }

    /// <summary>Steps of a phase.</summary>
    /// <param name="phase">Phase, from 0.</param>
    public long Length(int phase) => _ends[phase] - Start(phase);

    /// <summary>Steps before a phase.</summary>
    /// <param name="phase">Phase, from 0.</param>
    public long Start(int phase) => phase == 0 ? 0 : _ends[phase - 1];

    /// <summary>Whether a step is the last of a phase.</summary>
    /// <param name="step">Step, from 1.</param>
    public bool IsEnd(long step) => Array.IndexOf(_ends, step) >= 0;
}
