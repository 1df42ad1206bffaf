using System.Reflection;

namespace Orleans.Runtime;

/// <summary>A grain's identity as something to call: proxies derive from it and implement the grain interface.</summary>
public class GrainReference : DispatchProxy, IAddressable, IEquatable<GrainReference>
{
    private ReferenceRuntime? _runtime;

    public GrainId GrainId { get; private set; }

    public GrainInterfaceType InterfaceType { get; private set; }

    public string InterfaceName => InterfaceType.ToString();

    internal ReferenceRuntime Runtime
        => _runtime ?? throw new InvalidOperationException("This grain reference was not made by a grain factory.");

    public static bool operator ==(GrainReference? left, GrainReference? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(GrainReference? left, GrainReference? right) => !(left == right);

    public virtual TGrainInterface Cast<TGrainInterface>()
        where TGrainInterface : IAddressable
        => this.AsReference<TGrainInterface>();

    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => GrainId.GetHashCode();

    public sealed override string ToString() => $"GrainReference:{GrainId}:{InterfaceType}";

    internal void Bind(ReferenceRuntime runtime, GrainId grainId, GrainInterfaceType interfaceType)
    {
        _runtime = runtime;
        GrainId = grainId;
        InterfaceType = interfaceType;
    }

    /// <summary>The same reference to another grain.</summary>
    internal GrainReference For(GrainId grainId)
    {
        var copy = (GrainReference)MemberwiseClone();
        copy.GrainId = grainId;
        return copy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        => Runtime.Call(this, targetMethod!, args ?? []);
}
