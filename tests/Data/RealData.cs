namespace NeuroTrails.Tests.Data;

/// <summary>Real files, where this machine has them.</summary>
internal static class RealData
{
    /// <summary>The folder of a data set, or a skipped test.</summary>
    public static string Folder(string name)
    {
        var folder = Root() is { } root ? Path.Combine(root, name) : null;
        if (folder is null || !Directory.Exists(folder))
        {
            Assert.Skip($"no data at {folder ?? $"../shared/data/{name}"}");
        }

        return folder;
    }

    private static string? Root()
    {
        if (Environment.GetEnvironmentVariable("NEUROTRAILS_DATA") is { Length: > 0 } named)
        {
            return named;
        }

        // The checkout's sibling, wherever the test binary was started from.
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
