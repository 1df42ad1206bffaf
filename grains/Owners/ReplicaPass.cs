using NeuroTrails.Contracts;

namespace NeuroTrails.Grains;

/// <summary>What a replica's heads have made of a step so far.</summary>
/// <param name="heads">Heads that it computes with.</param>
/// <param name="microBatches">Micro-batches of the step.</param>
/// <param name="targets">Labels of the whole batch that count.</param>
public sealed class ReplicaPass(int heads, int microBatches, long targets)
{
    private readonly double[] _losses = new double[heads];
    private readonly long[] _correct = new long[heads];
    private BackwardReply[] _last = [];

    /// <summary>Labels of the whole batch that count.</summary>
    public long Targets => targets;

    /// <summary>Whether every loss is finite, of every micro-batch.</summary>
    public bool IsFinite { get; private set; } = true;

    /// <summary>The backward pass of the micro-batches added so far; done once the last of them is.</summary>
    public Task Backward { get; set; } = Task.CompletedTask;

    /// <summary>The heads' figures of the whole batch, in order.</summary>
    public HeadStep[] Heads =>
        [.. _last.Select((reply, index) => new HeadStep(reply.Head, _losses[index] / microBatches, _correct[index], reply.SquaredNorm))];

    /// <summary>Adds what the heads made of the next micro-batch.</summary>
    /// <param name="replies">Theirs, in the order of the heads.</param>
    public void Add(BackwardReply[] replies)
    {
        ArgumentNullException.ThrowIfNull(replies);
        for (var i = 0; i < replies.Length; i++)
        {
            _losses[i] += replies[i].Loss;
            _correct[i] += replies[i].Correct;
        }

        _last = replies;
        IsFinite = IsFinite && Array.TrueForAll(replies, reply => double.IsFinite(reply.Loss));
    }
}
