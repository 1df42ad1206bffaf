using NeuroTrails.Contracts;
using NeuroTrails.Models;
using NeuroTrails.Running;
using NeuroTrails.Topology;
using NeuroTrails.Training;

namespace NeuroTrails.Grains;

/// <summary>The owners of a run as its coordinator sees them.</summary>
internal sealed class OwnerRoster
{
    private readonly RunDefinition _run;
    private readonly RunPlan _plan;
    private readonly OwnerSeats _seats;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<(OwnerId Id, IOwnerGrain Grain)> _owners;
    private readonly IHeadGrain[] _heads;
    private readonly IGrainFactory _grains;
    private IReplicaGrain[] _replicas;
    private long _masked;
    private long _active;

    public OwnerRoster(IGrainFactory grains, RunDefinition run, RunPlan plan, OwnerSeats seats, TimeProvider time)
    {
        _grains = grains;
        _run = run;
        _plan = plan;
        _seats = seats;
        _time = time;
        Backbone = grains.GetGrain<IBackboneGrain>(GrainKeys.Backbone(run.RunId));

        // An earlier coordinator may have had as many as there are heads.
        _replicas = plan.Options.Execution.Share == Configuration.Sharing.Gradients ? Replicas(1, plan.Heads) : [];
        _heads = [.. Enumerable.Range(0, plan.Heads).Select(head => grains.GetGrain<IHeadGrain>(GrainKeys.Head(run.RunId, head)))];
        _owners = [(OwnerId.Backbone, Backbone), .. _heads.Select((head, index) => (new OwnerId(index), (IOwnerGrain)head))];
    }

    public IBackboneGrain Backbone { get; }

    public double Density => _masked == 0 ? 1.0 : (double)_active / _masked;

    public async Task Prepare(long generation, long stepsMade, bool trains, string? checkpoint)
    {
        (_masked, _active) = (0, 0);
        var firstStep = trains ? stepsMade + 1 : 0;
        var layout = _seats.Replicas(_plan);
        _replicas = Replicas(1, layout.Replicas.Count);
        async Task<OwnerReport> Ready(IOwnerGrain grain, OwnerLocation seat, int[] heads, int replicas)
        {
            var place = await _seats.Seat(seat, grain, generation);
            return await Ask(() =>
                grain.Prepare(new(_run.RunId, generation, _run.Options, _run.Data, place.Device, firstStep, checkpoint, heads, replicas))
            );
        }

        // The backbone last: its setup is also what tells it that its heads are there.
        var reports = await Task.WhenAll(
            _owners.Where(owner => !owner.Id.IsBackbone).Select(owner => Ready(owner.Grain, _seats[owner.Id], [], 0))
        );
        if (_plan.Options.Execution.Share == Configuration.Sharing.Gradients)
        {
            // An earlier layout may have had more of them, which would keep their tensors and hold up a silo that wants to leave.
            await Release(Replicas(_replicas.Length + 1, _plan.Heads - _replicas.Length), generation);
        }

        await Task.WhenAll(_replicas.Zip(layout.Replicas, (grain, replica) => Ready(grain, replica.Place, replica.Heads, 0)));
        foreach (var report in reports.Append(await Ready(Backbone, _seats[OwnerId.Backbone], layout.OwnHeads, layout.Replicas.Count)))
        {
            _masked += report.MaskedCount;
            _active += report.MaskedActive;
        }

        // Masks that a run was given, and did not draw, may have been rounded for each tensor by itself; they are taken as they are.
        var planned = _plan.Owners.Sum(owner => _plan.MaskedActive(owner, stepsMade));
        var rounding = checkpoint is null ? 0 : _plan.Owners.Sum(owner => _plan.Part(owner).Maskable.Count());
        if (_plan.Options.Compatibility == Configuration.Compatibility.GoodPractice && Math.Abs(_active - planned) > rounding)
        {
            throw new TopologyInvariantException($"The owners have {_active} active weights where the plan has {planned}.");
        }
    }

    public IReadOnlyList<TopologyReply> LastTopology { get; private set; } = [];

    public async Task<TopologyReply> UpdateTopology(StepId id)
    {
        var replies = await Task.WhenAll(_owners.Select(owner => Ask(() => owner.Grain.UpdateTopology(new(id)))));
        var total = new TopologyReply(
            id,
            "all owners",
            replies.Sum(reply => reply.Dropped),
            replies.Sum(reply => reply.Grown),
            replies.Sum(reply => reply.Active)
        );
        if (total.Dropped != total.Grown || total.Active != _active)
        {
            throw new TopologyInvariantException(
                $"After the topology update of {id}: {total.Dropped} dropped, {total.Grown} grown, {total.Active} active where there were "
                    + $"{_active}."
            );
        }

        LastTopology = replies;
        return total;
    }

    // At the end of a step, the heads do what their method has them do.
    public async Task Keep(StepId id, EnsembleFigures? measured)
    {
        var request = new KeepRequest(id, measured?.Nll, [.. measured?.HeadAccuracy ?? []]);
        var replies = await Task.WhenAll(_heads.Select(head => Ask(() => head.Keep(request))));
        var planned = _plan.Owners.Where(owner => !owner.IsBackbone).Sum(owner => _plan.MaskedActive(owner, id.Step));
        var active = replies.Sum(reply => reply.MaskedActive);
        if (_plan.Options.Compatibility == Configuration.Compatibility.GoodPractice && active != planned)
        {
            throw new TopologyInvariantException($"After {id} the heads have {active} active weights where the plan has {planned}.");
        }

        _active = active + _plan.MaskedActive(OwnerId.Backbone, id.Step);
    }

    // Looks for values that are not finite; a weight rather than a statistic, which only follows.
    public async Task<OwnerCheck?> FindNonFinite(StepId id)
    {
        var checks = await Task.WhenAll(_owners.Select(owner => Ask(() => owner.Grain.Check(new(id)))));
        return checks.Where(check => check.NonFinite is not null).OrderBy(check => check.IsStatistic).FirstOrDefault();
    }

    public Task<SaveReply[]> Save(SaveRequest request) => Task.WhenAll(_owners.Select(owner => Ask(() => owner.Grain.Save(request))));

    public Task Release(long generation) => Release(_owners.Select(owner => owner.Grain).Concat(_replicas), generation);

    private Task Release(IEnumerable<IOwnerGrain> owners, long generation) =>
        Task.WhenAll(owners.Select(owner => HedgedCalls.Ask(() => owner.Release(generation), _time)));

    private Task<TReply> Ask<TReply>(Func<Task<TReply>> ask) => HedgedCalls.Ask(ask, _time);

    private IReplicaGrain[] Replicas(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(replica => _grains.GetGrain<IReplicaGrain>(GrainKeys.Replica(_run.RunId, replica)))];
}
