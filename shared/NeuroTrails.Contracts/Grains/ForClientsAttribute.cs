namespace NeuroTrails.Contracts;

/// <summary>
/// Marks the methods of grain interfaces that a cluster's clients may call. Every other call that comes in through a gateway is refused,
/// Orleans' own interfaces included, whatever certificate the caller has. A method that bears this mark has to check all that it is given.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ForClientsAttribute : Attribute;
