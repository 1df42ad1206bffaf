using System.Globalization;
using System.Runtime.ExceptionServices;
using NeuroTrails.Data;
using NeuroTrails.Data.Corruptions;
using NeuroTrails.Metrics;
using NeuroTrails.Running;
using NeuroTrails.Training;

namespace NeuroTrails.Silo;

/// <summary>Measures a split of images under every corruption and severity.</summary>
internal sealed class CorruptionRun(FoundRun found, RunPredictor predictor, string split, long seed)
{
    private static readonly (Corruption Kind, int Severity)[] All =
    [
        .. from kind in CorruptionCatalogue.All
        from severity in Enumerable.Range(1, CorruptionCatalogue.Severities)
        select (kind, severity),
    ];

    private readonly IDataSet _images = Images(found.Data!, split);

    public static IDataSet Images(IRunData data, string split) =>
        data.Samples(split) is { } samples && CorruptedDataSet.Takes(samples)
            ? samples
            : throw new UserErrorException(
                $"--corruptions: the {split} split has no images of bytes (0 to 255, 1 or 3 channels), which corruptions are defined for; "
                    + "leave the option away."
            );

    public async Task<CorruptionReport> Execute(Action<RunUpdate> tell, TimeProvider time, CancellationToken stop)
    {
        var log = new CorruptionLog(found.Folder.CorruptionsPath, Key());
        var known = log.Read().DistinctBy(item => (item.Corruption, item.Severity)).ToDictionary(item => (item.Corruption, item.Severity));
        var open = All.Where(item => !known.ContainsKey((CorruptionCatalogue.Name(item.Kind), item.Severity))).ToList();
        if (open.Count < All.Length)
        {
            tell(
                new RunNotice(
                    $"corruptions: {All.Length - open.Count} of {All.Length} were measured before; their figures are taken from "
                        + Path.GetFileName(found.Folder.CorruptionsPath)
                )
            );
        }

        var (started, isKept) = (time.GetTimestamp(), true);
        foreach (var (index, (kind, severity)) in open.Index())
        {
            var figures = await Measure(kind, severity, update => tell(Overall(update, index, kind, severity)), time, stop);
            known[(figures.Corruption, severity)] = figures;
            isKept = isKept && Keep(log, figures, tell);
        }

        return CorruptionReport.Of(seed, [.. All.Select(item => known[(CorruptionCatalogue.Name(item.Kind), item.Severity)])]);

        RunUpdate Overall(RunUpdate update, int index, Corruption kind, int severity)
        {
            if (update is not MeasureProgress progress)
            {
                return update;
            }

            var (done, all) = ((index * progress.Total) + progress.Done, open.Count * progress.Total);
            return new MeasureProgress(
                $"{split} under {CorruptionCatalogue.Name(kind)} {severity}",
                ((All.Length - open.Count) * progress.Total) + done,
                All.Length * progress.Total,
                time.GetElapsedTime(started) * ((double)(all - done) / done)
            );
        }
    }

    private async Task<CorruptionFigures> Measure(
        Corruption kind,
        int severity,
        Action<RunUpdate> tell,
        TimeProvider time,
        CancellationToken stop
    )
    {
        var data = new CorruptedDataSet(_images, kind, severity, seed);
        var (accuracy, likelihood, calibration) = (new Accuracy(), new NegativeLogLikelihood(), new ExpectedCalibrationError());
        var heads_HC = new double[predictor.Heads * data.Classes];
        var ensemble_C = new double[data.Classes];
        await predictor.InferAsync(split, Add, tell, time, stop, Load);
        return new(CorruptionCatalogue.Name(kind), severity, accuracy.Value, likelihood.Value, calibration.Value);

        HostBatch Load(int start, int count)
        {
            var pixels = new float[count * data.Shape.Length];
            try
            {
                Parallel.For(
                    0,
                    count,
                    new ParallelOptions { CancellationToken = stop },
                    i => data.Read(start + i, pixels.AsSpan(i * data.Shape.Length, data.Shape.Length))
                );
            }
            catch (AggregateException error) when (error.InnerException is { } first)
            {
                // The user reads about one damaged file, not about parallel loops.
                ExceptionDispatchInfo.Throw(first);
            }

            var batch = found.Data!.Normalise(pixels);
            for (var i = 0; i < count; i++)
            {
                batch.Labels[i] = data.Label(start + i);
            }

            return batch;
        }

        void Add(double[] logits_HBC, long[] labels_B)
        {
            for (var b = 0; b < labels_B.Length; b++)
            {
                var rule = predictor.Options.Ensemble.Prediction;
                EnsembleAggregator.CombineSample<double>(logits_HBC, b, labels_B.Length, rule, heads_HC, ensemble_C, accuracy.Count - b);
                foreach (var metric in new IPredictionMetric[] { accuracy, likelihood, calibration })
                {
                    metric.Add(ensemble_C, (int)labels_B[b]);
                }
            }
        }
    }

    private Dictionary<string, string> Key()
    {
        var record = split switch
        {
            "train" => found.Record.Train,
            "validation" => found.Record.Validation,
            _ => found.Record.Test,
        };
        return new(StringComparer.Ordinal)
        {
            ["checkpoint"] = found.Checkpoint.ManifestSha256,
            ["step"] = found.Checkpoint.Step.ToString(CultureInfo.InvariantCulture),
            ["split"] = split,
            ["seed"] = seed.ToString(CultureInfo.InvariantCulture),
            ["data"] = $"{_images.Count} {record?.Labels} {record?.Contents}",
            ["prediction"] = predictor.Options.Ensemble.Prediction.ToString(),
            ["version"] = CorruptionCatalogue.Version,
        };
    }

    // A run that may only be read is measured all the same.
    private static bool Keep(CorruptionLog log, CorruptionFigures figures, Action<RunUpdate> tell)
    {
        try
        {
            log.Add(figures);
            return true;
        }
        catch (Exception fault) when (fault is UserErrorException or IOException or UnauthorizedAccessException)
        {
            tell(
                new RunNotice($"corruptions: figures are not kept, so an end before the last begins anew. {fault.Message}", Warning: true)
            );
            return false;
        }
    }
}
