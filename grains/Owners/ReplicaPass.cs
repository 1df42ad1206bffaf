using NeuroTrails.Contracts;

namespace NeuroTrails.Grains;

/// <summary>What a replica's heads have made of a step so far.</summary>
internal sealed class ReplicaPass(int heads, int microBatches, long targets)
{
    private readonly double[] _losses = new double[heads];
    private readonly long[] _correct = new long[heads];
    private BackwardReply[] _last = [];

    // Labels of the whole batch that count.
    public long Targets => targets;

    public bool IsFinite { get; private set; } = true;

    // The backward pass of the micro-batches added so far; done once the last of them is.
    public Task Backward { get; set; } = Task.CompletedTask;

    public HeadStep[] Heads =>
        [.. _last.Select((reply, index) => new HeadStep(reply.Head, _losses[index] / microBatches, _correct[index], reply.SquaredNorm))];

    public void Add(BackwardReply[] replies)
    {
        for (var i = 0; i < replies.Length; i++)
        {
            _losses[i] += replies[i].Loss;
            _correct[i] += replies[i].Correct;
        }

        _last = replies;
        IsFinite = IsFinite && Array.TrueForAll(replies, reply => double.IsFinite(reply.Loss));
    }
}
