using System.Text;
using NeuroTrails.Checkpoints;

namespace NeuroTrails.Tests.Checkpoints;

public sealed class TensorBoardLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Board => _folder.File("tensorboard");

    [Fact]
    public void Checksums_are_the_published_ones()
    {
        // CRC-32C of "123456789" is E3069283 (RFC 3720's polynomial); rotated by 15 and displaced.
        Assert.Equal(unchecked(((0xE3069283u >> 15) | (0xE3069283u << 17)) + 0xa282ead8u), TensorBoardLog.MaskedCrc("123456789"u8));
        var random = new Random(1);
        for (var trial = 0; trial < 500; trial++)
        {
            var bytes = new byte[random.Next(100)];
            random.NextBytes(bytes);
            Assert.Equal(EventFile.Masked(bytes), TensorBoardLog.MaskedCrc(bytes));
        }
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        using (var log = new TensorBoardLog(Board, 0, TimeProvider.System))
        {
            log.Add(1, [("train/loss", 2.5), ("größe", double.NaN), ("x", double.PositiveInfinity)]);
            log.Add(300, [("train/loss", -1e-3)]);
            log.Add(long.MaxValue, []);
        }

        var file = Assert.Single(Directory.GetFiles(Board));
        Assert.Matches(@"^events\.out\.tfevents\.[0-9]{10}[^/]*$", Path.GetFileName(file));
        var events = EventFile.ReadFolder(Board);
        Assert.Equal("brain.Event:2", events[0].Version);
        Assert.Equal((1L, 1L), (events[1].Session, events[1].Step));
        Assert.Equal([1, 300, long.MaxValue], events[2..].Select(item => item.Step));
        Assert.Equal(
            (2.5f, float.NaN, float.PositiveInfinity),
            (events[2].Scalars["train/loss"], events[2].Scalars["größe"], events[2].Scalars["x"])
        );
        Assert.Equal(-1e-3f, events[3].Scalars["train/loss"]);
        Assert.All(events, item => Assert.InRange(item.WallTime, 1.7e9, 1e10));
    }

    [Fact]
    public void Later_steps_and_torn_ends_are_cut_off()
    {
        var random = new Random(2);
        for (var trial = 0; trial < 200; trial++)
        {
            using var folder = new TemporaryFolder();
            var steps = Enumerable.Range(0, random.Next(1, 12)).Select(_ => (long)random.Next(1, 20)).Order().ToList();
            using (var log = new TensorBoardLog(folder.Path, steps[0] - 1, TimeProvider.System))
            {
                foreach (var step in steps)
                {
                    log.Add(step, [("a", step)]);
                }
            }

            var file = Assert.Single(Directory.GetFiles(folder.Path));
            var (kept, whole) = (random.Next(0, 22), File.ReadAllBytes(file));
            // Cut anywhere, or a bit turned over in the last event.
            if (random.Next(2) == 0)
            {
                whole[^random.Next(1, 20)] ^= 4;
                steps.RemoveAt(steps.Count - 1);
            }
            else
            {
                whole = [.. whole, .. whole[..random.Next(1, 12)]];
            }

            File.WriteAllBytes(file, whole);
            TensorBoardLog.TruncateAfter(folder.Path, kept);
            Assert.Equal(
                steps.Where(step => step <= kept),
                EventFile.ReadFolder(folder.Path).Where(item => item.Version is null && item.Session is null).Select(item => item.Step)
            );
            var before = File.ReadAllBytes(file);
            TensorBoardLog.TruncateAfter(folder.Path, kept);
            Assert.Equal(before, File.ReadAllBytes(file));
        }
    }

    [Fact]
    public void Other_files_stay_and_a_missing_folder_is_fine()
    {
        TensorBoardLog.TruncateAfter(Board, 3);
        Directory.CreateDirectory(Board);
        File.WriteAllText(Path.Combine(Board, "note.txt"), "x", Encoding.UTF8);
        File.WriteAllBytes(Path.Combine(Board, "events.out.tfevents.1.other"), [1, 2, 3]);
        File.WriteAllBytes(Path.Combine(Board, "events.out.tfevents.1.neurotrails"), [1, 2, 3]);
        TensorBoardLog.TruncateAfter(Board, 3);
        Assert.Equal([0, 3, 4], Directory.GetFiles(Board).Select(file => new FileInfo(file).Length).Order());
    }
}
