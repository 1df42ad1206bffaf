using NeuroTrails.Client.Verbs;
using NeuroTrails.Methods;

namespace NeuroTrails.Client.Compare;

/// <summary>What was asked to be compared, read and checked as far as that goes without settings and data.</summary>
internal sealed record CompareArguments
{
    public const string Epochs = "epochs";

    public const string Flops = "flops";

    public const string Parameters = "parameters";

    public required TrainArguments Common { get; init; }

    public required IReadOnlyList<string> Methods { get; init; }

    // Seeds of the final runs; trials have the first.
    public required IReadOnlyList<long> Seeds { get; init; }

    public required string Budget { get; init; }

    // The method whose budget the others get; null for the first that is possible.
    public string? Reference { get; init; }

    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Own { get; init; }

    public TuneGrid? Tune { get; init; }

    public required string Out { get; init; }

    public int? Jobs { get; init; }

    public bool SkipImpossible { get; init; }

    public required string Command { get; init; }

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
