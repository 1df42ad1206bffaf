using NeuroTrails.Metrics.OutOfDistribution;
using NeuroTrails.Running;

namespace NeuroTrails.Tests.Client;

/// <summary>An engine that does nothing but remember what it was asked, and answers what it was told to.</summary>
internal sealed class FakeEngine : IRunEngine
{
    public List<object> Asked { get; } = [];

    public Func<TrainRequest, IProgress<RunUpdate>, CancellationToken, Task<TrainResult>> Train { get; set; } =
        (_, _, _) => Task.FromResult(new TrainResult(TrainOutcome.Finished, 100, 100, Summary));

    public Func<EvidenceRequest, Task<RunEvidence>> Examine { get; set; } = _ => throw new UserErrorException("There is no checkpoint.");

    public IReadOnlyList<IReadOnlyList<long>>? Confusion { get; set; } =
    [
        [1200, 34],
        [0, 766],
    ];

    public IReadOnlyList<string>? ClassNames { get; set; } = ["cat", "[dog]"];

    public static RunSummary Summary { get; } =
        new(Figures(0.9321, 0.2, 0.01, [0.91, 0.92, 0.90], ("disagreement", 0.05)))
        {
            Prediction = "probabilities",
            Heads = 3,
            Density = 0.2,
            ActiveParameters = 21_300_000,
            DenseParameters = 106_330_000,
            ActiveWeights = 20_000_000,
            Weights = 100_000_000,
            InferenceFlops = 7_160_000_000,
            TopologyUpdates = 12,
            Dropped = 1234,
            Grown = 1234,
            Steps = 100,
            TrainSeconds = 42.5,
            Runtime = "test",
        };

    public static EnsembleFigures Figures(
        double accuracy,
        double nll,
        double ece,
        double[] heads,
        params IEnumerable<(string Name, double Value)> others
    ) =>
        EnsembleFigures.Of(
            new(
                0,
                new[] { ("accuracy", accuracy), ("nll", nll), ("ece", ece) }.Concat(others).ToDictionary(),
                new Dictionary<string, IReadOnlyList<double>> { ["accuracy"] = heads },
                null
            )
        );

    public Task<TrainResult> TrainAsync(TrainRequest request, IProgress<RunUpdate> updates, CancellationToken stop)
    {
        Asked.Add(request);
        return Train(request, updates, stop);
    }

    public Task<GeneratedText> GenerateAsync(
        GenerationRequest request,
        IProgress<RunUpdate> updates,
        Action<byte[]> written,
        CancellationToken stop
    )
    {
        Asked.Add(request);
        foreach (var token in "thou art\u00E9"u8.ToArray())
        {
            written([token]);
        }

        return Task.FromResult(new GeneratedText(request.Tokens, 100, 1.25, 0.5));
    }

    public Task<EvaluationResult> EvaluateAsync(EvaluationRequest request, IProgress<RunUpdate> updates, CancellationToken stop)
    {
        Asked.Add(request);
        updates.Report(new RunNotice("step 125 is damaged; step 100 is used", Warning: true));
        return Task.FromResult(
            new EvaluationResult(Figures(0.9, 0.3, 0.02, [0.88]))
            {
                Split = request.Split ?? "test",
                Step = 100,
                Samples = 2000,
                Prediction = "probabilities",
                Confusion = Confusion,
                OutOfDistribution = request.Foreign is null ? null : [new(OutOfDistributionCriterion.Entropy, 2000, 50, 0.97, 0.6, 0.125)],
                Calibration = request.Calibrates
                    ? new(
                        "validation",
                        410,
                        new(1.5, 0.31, 0.29, 0.02, 0.01),
                        [new(100, 0.4, 0.38, 0.04, 0.02)],
                        new(0.1, 0.7, 0.91, 1.25, 205, 2000)
                    )
                    : null,
                Corruptions = request.CorruptionSeed is { } seed
                    ? CorruptionReport.Of(seed, [new("fog", 1, 0.75, 0.5, 0.1), new("fog", 2, 0.25, 1.5, 0.2), new("snow", 1, 0.5, 1, 0.3)])
                    : null,
                ClassNames = ClassNames,
                Runtime = "test",
            }
        );
    }

    public Task<RunEvidence> ExamineAsync(EvidenceRequest request, IProgress<RunUpdate> updates, CancellationToken stop)
    {
        Asked.Add(request);
        return Examine(request);
    }

    public Task<PredictionResult> PredictAsync(PredictionRequest request, IProgress<RunUpdate> updates, CancellationToken stop)
    {
        Asked.Add(request);
        return Task.FromResult(new PredictionResult(5, 10, 3, 100));
    }

    public Task<IPredictor> OpenAsync(PredictorRequest request, IProgress<RunUpdate> updates, CancellationToken stop) =>
        throw new NotSupportedException("No verb asks for it.");

    public Task<ExportResult> ExportAsync(ExportRequest request, IProgress<RunUpdate> updates, CancellationToken stop)
    {
        Asked.Add(request);
        return Task.FromResult(new ExportResult(100, 3, 1_234_567, Normalises: true));
    }

    public Task<StepBenchmarkResult> BenchmarkStepAsync(StepBenchmarkRequest request, CancellationToken stop)
    {
        Asked.Add(request);
        return Task.FromResult(
            new StepBenchmarkResult
            {
                StepMsMin = 1,
                StepMsMedian = 2,
                InferMsMin = 3,
                InferMsMedian = 4,
                PeakMib = 5,
                MonolithicStepMsMedian = request.Monolithic ? 6 : null,
            }
        );
    }

    public Task<TopologyBenchmarkResult> BenchmarkTopologyAsync(TopologyBenchmarkRequest request, CancellationToken stop)
    {
        Asked.Add(request);
        return Task.FromResult(
            new TopologyBenchmarkResult
            {
                UpdateMsMin = 7,
                Parameters = request.Parameters,
                PeakMib = 8,
            }
        );
    }
}
