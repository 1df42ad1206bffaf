using NeuroTrails.Metrics;
using NeuroTrails.Running;
using NeuroTrails.Silo;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Engine;

/// <summary>An evaluation that calibrates on the run's validation split, from data to JSON.</summary>
public sealed class CalibrationRunTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Temperatures_come_from_validation_and_figures_from_the_split()
    {
        using var folder = new TemporaryFolder();
        var run = await SmallRun.Train(folder.File("run"));
        var engine = new RunEngine(TimeProvider.System);
        var result = await engine.EvaluateAsync(new(run, CheckpointChoice.Last, "test") { Calibrates = true }, new Notes(), Stop);
        var report = result.Calibration!;
        Assert.Equal(("validation", 2), (report.FittedOn, report.Heads.Count));
        Assert.Equal(result.Nll, report.Ensemble.NllBefore, 12);
        Assert.Equal(result.Ece, report.Ensemble.EceBefore, 12);
        Assert.Equal(result.OfHeads("nll")!, report.Heads.Select(head => head.NllBefore));
        Assert.Equal((report.Samples + 1) / 2, report.Conformal.CalibrationSamples);
        Assert.Equal(result.Samples, report.Conformal.TestSamples);

        var validation = await engine.EvaluateAsync(new(run, CheckpointChoice.Last, "validation"), new Notes(), Stop);
        var json = System.Text.Json.JsonSerializer.SerializeToNode(result, RunJson.Default.EvaluationResult)!["calibration"]!;
        Assert.Equal(report.Ensemble.Temperature, json["ensemble"]!["temperature"]!.GetValue<double>());
        Assert.Equal(2, json["heads"]!.AsArray().Count);
        Assert.Equal(report.Conformal.Coverage, json["conformal"]!["coverage"]!.GetValue<double>());
        Assert.InRange(report.Ensemble.Temperature, TemperatureScaling.Lowest, TemperatureScaling.Highest);
        Assert.Null(validation.Calibration);
    }

    [Fact]
    public async Task Without_a_validation_split_a_line_says_why_there_is_none()
    {
        using var folder = new TemporaryFolder();
        var engine = new RunEngine(TimeProvider.System);
        var run = await SmallRun.Train(folder.File("run"), validation: 0);
        var notes = new Notes();
        var result = await engine.EvaluateAsync(new(run, CheckpointChoice.Last, "test") { Calibrates = true }, notes, Stop);
        Assert.Null(result.Calibration);
        Assert.Contains("the run has none (data.validation)", Assert.Single(notes.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_split_that_would_be_fitted_on_is_not_measured_by_itself()
    {
        using var folder = new TemporaryFolder();
        var engine = new RunEngine(TimeProvider.System);
        var run = await SmallRun.Train(folder.File("run"));
        var notes = new Notes();
        var result = await engine.EvaluateAsync(new(run, CheckpointChoice.Last, "validation") { Calibrates = true }, notes, Stop);
        Assert.Null(result.Calibration);
        Assert.Contains("which is the one that is measured", Assert.Single(notes.Lines), StringComparison.Ordinal);
    }
}
