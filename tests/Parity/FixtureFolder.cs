namespace NeuroTrails.Tests.Parity;

/// <summary>
/// Finds the recorded runs: a small one of our own beside this file, and those of the authors' code. A folder that the environment names
/// replaces the latter, and must hold some.
/// </summary>
internal static class FixtureFolder
{
    public const string Variable = "NEUROTRAILS_FIXTURES";

    /// <summary>Paths of the recorded runs; where a folder has none, the folder itself, so that one test says so.</summary>
    public static IReadOnlyList<string> Files() =>
        [Path.Combine(House.Repository.Root(), "tests", "Parity", "reference-mlp.safetensors"), .. Files(Variable, "fixtures")];

    /// <summary>The same of one folder.</summary>
    public static IReadOnlyList<string> Files(string variable, string usual)
    {
        var folder = Named(variable) ?? Path.GetFullPath(Path.Combine(House.Repository.Root(), "..", "shared", usual));
        string[] files = Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.safetensors").Order(StringComparer.Ordinal)] : [];
        return files.Length > 0 ? files : [folder];
    }

    /// <summary>Why a test over that path is skipped; null where it runs. A folder named
    /// explicitly that is missing or empty fails.</summary>
    public static string? WhySkipped(string file, string variable = Variable)
    {
        if (file.EndsWith(".safetensors", StringComparison.Ordinal))
        {
            return null;
        }

        Assert.True(Named(variable) is null, $"{variable} names {file}, which holds no .safetensors files.");
        return $"skipped: no recorded runs at {file}";
    }

    private static string? Named(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named ? named : null;
}
