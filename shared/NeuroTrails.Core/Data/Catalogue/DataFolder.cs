namespace NeuroTrails.Data;

/// <summary>Finds the folder in which a data set lies.</summary>
internal static class DataFolder
{
    public const string Variable = "NEUROTRAILS_DATA";

    // The folder where the data is or, where it has to be fetched, belongs.
    public static string Default(DataOptions options, string? root, string workingDirectory)
    {
        if (options.Path is not null)
        {
            return Path.GetFullPath(options.Path, workingDirectory);
        }

        if (!string.IsNullOrEmpty(root))
        {
            var below = Path.Combine(Path.GetFullPath(root, workingDirectory), options.Name);
            if (Directory.Exists(below))
            {
                return below;
            }
        }

        return Path.Combine(workingDirectory, "data", options.Name);
    }

    // The folder itself or the usual subfolder that holds one of the entry's files, or null.
    public static string? Locate(DataSetEntry entry, string folder) =>
        entry
            .Subfolders.Select(sub => Path.Combine(folder, sub))
            .Prepend(folder)
            .FirstOrDefault(candidate => entry.Marks.Any(mark => Holds(candidate, mark)));

    public static UserErrorException Missing(DataSetEntry entry, string folder)
    {
        var seen =
            !Directory.Exists(folder) ? "there is no such folder"
            : Directory.EnumerateFileSystemEntries(folder).Take(6).Select(Path.GetFileName).ToArray() is { Length: > 0 } names
                ? $"it holds {string.Join(", ", names)}"
            : "it is empty";
        var wanted = string.Join(" or ", entry.Marks);
        var steps = string.Concat(entry.ManualSteps.Select(step => $"{Environment.NewLine}  {step}"));
        return new UserErrorException(
            $"No {entry.Name} data in {folder}: {seen}; expected {wanted}. Set --data (data.path) to the folder that holds it.{steps}"
        );
    }

    private static bool Holds(string folder, string mark)
    {
        if (!mark.Contains('*', StringComparison.Ordinal))
        {
            return Path.Exists(Path.Combine(folder, mark));
        }

        return Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder, mark).Any();
    }
}
