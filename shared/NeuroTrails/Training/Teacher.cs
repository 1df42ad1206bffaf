using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Data;
using NeuroTrails.Models;
using static TorchSharp.torch;

namespace NeuroTrails.Training;

/// <summary>The ensemble of another run, whose mean probabilities a student learns. All work is synchronous, on the caller's
/// thread.</summary>
public sealed class Teacher : IDisposable
{
    private readonly RunPlan _plan;
    private readonly Dictionary<OwnerId, OwnerTensors> _owners = [];

    private Teacher(RunPlan plan) => _plan = plan;

    /// <summary>Multiply-adds of a prediction for one sample.</summary>
    public long Macs => _plan.Method.FinishedSize(_plan).ActiveMacs;

    /// <summary>Plans a teacher, without its weights.</summary>
    /// <param name="path">The run's folder.</param>
    /// <param name="student">Plan of the run that learns from it.</param>
    /// <exception cref="UserErrorException">There is no such run, or it sees other data.</exception>
    public static Teacher Find(string path, RunPlan student)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(student);
        var folder = new RunFolder(path);
        if (!File.Exists(folder.ConfigPath))
        {
            throw new UserErrorException(
                $"There is no run at '{path}' to learn from. Allowed: the folder of a run with a checkpoint. Change ensemble.teacher."
            );
        }

        if (!File.Exists(folder.SummaryPath))
        {
            throw new UserErrorException(
                $"The run at '{path}' has not ended, and a student that goes on later would learn from another teacher. Allowed: a run "
                    + "with a summary.json. Train it to its end, or change ensemble.teacher."
            );
        }

        var record = folder.ReadDataRecord();
        var seen = record is null ? student.Data.Sample : new SampleShape(record.Shape[0], record.Shape[1], record.Shape[2]);
        if (
            record is not null
            && (
                seen != student.Data.Sample
                || record.Classes != student.Data.Classes
                || !Same(record.Normalisation, student.Data.Normalisation)
            )
        )
        {
            throw new UserErrorException(
                $"The run at '{path}' sees samples of shape {seen.Features} of {record.Classes} classes, normalised by its own constants; "
                    + $"the run that would learn from it has {student.Data.Sample.Features} of {student.Data.Classes}, or other constants. "
                    + "Allowed: a run of the same data, classes and validation split. Change ensemble.teacher or the data settings."
            );
        }

        var options = RunOptionsReader.Parse(folder.ReadConfig());
        return new(new(options, student.Data, student.Models));
    }

    /// <summary>Loads a teacher's last checkpoint.</summary>
    /// <param name="path">The run's folder.</param>
    /// <param name="student">Plan of the run that learns from it.</param>
    /// <param name="device">Where to compute.</param>
    /// <exception cref="UserErrorException">There is no such run, it sees other data, or it has no checkpoint.</exception>
    public static Teacher Load(string path, RunPlan student, Device device)
    {
        var teacher = Find(path, student);
        try
        {
            var checkpoint =
                new CheckpointStore(new RunFolder(path).Path, time: null).LatestValid()
                ?? throw new UserErrorException(
                    $"The run at '{path}' has no valid checkpoint to learn from. Train it first, or change ensemble.teacher."
                );
            foreach (var owner in teacher._plan.Owners)
            {
                var tensors = OwnerTensors.Initialise(teacher._plan.Part(owner), 0, device, teacher._plan.MasterType);
                teacher._owners.Add(owner, tensors);
                OwnerShard.Load(tensors, checkpoint.Folder, owner);
            }

            return teacher;
        }
        catch
        {
            teacher.Dispose();
            throw;
        }
    }

    /// <summary>Mean of the members' probabilities, in evaluation mode.</summary>
    /// <param name="samples">[B, C, H, W], normalised as the teacher's data are.</param>
    /// <returns>[B, classes], in the teacher's type.</returns>
    public Tensor Probabilities(Tensor samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var backbone = _owners[OwnerId.Backbone];
        var input = samples.to_type(_plan.Arithmetic);
        var activation = _plan
            .Backbone.Forward(input, backbone.Root, new(false, _plan.Arithmetic, backbone.Generator))
            .to_type(_plan.HandOver)
            .to_type(_plan.Arithmetic);
        var logits_HBC = cat([
            .. _plan
                .Owners.Where(owner => !owner.IsBackbone)
                .Select(owner => _plan.Method.Infer(new(_plan, owner, _owners[owner]), activation)),
        ]);
        return logits_HBC.softmax(2).mean([0]).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensors in _owners.Values)
        {
            tensors.Dispose();
        }
    }

    private static bool Same(Normalisation? left, Normalisation? right) =>
        left is null || right is null || (left.Mean.SequenceEqual(right.Mean) && left.Deviation.SequenceEqual(right.Deviation));
}
