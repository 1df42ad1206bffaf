namespace NeuroTrails.Files;

/// <summary>For tidying up on the way out of a failure: a second failure must not hide the first.</summary>
internal static class BestEffort
{
    /// <summary>Does something whose file faults are of no interest.</summary>
    /// <param name="tidy">What to do.</param>
    public static void Do(Action tidy)
    {
        try
        {
            tidy();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The next owner of the run folder removes what is left.
        }
    }
}
