using NeuroTrails.Checkpoints;
using NeuroTrails.Formats;

namespace NeuroTrails.Tests.Checkpoints;

public sealed class CheckpointAuditTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_written_is_sound_and_its_active_weights_are_counted()
    {
        var random = new Random(1);
        for (var step = 1; step <= 200; step++)
        {
            var masks = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Mask(random)).ToList();
            var audit = Audit(
                step,
                "backbone",
                [
                    .. masks.SelectMany((mask, index) => Weight($"w{index}", mask, Count(mask), Count(mask))),
                    new("bias", StoredDType.F32, [2], new byte[8]),
                ]
            );
            Assert.Equal((step, masks.Sum(Count)), (audit.Step, audit.ActiveWeights));
            Assert.Equal(["backbone"], audit.Owners);
        }
    }

    [Theory]
    [InlineData(1, 0, "head-0: w.values has 5 values where 4 positions of w are active")]
    [InlineData(0, -1, "head-0: w.moment.momentum has 3 values where 4 positions of w are active")]
    public void More_or_fewer_values_than_active_positions_are_found(int values, int moments, string expected) =>
        Assert.Equal(
            expected,
            Assert
                .Throws<CheckpointDamagedException>(() =>
                    Audit(7, "head-0", Weight("w", [true, false, true, true, true], 4 + values, 4 + moments))
                )
                .Reason
        );

    [Theory]
    [InlineData("6", "head-0", "head-0 is at step 6")]
    [InlineData("7", "head-1", "head-0's file says that it is head-1's")]
    public void An_owner_at_another_step_and_another_owners_file_are_found(string step, string owner, string expected) =>
        Assert.Equal(
            expected,
            Assert.Throws<CheckpointDamagedException>(() => Audit(7, "head-0", Weight("w", [true], 1, 1), step, owner)).Reason
        );

    [Fact]
    public void A_byte_that_changed_is_found()
    {
        Audit(7, "head-0", Weight("w", [true], 1, 1));
        var entry = Assert.Single(Store().List());
        CheckpointSamples.Damage(Path.Combine(entry.Folder, "head-0.safetensors"));
        Assert.Contains(
            "has SHA-256",
            Assert.Throws<CheckpointDamagedException>(() => CheckpointAudit.Of(entry)).Reason,
            StringComparison.Ordinal
        );
    }

    private static bool[] Mask(Random random) => [.. Enumerable.Range(0, random.Next(1, 70)).Select(_ => random.Next(5) == 0)];

    private static long Count(bool[] mask) => mask.Count(active => active);

    private static StoredTensor[] Weight(string name, bool[] mask, long values, long moments) =>
        [
            new(
                $"{name}.mask",
                StoredDType.U8,
                [MaskBitmap.Bytes(mask.Length)],
                MaskBitmap.Pack([.. mask.Select(active => (byte)(active ? 1 : 0))])
            ),
            new($"{name}.values", StoredDType.F32, [values], new byte[4 * values]),
            new($"{name}.moment.momentum", StoredDType.F32, [moments], new byte[4 * moments]),
        ];

    private CheckpointStore Store() => CheckpointSamples.Store(_folder.Path);

    private CheckpointAudit Audit(long step, string owner, StoredTensor[] tensors, string? saysStep = null, string? saysOwner = null)
    {
        using var draft = Store().BeginTemp(step, 1);
        draft.WriteOwner(
            owner,
            tensors.Select(tensor => tensor.ToSource()),
            new Dictionary<string, string> { ["owner"] = saysOwner ?? owner, ["step"] = saysStep ?? $"{step}" }
        );
        return CheckpointAudit.Of(new(step, Store().Commit(draft, CheckpointSamples.State).Folder));
    }
}
