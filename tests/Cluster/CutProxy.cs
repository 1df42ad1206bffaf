using NeuroTrails.Running;

namespace NeuroTrails.Tests.Cluster;

/// <summary>A way to Redis that can be cut: from then on what is sent gets lost, as packets do.</summary>
internal sealed class CutProxy(RedisServer server) : RedisProxy(server)
{
    private readonly TaskCompletionSource _never = new();

    /// <summary>Whether it is cut.</summary>
    public bool IsCut { get; set; }

    protected override Task Asks(int connection, Memory<byte> bytes) => IsCut ? _never.Task : Task.CompletedTask;

    protected override bool Answers(int connection, ReadOnlyMemory<byte> bytes) => !IsCut;
}
