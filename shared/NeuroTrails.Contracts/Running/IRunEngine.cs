namespace NeuroTrails.Running;

/// <summary>
/// What the command line asks of the house: the only seam between what a person types and the grains that compute.
/// Every method throws <see cref="UserErrorException"/> for what the user can put right.
/// </summary>
public interface IRunEngine
{
    /// <summary>Starts or resumes a run and drives it to its end.</summary>
    /// <param name="request">What to train, and where it is written.</param>
    /// <param name="updates">Receives what a person may want to see, in order, on any thread; must return quickly.</param>
    /// <param name="stop">Asks for a checkpoint and an orderly end: the result is then
    /// <see cref="TrainOutcome.Interrupted"/>, not an exception.</param>
    Task<TrainResult> TrainAsync(TrainRequest request, IProgress<RunUpdate> updates, CancellationToken stop);

    /// <summary>Measures a checkpoint of a run on one of its data set's splits.</summary>
    /// <param name="request">Run, checkpoint, split.</param>
    /// <param name="updates">Receives notices, such as a checkpoint that was damaged and passed over.</param>
    /// <param name="stop">Ends the work at once by an <see cref="OperationCanceledException"/>.</param>
    Task<EvaluationResult> EvaluateAsync(EvaluationRequest request, IProgress<RunUpdate> updates, CancellationToken stop);

    /// <summary>Looks at a checkpoint for a report: its predictions, its members and its masks.</summary>
    /// <param name="request">Run and checkpoint.</param>
    /// <param name="updates">Receives notices.</param>
    /// <param name="stop">Ends the work at once by an <see cref="OperationCanceledException"/>.</param>
    Task<RunEvidence> ExamineAsync(EvidenceRequest request, IProgress<RunUpdate> updates, CancellationToken stop);

    /// <summary>Loads a checkpoint for predictions on samples in memory. The data set is not needed.</summary>
    /// <param name="request">Run and checkpoint.</param>
    /// <param name="updates">Receives notices.</param>
    /// <param name="stop">Ends the loading at once by an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The predictor; disposing of it frees the checkpoint.</returns>
    Task<IPredictor> OpenAsync(PredictorRequest request, IProgress<RunUpdate> updates, CancellationToken stop);

    /// <summary>Predicts for samples from files and writes the predictions to a file.</summary>
    /// <param name="request">Run, checkpoint, files.</param>
    /// <param name="updates">Receives notices.</param>
    /// <param name="stop">Ends the work at once by an <see cref="OperationCanceledException"/>; no half-written file is left.</param>
    Task<PredictionResult> PredictAsync(PredictionRequest request, IProgress<RunUpdate> updates, CancellationToken stop);

    /// <summary>Goes on with a text, by a run that learnt texts.</summary>
    /// <param name="request">Run, checkpoint, text.</param>
    /// <param name="updates">Receives notices.</param>
    /// <param name="written">Receives the bytes of each token, in order; must return quickly.</param>
    /// <param name="stop">Ends the work at once by an <see cref="OperationCanceledException"/>.</param>
    Task<GeneratedText> GenerateAsync(
        GenerationRequest request,
        IProgress<RunUpdate> updates,
        Action<byte[]> written,
        CancellationToken stop
    );

    /// <summary>Writes a checkpoint's ensemble as a model or as weights that other programs use.</summary>
    /// <param name="request">Run, checkpoint, file.</param>
    /// <param name="updates">Receives notices.</param>
    /// <param name="stop">Ends the work by an <see cref="OperationCanceledException"/>; no half-written file is left.</param>
    Task<ExportResult> ExportAsync(ExportRequest request, IProgress<RunUpdate> updates, CancellationToken stop);

    /// <summary>Measures the step through the grains beside the same step of one monolithic network.</summary>
    /// <param name="request">Network, ensemble and repetitions.</param>
    /// <param name="stop">Ends the work at once by an <see cref="OperationCanceledException"/>.</param>
    Task<StepBenchmarkResult> BenchmarkStepAsync(StepBenchmarkRequest request, CancellationToken stop);

    /// <summary>Measures one topology update, by the default rules, of a network of some size.</summary>
    /// <param name="request">Size and repetitions.</param>
    /// <param name="stop">Ends the work before it begins by an <see cref="OperationCanceledException"/>.</param>
    Task<TopologyBenchmarkResult> BenchmarkTopologyAsync(TopologyBenchmarkRequest request, CancellationToken stop);
}
