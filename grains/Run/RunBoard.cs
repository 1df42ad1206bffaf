using System.Globalization;
using NeuroTrails.Checkpoints;
using NeuroTrails.Contracts;
using NeuroTrails.Running;

namespace NeuroTrails.Grains;

/// <summary>What a run writes for TensorBoard: nothing where <c>telemetry.tensorboard</c> is off.</summary>
internal sealed class RunBoard(string folder, bool isOn, TimeProvider time) : IDisposable
{
    private TensorBoardLog? _log;
    private long _begun;

    // Takes up the files at a step: what was written of later ones is cut off.
    public void Begin(long step)
    {
        _log?.Dispose();
        (_log, _begun) = (null, step);
        // Also where nothing more is written: figures of steps that are done again would contradict the run's own.
        TensorBoardLog.TruncateAfter(folder, step);
    }

    public void Stepped(StepReply reply, TopologyReply? topology, double learningRate, double density)
    {
        if (!isOn)
        {
            return;
        }

        var scalars = new List<(string, double)>
        {
            ("train/loss", reply.HeadLoss.Average()),
            ("train/accuracy", reply.HeadAccuracy.Average()),
            ("learning_rate", learningRate),
            ("density", density),
        };
        scalars.AddRange(reply.HeadLoss.Select((loss, head) => (Head("train", head, "loss"), loss)));
        scalars.AddRange(reply.HeadAccuracy.Select((accuracy, head) => (Head("train", head, "accuracy"), accuracy)));
        if (reply.GradientNorm is { } norm)
        {
            scalars.Add(("gradient_norm", norm));
        }

        if (topology is not null)
        {
            scalars.Add(("topology/dropped", topology.Dropped));
            scalars.Add(("topology/grown", topology.Grown));
        }

        Log().Add(reply.Id.Step, scalars);
    }

    public void Measured(long step, string split, EnsembleFigures measured)
    {
        if (isOn)
        {
            var heads = measured.Values.SelectMany(figure =>
                (measured.OfHeads(figure.Key) ?? []).Select((value, head) => (Head(split, head, figure.Key), value))
            );
            Log().Add(step, measured.Values.Select(figure => ($"{split}/{figure.Key}", figure.Value)).Concat(heads));
        }
    }

    public void Dispose() => _log?.Dispose();

    private TensorBoardLog Log() => _log ??= new(folder, _begun, time);

    private static string Head(string split, int head, string figure) =>
        string.Create(CultureInfo.InvariantCulture, $"{split}/head_{head}/{figure}");
}
