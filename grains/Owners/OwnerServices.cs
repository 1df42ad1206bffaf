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
internal sealed class OwnerServices(
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

    public string Silo { get; } = silo.SiloAddress.ToParsableString();

    public MetricCatalogue Metrics { get; } = metrics;

    public RunsRoot Root { get; } = root;

    public TimeProvider Time { get; } = time;

    // Owners that live on the silo now, by RUN/head-0@cpu.
    public ConcurrentDictionary<string, byte> Living { get; } = new(StringComparer.Ordinal);

    public RunPlan Plan(RunOptions options, DataDescription description) => new(options, description.ToShape(), models);

    // Opens the data of a run; a run that comes back finds it open. Takes seconds for some, so it is for an executor's thread, not for a
    // grain's turn.
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

    // Keeps data that were opened to see what a run is made from for the owners that will ask for them, so that they are read once.
    public void Remember(RunOptions options, string? record, IRunData opened)
    {
        lock (_opening)
        {
            _opened = (RunOptionsWriter.ToYaml(options), record, opened);
        }
    }

    // Starts an owner's thread. Heads on the CPU share a gate, so that no more compute at once than the run allows.
    public OwnerExecutor CreateExecutor(OwnerId owner, ExecutionOptions options, string device)
    {
        var threads = owner.IsBackbone ? options.BackboneThreads : options.HeadThreads;
        var gate = owner.IsBackbone || device != "cpu" ? null : _gates.GetOrAdd(options.ParallelHeads, width => new ComputeGate(width));
        return new(owner.ToString(), threads, gate);
    }

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

    public void Dispose()
    {
        foreach (var gate in _gates.Values)
        {
            gate.Dispose();
        }
    }
}
