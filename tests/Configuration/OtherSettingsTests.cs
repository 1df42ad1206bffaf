using NeuroTrails.Configuration;

namespace NeuroTrails.Tests.Configuration;

public sealed class OtherSettingsTests
{
    private static readonly RunOptions Asked = new();
    private static readonly RunOptions Own = Asked with
    {
        Topology = Asked.Topology with { Every = 6 },
        Checkpoint = Asked.Checkpoint with { EverySeconds = 0 },
        Execution = Asked.Execution with { BackboneThreads = 2, HeadThreads = 1, ParallelHeads = 2 },
    };

    [Fact]
    public void What_a_run_resolved_for_itself_is_no_other_setting() => Assert.Empty(OtherSettings.Of(Asked, Own));

    [Fact]
    public void What_is_set_by_name_is() =>
        Assert.Equal(
            ["topology.every: the run has 6, asked for is 7", "checkpoint.every_seconds: the run has 0, asked for is 5"],
            OtherSettings.Of(
                Asked with
                {
                    Topology = Asked.Topology with { Every = 7 },
                    Checkpoint = Asked.Checkpoint with { EverySeconds = 5 },
                },
                Own
            )
        );
}
