using NeuroTrails.Client.Display;
using NeuroTrails.Configuration;

namespace NeuroTrails.Client.Compare;

/// <summary>Reads <c>--tune</c>: which settings are tried with which values, every combination for each method.</summary>
/// <param name="Settings">The values of each setting, by its dotted path.</param>
internal sealed record TuneGrid(IReadOnlyDictionary<string, IReadOnlyList<string>> Settings)
{
    private const int Most = 1000;

    // What is compared, on what, where, and how it is measured is not for a search to choose.
    private static readonly string[] Never = ["seed", "device", "compatibility", "ensemble.method"];
    private static readonly string[] NeverIn = ["data.", "evaluation.", "execution.", "checkpoint."];

    // All combinations, as assignments path=value; the value of the last setting changes fastest.
    public IReadOnlyList<IReadOnlyList<string>> Combinations =>
        Settings.Aggregate(
            (IReadOnlyList<IReadOnlyList<string>>)
                [
                    [],
                ],
            (all, setting) =>
                [.. all.SelectMany(begun => setting.Value.Select(value => (IReadOnlyList<string>)[.. begun, $"{setting.Key}={value}"]))]
        );

    // Reads what was typed; null where nothing was.
    public static TuneGrid? Parse(IReadOnlyList<string> typed, Action<string> say)
    {
        var settings = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var text in typed)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var values = equals < 0 ? [] : Values(text[(equals + 1)..]);
            if (equals <= 0 || values.Any(value => value.Length == 0))
            {
                throw new UserErrorException(
                    $"--tune: `{text}` is not of the form NAME=VALUE,VALUE,…, such as learning_rate=0.05,0.1,0.2."
                );
            }

            var path = Resolve(text[..equals].Trim());
            if (path != text[..equals].Trim())
            {
                say($"--tune: {text[..equals].Trim()} is {path}");
            }

            if (values.Distinct(StringComparer.Ordinal).Count() < values.Count || !settings.TryAdd(path, values))
            {
                throw new UserErrorException($"--tune: `{text}` has a value twice, or {path} is there twice. Give each once.");
            }
        }

        var trials = settings.Values.Aggregate(1L, (product, values) => Math.Min(int.MaxValue, product * values.Count));
        return settings.Count == 0 ? null
            : trials <= Most ? new(settings)
            : throw new UserErrorException(
                $"--tune: these are {Readable.Count(trials)} trials of each method; at most {Readable.Count(Most)} are allowed. Give fewer "
                    + "values."
            );
    }

    // Lists such as [48,32] have commas of their own.
    private static List<string> Values(string text)
    {
        var (values, depth, start) = (new List<string>(), 0, 0);
        for (var at = 0; at <= text.Length; at++)
        {
            if (at == text.Length || (text[at] == ',' && depth == 0))
            {
                values.Add(text[start..at].Trim());
                start = at + 1;
                continue;
            }

            depth +=
                text[at] == '[' ? 1
                : text[at] == ']' ? -1
                : 0;
        }

        return values;
    }

    private static string Resolve(string name)
    {
        var all = RunOptionsWriter.Flatten(new()).Select(setting => setting.Key).ToList();
        var found = all.Contains(name) ? [name] : all.Where(path => path.EndsWith("." + name, StringComparison.Ordinal)).ToList();
        var keys = all.Select(path => path[(path.LastIndexOf('.') + 1)..]);
        return found switch
        {
            [var path] when Never.Contains(path) || NeverIn.Any(section => path.StartsWith(section, StringComparison.Ordinal)) =>
                throw new UserErrorException(
                    $"--tune: {path} cannot be tuned. Allowed are settings of model, ensemble (but its method), topology and training, "
                        + "such as training.learning_rate."
                ),
            [var path] => path,
            [] => throw new UserErrorException(
                $"--tune: there is no setting `{name}`{Nearest.Guess(name, all.Concat(keys))}."
                    + " All settings are in docs/configuration.md."
            ),
            _ => throw new UserErrorException($"--tune: `{name}` may be {string.Join(" or ", found)}. Write the whole of one."),
        };
    }
}
