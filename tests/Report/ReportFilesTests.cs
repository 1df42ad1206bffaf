using NeuroTrails.Client.Report;
using NeuroTrails.Client.Report.Figures;
using NeuroTrails.Data;
using NeuroTrails.Metrics.OutOfDistribution;
using NeuroTrails.Silo.Report;
using NeuroTrails.Tests.Data;

namespace NeuroTrails.Tests.Report;

/// <summary>What a report reads from a run's files, and the figures that few runs have data for.</summary>
public sealed class ReportFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void CorruptionsAreThoseOfTheCheckpoint()
    {
        _folder.Write(
            "corruptions.jsonl",
            """
            {"step":"10","split":"test","seed":"0","corruption":"fog","severity":1,"accuracy":0.9,"nll":1,"ece":0.1}
            {"step":"10","split":"test","seed":"0","corruption":"fog","severity":2,"accuracy":0.8,"nll":1,"ece":0.2}
            {"step":"10","split":"test","seed":"1","corruption":"fog","severity":1,"accuracy":0.1,"nll":1,"ece":0.3}
            {"step":"9","split":"test","seed":"0","corruption":"snow","severity":1,"accuracy":0.2,"nll":1,"ece":0.3}
            {"step":"10","split":"train","seed":"0","corruption":"snow","severity":1,"accuracy":0.2,"nll":1,"ece":0.3}
            {"step":10,"split":"test"}
            not even JSON

            """u8.ToArray()
        );
        var results = CorruptionResults.Read(_folder["corruptions.jsonl"], 10, "test");
        Assert.Equal([new("fog", 1, 0.9, 0.1), new("fog", 2, 0.8, 0.2)], results);
        var group = new ReportGroup("a", [SampleReport.Run("single", 1, 0.95) with { Corruptions = results }]);
        var figures = CorruptionCurves.Of([group]).ToList();
        Assert.Equal(["corruption-accuracy", "corruption-ece"], figures.Select(figure => figure.Id));
        Assert.Equal(["none", "fog", "fog"], figures[0].Table.Rows.Select(row => row[1].Text));
        Assert.Contains("<svg", figures[0].Svg());
    }

    [Fact]
    public void TheCourseIsReadWithoutWhatIsDamaged()
    {
        _folder.Write(
            "metrics.jsonl",
            """
            {"step":1,"epoch":0.5,"head_loss":[2,4]}
            {"step":2,"epoch":1,"head_loss":[9,9]}
            {"step":2,"split":"validation","accuracy":0.1}
            {"step":2,"epoch":1,"head_loss":[1,null],"masks":[{"owner":"backbone","layer":"w","active":10,"dropped":2,"grown":2}]}
            {"step":2,"split":"validation","accuracy":0.5}
            [1]
            {"step":3,"epoch":1.5,"head_
            """u8.ToArray()
        );
        var history = RunHistory.Read(_folder["metrics.jsonl"]);
        Assert.Equal([(0.5, 3), (1, 1)], history.Losses);
        Assert.Equal([(1, 0.5)], history.Measured);
        Assert.Equal(new LayerTurnover("backbone", "w", 10, 2, 2), Assert.Single(Assert.Single(history.Turnover).Layers));
        Assert.Empty(RunHistory.Read(_folder["missing"]).Losses);
    }

    [Fact]
    public void ForeignSamplesHaveAHistogram()
    {
        var evidence = SampleReport.Evidence(0.9) with
        {
            Foreign = new([0.1, 0.2, 0.1], [1.5, 2, 1.9], [new(OutOfDistributionCriterion.Entropy, 3, 3, 1, 1, 0)]),
        };
        var group = new ReportGroup("a", [SampleReport.Run("single", 1, 0.9, evidence: evidence)]);
        var figure = Assert.Single(PredictionFigures.Of([group]), figure => figure.Id == "foreign-1");
        Assert.Equal(1, figure.Table.Rows.Sum(row => row[1].Value!.Value), 9);
        Assert.Equal(1, figure.Table.Rows.Sum(row => row[2].Value!.Value), 9);
        Assert.Contains("AUROC by entropy 1.000", figure.Caption);
        Assert.NotEmpty(figure.Png());
    }

    // However the samples come in batches, the most disputed stay, the first of equals.
    [Fact]
    public void TheMostDisputedAreKept()
    {
        var random = new Random(1);
        var shape = new SampleShape(1, 2, 2);
        var record = new DataRecord
        {
            Name = "x",
            Shape = [1, 2, 2],
            Classes = 2,
            Train = new(1, null, "", ""),
        };
        for (var i = 0; i < 300; i++)
        {
            var (most, count) = (random.Next(1, 6), random.Next(1, 30));
            var kept = new DisputedSamples(record, most);
            var scores = Enumerable.Range(0, count).Select(_ => (double)random.Next(10)).ToArray();
            for (var at = 0; at < count; at++)
            {
                kept.Add(at, new HostBatch(1, shape), 0, 0, [0.5, 0.5, 1, 0], scores[at]);
            }

            Assert.Equal(
                Enumerable.Range(0, count).OrderByDescending(at => scores[at]).ThenBy(at => at).Take(most),
                kept.Result().Select(sample => sample.Index)
            );
        }
    }

    // A byte image comes back as it was, through the run's constants.
    [Fact]
    public void PicturesAreTheImages()
    {
        var record = new DataRecord
        {
            Name = "x",
            Shape = [3, 1, 2],
            Classes = 2,
            Scale = 255,
            Mean = [0.2f, 0.3f, 0.4f],
            Deviation = [0.5f, 0.6f, 0.7f],
            Train = new(1, null, "", ""),
        };
        byte[] image = [0, 255, 10, 20, 200, 100];
        var batch = new HostBatch(1, record.SampleShape);
        record.Normalisation!.Apply([.. image.Select(value => value / 255f)], batch.Pixels, record.SampleShape);
        var kept = new DisputedSamples(record, 1);
        kept.Add(0, batch, 0, 0, [1, 0, 0, 1], 1);
        Assert.Equal([0, 10, 200, 255, 20, 100], Assert.Single(kept.Result()).Picture!.Rgb);
    }
}
