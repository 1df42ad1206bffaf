using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>One living grain: its instance, its mailbox (Activation.Mailbox.cs) and its beginning and end (Activation.Life.cs).</summary>
internal sealed partial class Activation : IGrainContext
{
    private readonly Lock _gate = new();
    private readonly AsyncServiceScope _scope;
    private readonly ILogger _logger;
    private Dictionary<Type, object>? _components;

    public Activation(Silo silo, GrainClass grainClass, GrainId grainId)
    {
        Silo = silo;
        Class = grainClass;
        GrainId = grainId;
        Scheduler = new ActivationScheduler(this);
        Lifecycle = new GrainLifecycle();
        GrainReference = silo.References.CreateUntyped(grainId);
        _logger = silo.Logger;
        _lastUsed = silo.Time.GetTimestamp();
        _scope = silo.Services.CreateAsyncScope();
        _scope.ServiceProvider.GetRequiredService<ActivationHolder>().Activation = this;
    }

    public Silo Silo { get; }

    public GrainClass Class { get; }

    public GrainId GrainId { get; }

    public ActivationScheduler Scheduler { get; }

    public GrainLifecycle Lifecycle { get; }

    public GrainReference GrainReference { get; }

    public object? GrainInstance { get; private set; }

    public IServiceProvider ActivationServices => _scope.ServiceProvider;

    public IGrainLifecycle ObservableLifecycle => Lifecycle;

    public static Activation Of(IGrainContext? context)
        => context as Activation
           ?? throw new InvalidOperationException("Grain was created outside of the Orleans creation process and has no runtime.");

    public TComponent? GetComponent<TComponent>()
        where TComponent : class
    {
        lock (_gate)
        {
            return _components?.GetValueOrDefault(typeof(TComponent)) as TComponent ?? GrainInstance as TComponent;
        }
    }

    public void SetComponent<TComponent>(TComponent? value)
        where TComponent : class
    {
        lock (_gate)
        {
            _components ??= [];
            if (value is null)
            {
                _components.Remove(typeof(TComponent));
            }
            else
            {
                _components[typeof(TComponent)] = value;
            }
        }
    }

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString() => $"[Activation: {GrainId}]";

    /// <summary>Runs something as a turn of this activation, with nothing of the caller's flow in it.</summary>
    public void Post(Action<object?> turn, object? state)
        => Detached.Run((turn, state), static work => new Task(work.turn, work.state, TaskCreationOptions.DenyChildAttach))
            .Start(Scheduler);
}
