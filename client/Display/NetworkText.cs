using System.Globalization;
using NeuroTrails.Models;
using NeuroTrails.Models.Graphs;
using NeuroTrails.Training;

namespace NeuroTrails.Client.Display;

/// <summary>Draws what a run computes, in letters or for Mermaid.</summary>
internal static class NetworkText
{
    private const int NameWidth = 34;
    private const int Width = 80;

    /// <summary>A tree of parts, blocks and, where asked for, operations, 80 letters wide.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="operations">Whether operations are shown.</param>
    /// <param name="output">Receives the lines.</param>
    public static void Tree(RunPlan plan, bool operations, TextWriter output)
    {
        output.WriteLine(Title(plan));
        output.WriteLine();
        output.WriteLine($"{string.Empty, -NameWidth} {"output", -15} {"parameters", 11} {"active", 6} {"FLOPs", 10}");
        if (IsShared(plan))
        {
            Part(plan, OwnerId.Backbone, "backbone", operations, output);
        }

        Part(plan, new(0), plan.Heads == 1 ? "head" : $"each of {Readable.Count(plan.Heads, "head")}", operations, output);
        Line(output, plan.Heads == 1 ? "together" : "all together", string.Empty, plan.Size);
        output.WriteLine();
        output.WriteLine(
            "FLOPs: two for each multiply-add of an active weight, for one sample. A masked\ndense product does all of "
                + "them, active or not. Density counts maskable weights\nalone, `active` all parameters."
                + (plan.IsText ? "\nA sample is a window; attention counts the products of positions with earlier ones." : string.Empty)
        );
        foreach (var line in IsoFlops.Notice(plan) is { } notice ? Display.Flow.Fold(notice, Width) : [])
        {
            output.WriteLine(line);
        }
    }

    /// <summary>A flowchart: the backbone, and what each head has for itself.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="operations">Whether operations are shown, instead of blocks.</param>
    /// <param name="output">Receives the lines.</param>
    public static void Mermaid(RunPlan plan, bool operations, TextWriter output)
    {
        output.WriteLine("flowchart TD");
        output.WriteLine($"  samples([\"samples {plan.Backbone.Input.Features}\"])");
        var shared = IsShared(plan) ? Flow(plan, OwnerId.Backbone, "backbone", "samples", operations, output) : "samples";
        for (var head = 0; head < plan.Heads; head++)
        {
            var scores = Flow(plan, new(head), $"head {head}", shared, operations, output);
            output.WriteLine($"  {scores} --> mean");
        }

        output.WriteLine($"  mean([\"mean of {Readable.Count(plan.Heads, "head")}\"])");
    }

    private static string Title(RunPlan plan) =>
        $"{plan.Network.Name}, {plan.Method.Name}: {plan.Method.Describe(plan.Options.Ensemble)}\ndensity "
        + $"{Readable.Share(plan.Options.Topology.Density)}, "
        + (
            plan.IsText
                ? $"windows of {plan.Network.Input.Width} tokens, {Readable.Count(plan.Data.Classes, "token")} in the vocabulary"
                : $"samples {plan.Network.Input.Features}, {Readable.Count(plan.Data.Classes, "class", "classes")}"
        );

    private static bool IsShared(RunPlan plan) => plan.Backbone.Graph.Nodes.Count > 0;

    private static void Part(RunPlan plan, OwnerId owner, string title, bool operations, TextWriter output)
    {
        var part = plan.Part(owner);
        Line(output, title, part.Output.Features, Size(plan, owner, part.Graph.Nodes));
        var blocks = Blocks(part).ToList();
        for (var at = 0; at < blocks.Count; at++)
        {
            var (name, nodes) = blocks[at];
            var isLast = at == blocks.Count - 1;
            Line(output, (isLast ? "└─ " : "├─ ") + name, nodes[^1].Output.Shape.Features, Size(plan, owner, nodes));
            for (var inner = 0; operations && inner < nodes.Count; inner++)
            {
                var stem = (isLast ? "   " : "│  ") + (inner == nodes.Count - 1 ? "└─ " : "├─ ");
                Line(
                    output,
                    stem + Named(nodes[inner], name),
                    nodes[inner].Output.Shape.Features,
                    nodes[inner].Tensors.Count == 0 && nodes[inner].Operation.Macs == 0 ? null : Size(plan, owner, [nodes[inner]])
                );
            }
        }
    }

    private static void Line(TextWriter output, string name, string makes, NetworkSize? size)
    {
        var figures = size is null
            ? string.Empty
            : $" {Readable.Large(size.Parameters), 11} {(size.Parameters == 0 ? string.Empty : Share(size)), 6} "
                + $"{Readable.Large(2 * size.ActiveMacs), 10}";
        output.WriteLine($"{(name.Length > NameWidth ? name[..(NameWidth - 1)] + "…" : name), -NameWidth} {makes, -15}{figures}".TrimEnd());
    }

    private static string Share(NetworkSize size) =>
        ((double)size.ActiveParameters / size.Parameters).ToString("0.000", CultureInfo.InvariantCulture);

    private static string Flow(RunPlan plan, OwnerId owner, string title, string input, bool operations, TextWriter output)
    {
        var (part, prefix) = (plan.Part(owner), owner.ToString().Replace("-", string.Empty, StringComparison.Ordinal));
        output.WriteLine($"  subgraph {prefix}s [\"{title}\"]");
        var edges = new List<string>();
        var names = new Dictionary<int, string> { [part.Graph.Input.Id] = input };
        foreach (var (block, nodes) in Blocks(part))
        {
            if (operations)
            {
                foreach (var node in nodes)
                {
                    var name = names[node.Output.Id] = string.Create(CultureInfo.InvariantCulture, $"{prefix}_{node.Output.Id}");
                    output.WriteLine($"    {name}[\"{Named(node, block)}\"]");
                    edges.AddRange(node.Inputs.Select(value => $"  {names[value.Id]} --> {name}"));
                }

                continue;
            }

            var size = Size(plan, owner, nodes);
            var parameters = size.Parameters == 0 ? "no parameters" : $"{Readable.Large(size.Parameters)} parameters, {Share(size)} active";
            output.WriteLine($"    {prefix}_{block}[\"{block} {nodes[^1].Output.Shape.Features}<br/>{parameters}\"]");
            edges.Add($"  {names[part.Graph.Input.Id]} --> {prefix}_{block}");
            names[part.Graph.Input.Id] = names[part.Graph.Output.Id] = $"{prefix}_{block}";
        }

        output.WriteLine("  end");
        edges.ForEach(output.WriteLine);
        return names[part.Graph.Output.Id];
    }

    // A block's nodes stand together, under its name.
    private static IEnumerable<(string Name, IReadOnlyList<GraphNode> Nodes)> Blocks(NetworkPart part) =>
        part.Graph.Nodes.GroupBy(node => node.Path.Split('.')[0]).Select(block => (block.Key, (IReadOnlyList<GraphNode>)[.. block]));

    private static string Named(GraphNode node, string block) =>
        node.Path.Length > block.Length ? $"{node.Path[(block.Length + 1)..]}: {node.Operation.Description}" : node.Operation.Description;

    private static NetworkSize Size(RunPlan plan, OwnerId owner, IReadOnlyList<GraphNode> nodes) =>
        NetworkSize
            .Of(
                nodes
                    .SelectMany(node => node.Tensors)
                    .Where(spec => spec.Role != TensorRole.Buffer)
                    .Select(spec => (spec, plan.Active(owner, spec)))
            )
            .With(nodes.Sum(node => node.Operation.Macs));
}
