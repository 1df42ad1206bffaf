using NeuroTrails.Configuration;
using NeuroTrails.Data;

namespace NeuroTrails.Models;

/// <summary>Makes a network for a data set.</summary>
/// <param name="options">The model section of the run.</param>
/// <param name="input">Shape of one sample.</param>
/// <param name="classes">Number of classes.</param>
public delegate Network ModelBuilder(ModelOptions options, SampleShape input, int classes);

/// <summary>The networks by name: the built-in ones, and those that a host registers.</summary>
public sealed class ModelCatalogue
{
    private static readonly string[] BuiltIn = ["mlp", "resnet18", "resnet34", "resnet50"];
    private readonly SortedDictionary<string, ModelBuilder> _builders = new(StringComparer.Ordinal)
    {
        ["mlp"] = MultiLayerPerceptron.Build,
        ["resnet18"] = ResNet.Build,
        ["resnet34"] = ResNet.Build,
        ["resnet50"] = ResNet.Build,
    };

    /// <summary>Starts with the built-in networks.</summary>
    public ModelCatalogue()
    {
        foreach (var name in Llama.Names)
        {
            _builders.Add(name, Llama.Build);
        }
    }

    /// <summary>Whether a built-in network takes windows of tokens.</summary>
    /// <param name="name">Value of <c>model.name</c>.</param>
    public static bool IsOfTexts(string name) => Llama.Names.Contains(name, StringComparer.Ordinal);

    /// <summary>Adds a network of one's own under a name for <c>model.name</c>.</summary>
    /// <param name="name">The name; a known one is replaced.</param>
    /// <param name="builder">Makes the network.</param>
    public void Register(string name, ModelBuilder builder) => _builders[name] = builder;

    /// <summary>Whether there is a network of this name.</summary>
    /// <param name="name">Value of <c>model.name</c>.</param>
    public bool Has(string name) => _builders.ContainsKey(name) || WideResNet.TryParse(name) is not null;

    /// <summary>Refuses the network of a run that another program registered.</summary>
    /// <param name="name">The run's <c>model.name</c>.</param>
    /// <exception cref="UserErrorException">It is not known here.</exception>
    public void CheckOfRun(string name)
    {
        if (!Has(name))
        {
            throw new UserErrorException(
                $"This run's network '{name}' came from the program that trained it, and is not known here. Use the run from "
                    + "that program, whose RunEngine has it in its ModelCatalogue."
            );
        }
    }

    /// <summary>Makes the network that the options name.</summary>
    /// <param name="options">The model section of the run.</param>
    /// <param name="input">Shape of one sample.</param>
    /// <param name="classes">Number of classes, at least 2.</param>
    /// <exception cref="UserErrorException">No such network, or the sample does not fit it.</exception>
    public Network Build(ModelOptions options, SampleShape input, int classes)
    {
        if (input.IsTokens && (BuiltIn.Contains(options.Name) || WideResNet.TryParse(options.Name) is not null))
        {
            throw new UserErrorException(
                $"{options.Name} takes images or vectors, but the data are windows of {input.Width} tokens. Allowed: "
                    + $"{string.Join(", ", Llama.Names)}. Change model.name or data.name."
            );
        }

        if (_builders.TryGetValue(options.Name, out var builder))
        {
            return builder(options, input, classes);
        }

        return WideResNet.TryParse(options.Name) is { } size
            ? WideResNet.Build(options, size, input, classes)
            : throw new UserErrorException(
                $"There is no model '{options.Name}'. Known: {string.Join(", ", _builders.Keys)}, wrn-D-K with depth D = 6n+4 (10, 16, "
                    + "22, 28, …) and widening K of at least 1. Change model.name."
            );
    }
}
