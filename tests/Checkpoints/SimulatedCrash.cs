namespace NeuroTrails.Tests.Checkpoints;

/// <summary>The process is gone: nothing that the code would do about an exception happens either.</summary>
internal sealed class SimulatedCrash : Exception;
