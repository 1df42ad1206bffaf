using NeuroTrails.Configuration;
using NeuroTrails.Running;
using NeuroTrails.Silo;

namespace NeuroTrails.Tests.Engine;

/// <summary>A run of seconds, for what comes after training.</summary>
internal static class SmallRun
{
    /// <summary>Trains two heads on generated images.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="validation">As <c>data.validation</c>.</param>
    /// <param name="batch">As <c>evaluation.batch</c>.</param>
    /// <returns>The folder.</returns>
    public static async Task<string> Train(string folder, double validation = 0.25, int batch = 256)
    {
        var options = new RunOptions
        {
            Device = "cpu",
            Data = new() { Limit = 128, Validation = validation },
            Evaluation = new() { Batch = batch },
            Model = new() { Name = "mlp", Hidden = [32] },
            Ensemble = new() { Heads = 2, BlocksInHead = 1 },
            Topology = new() { Density = 0.5, Every = 10 },
            Training = new()
            {
                Steps = 30,
                Batch = 32,
                LearningRate = 0.05,
            },
        };
        await new RunEngine(TimeProvider.System).TrainAsync(
            new(options, folder, ResumeMode.Never),
            new Notes(),
            TestContext.Current.CancellationToken
        );
        return folder;
    }
}

/// <summary>Keeps what was said.</summary>
internal sealed class Notes : IProgress<RunUpdate>
{
    private readonly List<string> _lines = [];

    /// <summary>Texts of all notices.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <inheritdoc/>
    public void Report(RunUpdate value)
    {
        if (value is RunNotice notice)
        {
            _lines.Add(notice.Message);
        }
    }
}
