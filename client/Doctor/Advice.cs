namespace NeuroTrails.Client.Doctor;

/// <summary>Settings of a machine that cost speed, and what to do about them.</summary>
internal static class Advice
{
    /// <summary>Advice for this process.</summary>
    /// <param name="variable">Reads the environment.</param>
    /// <param name="blas">Loaded BLAS libraries.</param>
    public static IEnumerable<string> For(Func<string, string?> variable, IReadOnlyList<string> blas)
    {
        if (!string.Equals(variable("OMP_WAIT_POLICY"), "PASSIVE", StringComparison.OrdinalIgnoreCase))
        {
            yield return "OMP_WAIT_POLICY is not PASSIVE: waiting threads spin and take the cores from other heads. ./neurotrails sets it.";
        }

        if (variable("OMP_NUM_THREADS") is { Length: > 0 } threads)
        {
            yield return $"OMP_NUM_THREADS={threads} is set, but threads belong to a run: execution.backbone_threads and execution.head_threads decide.";
        }

        if (blas.Any(path => path.Contains("pthread", StringComparison.Ordinal)))
        {
            yield return "OpenBLAS is its pthread build, whose threads fight with OpenMP's: sudo apt-get install libopenblas0-openmp";
        }
        else if (blas.Any(path => Path.GetFileName(path).StartsWith("libblas.so", StringComparison.Ordinal) && !path.Contains("openblas", StringComparison.Ordinal)))
        {
            yield return "BLAS is the slow reference build: sudo apt-get install libopenblas0-openmp";
        }
    }
}
