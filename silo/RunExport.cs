using System.Globalization;
using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Export;
using NeuroTrails.Models;
using NeuroTrails.Running;
using NeuroTrails.Training;
using static TorchSharp.torch;

namespace NeuroTrails.Silo;

/// <summary>Writes a checkpoint as a model or weights for other programs. No grain takes part: owners are read one by one.</summary>
internal static class RunExport
{
    public static ExportResult Write(OutputFile output, ExportRequest request, FoundRun found, CancellationToken stop)
    {
        var (plan, step) = (found.Plan, found.Checkpoint.Step);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["neurotrails.step"] = step.ToString(CultureInfo.InvariantCulture),
            ["neurotrails.heads"] = plan.Heads.ToString(CultureInfo.InvariantCulture),
            ["neurotrails.active_parameters"] = plan.Size.ActiveParameters.ToString(CultureInfo.InvariantCulture),
            ["neurotrails.parameters"] = plan.Size.Parameters.ToString(CultureInfo.InvariantCulture),
            ["neurotrails.prediction"] = plan.Options.Ensemble.Prediction.Word(),
        };
        if (found.Record.ClassNames is { } names)
        {
            metadata["neurotrails.classes"] = System.Text.Json.JsonSerializer.Serialize(names.ToArray(), RunJsonLine.Default.StringArray);
        }

        var weights = new WeightExport(plan, step, Load, request.Masks);
        output.Write(
            stream =>
            {
                switch (request.Format)
                {
                    case ExportFormat.Safetensors:
                        weights.WriteSafetensors(stream, metadata.Concat(WeightFacts(plan, found.Record)).ToDictionary());
                        break;
                    case ExportFormat.Npz:
                        weights.WriteNpz(stream);
                        break;
                    default:
                        OnnxExport.Write(stream, plan, found.Record, Load, metadata);
                        break;
                }
            },
            stop
        );
        var published = request.Format != ExportFormat.Onnx && new WeightNames(plan).ArePublished;
        return new(step, plan.Heads, new FileInfo(output.Path).Length, found.Record.Normalisation is not null, published);

        OwnerTensors Load(OwnerId owner)
        {
            stop.ThrowIfCancellationRequested();
            var tensors = OwnerTensors.Initialise(plan.Part(owner), 0, CPU, plan.MasterType);
            OwnerShard.Load(tensors, found.Checkpoint.Folder, owner);
            if (tensors.Kept.Count == 0)
            {
                return tensors;
            }

            using (tensors)
            {
                throw new UserErrorException(
                    $"{owner} of this run holds {tensors.Kept.Count} networks beside the one that is trained (method {plan.Method.Name}), "
                        + "and a file has one network for each head. Allowed: runs whose heads hold one network each."
                );
            }
        }
    }

    // What a model in ONNX does itself, whoever uses the weights has to know.
    private static IEnumerable<KeyValuePair<string, string>> WeightFacts(RunPlan plan, DataRecord record)
    {
        yield return new("neurotrails.model", plan.Network.Name);
        yield return new("neurotrails.method", plan.Method.Name);
        yield return new("neurotrails.blocks_in_head", Text(plan.Options.Ensemble.BlocksInHead));
        yield return new("neurotrails.data", record.Name);
        if (record.Normalisation is { } constants)
        {
            yield return new("neurotrails.scale", Text(record.Scale));
            yield return new("neurotrails.mean", List(constants.Mean));
            yield return new("neurotrails.deviation", List(constants.Deviation));
        }

        static string List(IEnumerable<float> values) => $"[{string.Join(", ", values.Select(value => Text(value)))}]";

        static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
    }
}
