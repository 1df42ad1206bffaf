using NeuroTrails.Contracts;

namespace NeuroTrails.Grains;

/// <summary>
/// What must outlive a coordinator's activation. Every write is checked by its ETag: of two coordinators that both believe in themselves,
/// one written off while it was only slow, the second write fails, and with it everything that the loser would have done next.
/// </summary>
[GenerateSerializer, Alias("nt.CoordinatorState")]
internal sealed class CoordinatorState
{
    [Id(0)]
    public RunDefinition? Run { get; set; }

    // Its phase; a run that is Running is taken up by whoever becomes its coordinator.
    [Id(1)]
    public RunPhase Phase { get; set; }

    [Id(2)]
    public long Generation { get; set; }

    [Id(3)]
    public CommitPoint? Committed { get; set; }

    [Id(4)]
    public string? Failure { get; set; }

    [Id(5)]
    public bool FailureIsUsers { get; set; }

    [Id(6)]
    public string[] Pins { get; set; } = [];

    [Id(7)]
    public bool Rebalance { get; set; } = true;

    // By this the run's coordinators, one after the other, know the right to write its folder for their own.
    [Id(9)]
    public string? Lease { get; set; }

    // A submission that is being looked at; whoever becomes the coordinator goes on with that.
    [Id(10)]
    public RunSubmission? Submission { get; set; }

    // Id of the submission by which the run began or went on, to know it when it is sent again.
    [Id(11)]
    public string? Accepted { get; set; }
}
