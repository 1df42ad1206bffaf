using static TorchSharp.torch;

namespace NeuroTrails.Models;

/// <summary>The tensors of one block by their names inside it, and those of its children: <c>tensors.In("conv1")["weight"]</c>.</summary>
/// <remarks>Names are resolved once, when an owner is built, so that a forward pass joins no strings.</remarks>
public sealed class TensorNode
{
    private readonly Dictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorNode> _children = new(StringComparer.Ordinal);

    /// <summary>The tensor of that name.</summary>
    /// <param name="name">Name as the block declared it, without the child's name.</param>
    public Tensor this[string name] => _tensors[name];

    /// <summary>The tensor of that name, or null where the block declared none.</summary>
    /// <param name="name">Name as the block declared it.</param>
    public Tensor? Find(string name) => _tensors.GetValueOrDefault(name);

    /// <summary>The tensors of a child block.</summary>
    /// <param name="child">The child's name. A child without tensors answers with an empty node.</param>
    public TensorNode In(string child)
    {
        if (!_children.TryGetValue(child, out var node))
        {
            node = new TensorNode();
            _children.Add(child, node);
        }

        return node;
    }

    /// <summary>Puts a tensor at its dotted place.</summary>
    /// <param name="path">Dotted name: every part but the last is a child.</param>
    /// <param name="tensor">The tensor; ownership stays where it was.</param>
    internal void Put(string path, Tensor tensor)
    {
        var node = this;
        var parts = path.Split('.');
        foreach (var part in parts[..^1])
        {
            node = node.In(part);
        }

        node._tensors.Add(parts[^1], tensor);
    }
}
