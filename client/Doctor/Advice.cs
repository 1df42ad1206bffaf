namespace NeuroTrails.Client.Doctor;

/// <summary>Settings of a machine that cost speed, and what to do about them.</summary>
internal static class Advice
{
    public static IEnumerable<string> For(Func<string, string?> variable)
    {
        if (variable("OMP_WAIT_POLICY") is { } policy && !policy.Equals("PASSIVE", StringComparison.OrdinalIgnoreCase))
        {
            yield return $"OMP_WAIT_POLICY={policy} is set: waiting threads spin and take the cores from other heads. Unset it; PASSIVE "
                + "is the program's own choice.";
        }

        if (variable("OMP_NUM_THREADS") is { Length: > 0 } threads)
        {
            yield return $"OMP_NUM_THREADS={threads} is set, but threads belong to a run: execution.backbone_threads and "
                + "execution.head_threads decide.";
        }
    }
}
