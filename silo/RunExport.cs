using System.Globalization;
using NeuroTrails.Checkpoints;
using NeuroTrails.Export;
using NeuroTrails.Models;
using NeuroTrails.Running;
using static TorchSharp.torch;

namespace NeuroTrails.Silo;

/// <summary>Writes a checkpoint as a model that other programs run. No grain takes part: owners are read one after the other.</summary>
internal static class RunExport
{
    /// <summary>Writes the model.</summary>
    /// <param name="output">The file.</param>
    /// <param name="found">The checkpoint.</param>
    /// <param name="stop">Ends the writing by an <see cref="OperationCanceledException"/>.</param>
    public static ExportResult Write(OutputFile output, FoundRun found, CancellationToken stop)
    {
        var (plan, step) = (found.Plan, found.Checkpoint.Step);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["neurotrails.step"] = step.ToString(CultureInfo.InvariantCulture),
            ["neurotrails.heads"] = plan.Heads.ToString(CultureInfo.InvariantCulture),
            ["neurotrails.active_parameters"] = plan.Size.ActiveParameters.ToString(CultureInfo.InvariantCulture),
            ["neurotrails.parameters"] = plan.Size.Parameters.ToString(CultureInfo.InvariantCulture),
            ["neurotrails.prediction"] =
                plan.Options.Ensemble.Prediction == Configuration.PredictionRule.Logits ? "logits" : "probabilities",
        };
        if (found.Record.ClassNames is { } names)
        {
            metadata["neurotrails.classes"] = System.Text.Json.JsonSerializer.Serialize(names.ToArray(), RunJsonLine.Default.StringArray);
        }

        long bytes = 0;
        output.Write(stream => bytes = OnnxExport.Write(stream, plan, found.Record, Load, metadata), stop);
        return new(step, plan.Heads, bytes, found.Record.Normalisation is not null);

        OwnerTensors Load(OwnerId owner)
        {
            stop.ThrowIfCancellationRequested();
            var tensors = OwnerTensors.Initialise(plan.Part(owner), 0, CPU, plan.MasterType);
            OwnerShard.Load(tensors, found.Checkpoint.Folder, owner);
            return tensors;
        }
    }
}
