using NeuroTrails.Formats;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Client;

public sealed class StatusCheckTests : ClientFixture
{
    [Fact]
    public async Task Sound_checkpoints_are_told_with_their_active_weights()
    {
        var run = Run(3, 3);
        Assert.Equal(0, await RunAsync("status", run, "--check"));
        Assert.Contains(
            "checked     step 1: files as they were written, 1 owner at one step, 3 active weights\n",
            Output,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("DAMAGED", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_of_active_weights_that_changes_is_a_finding()
    {
        Assert.Equal(1, await RunAsync("status", Run(3, 4), "--check"));
        Assert.Contains("DAMAGED     The checkpoints have 3, 4 active weights", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_file_is_a_finding_and_the_others_are_read_still()
    {
        var run = Run(3, 3);
        CheckpointSamples.Damage(Path.Combine(run, "checkpoints", "step-00000001", "backbone.safetensors"));
        Assert.Equal(0, await RunAsync("status", run));
        Assert.Equal(1, await RunAsync("status", run, "--check"));
        Assert.Contains("step 2: files as they were written", Output, StringComparison.Ordinal);
        Assert.Contains("DAMAGED     ", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_runs_name_in_a_cluster_has_no_files_to_check()
    {
        Assert.Equal(2, await RunAsync("status", "long", "--check", "--cluster", "127.0.0.1:30000"));
        Assert.StartsWith("--check reads checkpoints", Error, StringComparison.Ordinal);
    }

    private string Run(params int[] active)
    {
        var run = MakeRun("r");
        var store = CheckpointSamples.Store(run);
        foreach (var (index, count) in active.Index())
        {
            using var draft = store.BeginTemp(index + 1, 1);
            StoredTensor[] tensors =
            [
                new("w.mask", StoredDType.U8, [1], new byte[] { (byte)((1 << count) - 1) }),
                new("w.values", StoredDType.F32, [count], new byte[4 * count]),
            ];
            draft.WriteOwner(
                "backbone",
                tensors.Select(tensor => tensor.ToSource()),
                new Dictionary<string, string> { ["owner"] = "backbone", ["step"] = $"{index + 1}" }
            );
            store.Commit(draft, CheckpointSamples.State);
        }

        return run;
    }
}
