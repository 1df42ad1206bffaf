using System.Globalization;

namespace NeuroTrails.Running;

/// <summary>Names a checkpoint of a run: the last, the best, or that of a step.</summary>
public readonly record struct CheckpointChoice
{
    private enum Which
    {
        Last,
        Best,
        Step,
    }

    private readonly Which _which;
    private readonly long _step;

    private CheckpointChoice(Which which, long step) => (_which, _step) = (which, step);

    /// <summary>The newest valid checkpoint.</summary>
    public static CheckpointChoice Last { get; } = new(Which.Last, 0);

    /// <summary>The checkpoint that was best on the validation split.</summary>
    public static CheckpointChoice Best { get; } = new(Which.Best, 0);

    /// <summary>Whether the best is meant.</summary>
    public bool IsBest => _which == Which.Best;

    /// <summary>The step that is meant, at least 0; absent for last and best.</summary>
    public long? Step => _which == Which.Step ? _step : null;

    /// <summary>The checkpoint of one step.</summary>
    /// <param name="step">Steps done, at least 0.</param>
    public static CheckpointChoice At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return new(Which.Step, step);
    }

    /// <summary>Reads <c>last</c>, <c>best</c> or a step number.</summary>
    /// <param name="text">What the user typed.</param>
    /// <param name="choice">The choice; <see cref="Last"/> where the text is none.</param>
    public static bool TryParse(string? text, out CheckpointChoice choice)
    {
        choice = Last;
        switch (text)
        {
            case "last":
                return true;
            case "best":
                choice = Best;
                return true;
            default:
                if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var step))
                {
                    return false;
                }

                choice = At(step);
                return true;
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        _which switch
        {
            Which.Last => "last",
            Which.Best => "best",
            _ => _step.ToString(CultureInfo.InvariantCulture),
        };
}
