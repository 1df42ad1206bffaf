using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Data;

namespace NeuroTrails.Tests.Engine;

/// <summary>What is noteworthy of the data is told before anything is learnt.</summary>
public sealed class DataNoticesTests
{
    [Fact]
    public async Task A_run_says_what_it_leaves_out_and_goes_on()
    {
        using var folder = new TempFolder();
        var grey = new DecodedImage(new SampleShape(1, 8, 8), new byte[64]);
        for (var i = 0; i < 8; i++)
        {
            Array.Fill(grey.Pixels, (byte)(30 * i));
            folder.Write($"data/train/{i % 2}/{i}.png", PngFile.Of(grey));
            folder.Write($"data/test/{i % 2}/{i}.png", PngFile.Of(grey));
        }

        folder.Write("data/test/0/bad.png", [1, 2, 3]);
        Directory.CreateDirectory(folder["data/train/empty"]);
        var options = new RunOptions
        {
            Device = "cpu",
            Data = new()
            {
                Name = "images",
                Path = folder["data"],
                ImageSize = 8,
                Validation = 0,
                SkipBad = 1,
            },
            Model = new() { Name = "mlp", Hidden = [8, 8] },
            Ensemble = new() { Heads = 2, BlocksInHead = 1 },
            Training = new() { Steps = 2, Batch = 4 },
            Execution = new()
            {
                BackboneThreads = 1,
                HeadThreads = 1,
                ParallelHeads = 2,
            },
        };
        var told = new List<RunUpdate>();
        var result = await new RunEngine(TimeProvider.System).TrainAsync(
            new(options, folder["run"], ResumeMode.Never),
            new Listener(told.Add),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(TrainOutcome.Finished, result.Outcome);
        Assert.Collection(
            told.Skip(2).Take(2).Cast<RunNotice>(), // after the data and the classes
            notice => Assert.Contains("empty holds no images", notice.Message, StringComparison.Ordinal),
            notice => Assert.Contains("bad.png", notice.Message, StringComparison.Ordinal)
        );
    }
}
