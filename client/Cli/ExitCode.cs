namespace NeuroTrails.Client.Cli;

/// <summary>What the program's end tells the shell.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    // Something failed that the user did not cause.
    public const int Failure = 1;

    // Wrong usage or bad input; a message said what to change.
    public const int Usage = 2;

    public const int Interrupted = 130;
}
