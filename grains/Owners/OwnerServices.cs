using System.Collections.Concurrent;
using NeuroTrails.Checkpoints;
using NeuroTrails.Configuration;
using NeuroTrails.Contracts;
using NeuroTrails.Data;
using NeuroTrails.Execution;
using NeuroTrails.Metrics;
using NeuroTrails.Models;
using NeuroTrails.Training;

namespace NeuroTrails.Grains;

/// <summary>What a silo offers to the owners that live on it: networks by name, data, threads.</summary>
/// <param name="models">The networks by name.</param>
/// <param name="metrics">What evaluations measure.</param>
/// <param name="data">Opens the data of a run.</param>
/// <param name="silo">The silo.</param>
/// <param name="root">Where checkpoints may be.</param>
/// <param name="time">Clock.</param>
public sealed class OwnerServices(
    ModelCatalogue models,
    MetricCatalogue metrics,
    IRunDataSource data,
    ILocalSiloDetails silo,
    RunsRoot root,
    TimeProvider time
) : IDisposable
{
    private readonly ConcurrentDictionary<int, ComputeGate> _gates = new();
    private readonly Lock _opening = new();
    private (string Options, string? Record, IRunData Data)? _opened;

    /// <summary>Address of the silo, as Orleans writes it.</summary>
    public string Silo { get; } = silo.SiloAddress.ToParsableString();

    /// <summary>What evaluations measure.</summary>
    public MetricCatalogue Metrics { get; } = metrics;

    /// <summary>Where checkpoints may be.</summary>
    public RunsRoot Root { get; } = root;

    /// <summary>Clock.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>Owners that live on the silo now, by <c>RUN/head-0@cpu</c>.</summary>
    public ConcurrentDictionary<string, byte> Living { get; } = new(StringComparer.Ordinal);

    /// <summary>Plans a run as every owner does.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="description">Shape and size of the training split.</param>
    public RunPlan Plan(RunOptions options, DataDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        return new(options, description.ToShape(), models);
    }

    /// <summary>Opens the data of a run; a run that comes back finds it open. Takes seconds for some, so it is for an executor's thread,
    /// not for a grain's turn.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="record">What the run was made from, the text of its <c>data.json</c>; null where that is not known.</param>
    /// <exception cref="UserErrorException">They are missing, damaged, or others than those.</exception>
    public IRunData OpenData(RunOptions options, string? record)
    {
        var text = RunOptionsWriter.ToYaml(options);
        lock (_opening)
        {
            if (_opened is not { } opened || opened.Options != text || opened.Record != record)
            {
                var known = record is null ? null : DataRecordFile.Read(record, "data.json");
                var found = data.Open(options, known);
                if (known is not null && found.Record is { } now)
                {
                    RunDataRecord.Compare(known, now, allowed: false);
                }

                _opened = opened = (text, record, found);
            }

            return opened.Data;
        }
    }

    /// <summary>Keeps data that were opened to see what a run is made from for the owners that
    /// will ask for them, so that they are read once.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="record">What the run is made from, the text of its <c>data.json</c>.</param>
    /// <param name="opened">The data.</param>
    public void Remember(RunOptions options, string? record, IRunData opened)
    {
        lock (_opening)
        {
            _opened = (RunOptionsWriter.ToYaml(options), record, opened);
        }
    }

    /// <summary>Starts an owner's thread. Heads on the CPU share a gate, so that no more compute at once than the run allows.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="options">Threads, resolved.</param>
    /// <param name="device">Where the owner lives.</param>
    public OwnerExecutor CreateExecutor(OwnerId owner, ExecutionOptions options, string device)
    {
        ArgumentNullException.ThrowIfNull(options);
        var threads = owner.IsBackbone ? options.BackboneThreads : options.HeadThreads;
        var gate = owner.IsBackbone || device != "cpu" ? null : _gates.GetOrAdd(options.ParallelHeads, width => new ComputeGate(width));
        return new(owner.ToString(), threads, gate);
    }

    /// <summary>Makes a worker and, where there is a checkpoint, loads its state; runs on the owner's executor.</summary>
    /// <typeparam name="TWorker">The owner's tensor work.</typeparam>
    /// <param name="create">Makes the worker.</param>
    /// <param name="checkpoint">Folder of the committed checkpoint, or null.</param>
    /// <param name="owner">The owner.</param>
    internal static TWorker Build<TWorker>(Func<TWorker> create, string? checkpoint, OwnerId owner)
        where TWorker : OwnerWorker
    {
        var worker = create();
        if (checkpoint is not null)
        {
            if (InitialWeights.IsOne(checkpoint))
            {
                InitialWeights.Load(worker.Tensors, checkpoint, owner);
            }
            else
            {
                OwnerShard.Load(worker.Tensors, checkpoint, owner);
            }
        }

        return worker;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var gate in _gates.Values)
        {
            gate.Dispose();
        }
    }
}
