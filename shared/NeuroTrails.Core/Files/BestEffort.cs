namespace NeuroTrails.Files;

/// <summary>For tidying up on the way out of a failure: a second failure must not hide the first.</summary>
internal static class BestEffort
{
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
