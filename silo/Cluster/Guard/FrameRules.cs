using System.Buffers;

namespace NeuroTrails.Silo.Cluster.Guard;

/// <summary>What may come in on a port.</summary>
/// <param name="MostHeaderBytes">Largest header of a message.</param>
/// <param name="MostBodyBytes">Largest body.</param>
/// <param name="Patience">How long one message may take to arrive.</param>
/// <param name="Fault">Why a message with this header may not come in; null where it may.</param>
internal sealed record FrameRules(int MostHeaderBytes, int MostBodyBytes, TimeSpan Patience, Func<ReadOnlySequence<byte>, string?> Fault)
{
    // Largest message that silos send to one another, Orleans' own default; tensors go by a port of their own.
    public const int MostSiloBytes = 100 << 20;

    // Largest message that a client sends: the settings of a run.
    public const int MostClientBytes = 1 << 20;

    public static FrameRules Silo { get; } = new(1 << 20, MostSiloBytes, TimeSpan.FromMinutes(2), _ => null);

    public static FrameRules Client { get; } = new(64 << 10, MostClientBytes, TimeSpan.FromSeconds(30), ClientFrames.Fault);
}
