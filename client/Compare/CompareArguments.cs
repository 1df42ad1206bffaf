using NeuroTrails.Client.Verbs;
using NeuroTrails.Methods;

namespace NeuroTrails.Client.Compare;

/// <summary>What was asked to be compared, read and checked as far as that goes without settings and data.</summary>
internal sealed record CompareArguments
{
    /// <summary>Budget: equal passes over the data.</summary>
    public const string Epochs = "epochs";

    /// <summary>Budget: equal floating-point operations of training.</summary>
    public const string Flops = "flops";

    /// <summary>Budget: equal active parameters.</summary>
    public const string Parameters = "parameters";

    /// <summary>What all runs have of settings, data and device, as for <c>train</c>.</summary>
    public required TrainArguments Common { get; init; }

    /// <summary>The methods, each once.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>Seeds of the final runs; trials have the first.</summary>
    public required IReadOnlyList<long> Seeds { get; init; }

    /// <summary>What is equal.</summary>
    public required string Budget { get; init; }

    /// <summary>The method whose budget the others get; null for the first that is possible.</summary>
    public string? Reference { get; init; }

    /// <summary>Assignments of single methods.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Own { get; init; }

    /// <summary>What is tuned; null for nothing.</summary>
    public TuneGrid? Tune { get; init; }

    /// <summary>Full path of the comparison's folder.</summary>
    public required string Out { get; init; }

    /// <summary>Runs at once; null for as many as cores or devices allow.</summary>
    public int? Jobs { get; init; }

    /// <summary>Whether impossible methods are left out instead of refused.</summary>
    public bool SkipImpossible { get; init; }

    /// <summary>The command line that asked.</summary>
    public required string Command { get; init; }

    /// <summary>Reads <c>--methods</c>.</summary>
    /// <exception cref="UserErrorException">One is unknown, or is there twice.</exception>
    public static IReadOnlyList<string> ReadMethods(string text)
    {
        var known = EnsembleMethods.All.Select(method => method.Name).ToList();
        if (text == "all")
        {
            return known;
        }

        var names = text.Split(',', StringSplitOptions.TrimEntries);
        foreach (var name in names.Where(name => !known.Contains(name)))
        {
            throw new UserErrorException(
                $"--methods: there is no method `{name}`{Configuration.Nearest.Guess(name, known)}; allowed are all, or some of "
                    + $"{string.Join(", ", known)}, separated by commas."
            );
        }

        return names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new UserErrorException($"--methods: {twice.Key} is there twice. Name each method once.")
            : names;
    }

    /// <summary>Reads every <c>--set-for</c>.</summary>
    /// <param name="typed">Each <c>METHOD:PATH=VALUE</c>.</param>
    /// <param name="methods">The methods that are compared.</param>
    /// <exception cref="UserErrorException">It is not of that form, or its method is not compared.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> ReadOwn(IEnumerable<string> typed, IReadOnlyList<string> methods)
    {
        var own = methods.ToDictionary(method => method, _ => (IReadOnlyList<string>)[]);
        foreach (var text in typed)
        {
            var (colon, equals) = (text.IndexOf(':', StringComparison.Ordinal), text.IndexOf('=', StringComparison.Ordinal));
            if (colon <= 0 || equals < colon + 2)
            {
                throw new UserErrorException(
                    $"--set-for: `{text}` is not of the form METHOD:PATH=VALUE, such as {methods[0]}:training.learning_rate=0.05."
                );
            }

            var method = text[..colon].Trim();
            if (EnsembleMethods.Find(method) is { } found && MethodSettings.Idle(found, text[(colon + 1)..]) is { } idle)
            {
                throw new UserErrorException($"--set-for: {idle}. Leave it out.");
            }

            own[method] = own.TryGetValue(method, out var before)
                ? [.. before, text[(colon + 1)..].Trim()]
                : throw new UserErrorException(
                    $"--set-for: `{method}` is not compared; allowed here: {string.Join(", ", methods)}. Change --set-for or --methods."
                );
        }

        return own;
    }
}
