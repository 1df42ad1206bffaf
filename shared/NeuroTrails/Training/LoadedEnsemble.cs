using NeuroTrails.Checkpoints;
using NeuroTrails.Data;
using NeuroTrails.Execution;
using NeuroTrails.Formats;
using NeuroTrails.Memory;
using NeuroTrails.Metrics;
using NeuroTrails.Models;
using static TorchSharp.torch;

namespace NeuroTrails.Training;

/// <summary>
/// The ensemble of a checkpoint in this process, ready to predict: the workers that owners train with, each on its own executor, and so
/// the same bits, without grains. Safe to use from several threads.
/// </summary>
/// <example>
/// <code>
/// await using var ensemble = await LoadedEnsemble.LoadAsync(plan, checkpointFolder, ["cpu"]);
/// double[] logits_HBC = await ensemble.InferAsync(batch);
/// </code>
/// </example>
public sealed class LoadedEnsemble : IAsyncDisposable
{
    private readonly ComputeGate _gate;
    private readonly Seat<BackboneWorker> _backbone;
    private readonly Seat<HeadWorker>[] _heads;

    private LoadedEnsemble(RunPlan plan, IReadOnlyList<string> devices)
    {
        var execution = plan.Options.Execution;
        _gate = new(execution.ParallelHeads);
        _backbone = new(OwnerId.Backbone, devices[0], execution.BackboneThreads, null);
        _heads =
        [
            .. plan
                .Owners.Where(owner => !owner.IsBackbone)
                .Select(owner =>
                {
                    var device = devices[(owner.Head + 1) % devices.Count];
                    return new Seat<HeadWorker>(owner, device, execution.HeadThreads, device == "cpu" ? _gate : null);
                }),
        ];
    }

    /// <summary>Loads the owners of a checkpoint, all at once.</summary>
    /// <param name="plan">The run's plan; its threads are resolved.</param>
    /// <param name="checkpoint">Folder of the checkpoint, <c>step-…</c>; may go once the task has ended.</param>
    /// <param name="devices">Where to compute, <c>cpu</c> or <c>cuda:I</c>, at least one: the backbone on the first, then the heads in
    /// turn.</param>
    /// <exception cref="UserErrorException">The checkpoint belongs to another network.</exception>
    /// <exception cref="SafetensorsFormatException">A file is damaged.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public static async Task<LoadedEnsemble> LoadAsync(RunPlan plan, string checkpoint, IReadOnlyList<string> devices)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentException.ThrowIfNullOrEmpty(checkpoint);
        ArgumentOutOfRangeException.ThrowIfZero(devices?.Count ?? 0, nameof(devices));
        TorchProcess.Prepare();
        var ensemble = new LoadedEnsemble(plan, devices!);
        try
        {
            await Task.WhenAll(
                ensemble
                    ._heads.Select(seat => seat.Load(checkpoint, device => new(plan, seat.Owner, device)))
                    .Append(ensemble._backbone.Load(checkpoint, device => new(plan, device)))
            );
            return ensemble;
        }
        catch
        {
            await ensemble.DisposeAsync();
            throw;
        }
    }

    /// <summary>Class scores of every member in evaluation mode.</summary>
    /// <param name="batch">Samples [B, …], normalised as the run's data are.</param>
    /// <returns>Logits [M, B, C] in C order, members of the first head first.</returns>
    public async Task<double[]> InferAsync(HostBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var (activation, labels) = await Activation(batch);
        labels.Dispose();
        using var shared = activation;
        var logits = await Task.WhenAll(
            _heads.Select(seat =>
                seat.Run(worker =>
                {
                    using var logits_HBC = worker.Infer(activation);
                    return HostCopies.Doubles(logits_HBC);
                })
            )
        );
        return logits.Length == 1 ? logits[0] : [.. logits.SelectMany(head => head)];
    }

    /// <summary>Measures a batch of texts; every head's scores stay where they are.</summary>
    /// <param name="batch">Windows of tokens.</param>
    /// <param name="evaluation">Receives the figures.</param>
    public async Task ScoreAsync(HostBatch batch, TokenEvaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(evaluation);
        var (activation, next) = await Activation(batch);
        using (activation)
        using (next)
        {
            var heads = await Task.WhenAll(_heads.Select(seat => seat.Run(worker => worker.Score(0, activation, next))));
            var wanted = TokenEvaluation.Wanted(heads);
            var answers = await Task.WhenAll(_heads.Select(seat => seat.Run(worker => worker.Look(0, wanted)!)));
            evaluation.Add(heads, wanted, answers);
        }
    }

    /// <summary>What every head expects behind a text.</summary>
    /// <param name="tokens">The text, 1 to a window's length of tokens.</param>
    /// <returns>Probabilities [M][V].</returns>
    public async Task<double[][]> NextAsync(IReadOnlyList<long> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentOutOfRangeException.ThrowIfZero(tokens.Count, nameof(tokens));
        var batch = new HostBatch(1, SampleShape.Tokens(tokens.Count));
        tokens.ToArray().CopyTo(batch.Tokens, 0);
        var (activation, next) = await Activation(batch);
        using (activation)
        using (next)
        {
            return await Task.WhenAll(
                _heads.Select(seat =>
                    seat.Run(worker =>
                    {
                        using var logits_BLV = worker.Infer(activation);
                        using var last_V = logits_BLV[0, 0, tokens.Count - 1].to_type(ScalarType.Float64).softmax(0);
                        return HostCopies.Doubles(last_V);
                    })
                )
            );
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_heads.Select(seat => seat.DisposeAsync().AsTask()).Append(_backbone.DisposeAsync().AsTask()));
        _gate.Dispose();
        CpuAllocator.Trim();
    }

    private Task<(Tensor Activation, Tensor Labels)> Activation(HostBatch batch) =>
        _backbone.Run(worker =>
        {
            var (images, labels) = BatchTensors.ToDevice(batch, worker.Tensors.Device, worker.Plan.Arithmetic, channelsLast: true);
            using (images)
            {
                return (worker.Infer(images), labels);
            }
        });

    /// <summary>One owner: its executor and what it holds.</summary>
    private sealed class Seat<TWorker>(OwnerId owner, string device, int threads, ComputeGate? gate) : IAsyncDisposable
        where TWorker : OwnerWorker
    {
        private readonly OwnerExecutor _executor = new(owner.ToString(), threads, gate);
        private TWorker? _worker;

        public OwnerId Owner { get; } = owner;

        public Task Load(string checkpoint, Func<Device, TWorker> create) =>
            _executor.Run(() =>
            {
                _worker = create(TorchDevices.Parse(device));
                OwnerShard.Load(_worker.Tensors, checkpoint, Owner);
            });

        public Task<T> Run<T>(Func<TWorker, T> work) => _executor.Run(() => work(_worker!));

        public async ValueTask DisposeAsync()
        {
            await _executor.Run(() => _worker?.Dispose());
            _executor.Dispose();
        }
    }
}
