namespace NeuroTrails.Contracts;

/// <summary>Marks a message that holds a tensor and has a codec of its own: it must be immutable,
/// because inside a process it is shared and not copied.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TensorPayloadAttribute : Attribute;
