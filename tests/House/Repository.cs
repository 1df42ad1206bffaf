namespace NeuroTrails.Tests.House;

/// <summary>The checked-out sources that the running tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = ["artifacts", "bin", "obj", "runs", "data", "node_modules"];

    /// <summary>The folder of NeuroTrails.sln; the test is skipped where there is none above the test's own files.</summary>
    public static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NeuroTrails.sln")))
            {
                return folder.FullName;
            }
        }

        Assert.Skip("The tests run outside a checkout, so there are no sources to look at.");
        return "";
    }

    /// <summary>Our source files, as paths relative to the root with forward slashes.</summary>
    public static IReadOnlyList<string> Files(params string[] extensions)
    {
        var root = Root();
        var files = new List<string>();
        var pending = new Stack<string>([root]);
        while (pending.TryPop(out var folder))
        {
            files.AddRange(Directory.EnumerateFiles(folder).Where(file => extensions.Contains(Path.GetExtension(file))));
            foreach (var inner in Directory.EnumerateDirectories(folder))
            {
                // Only at the top and only by name: data and runs are also names of namespaces further down.
                var name = Path.GetFileName(inner);
                if (!name.StartsWith('.') && !(NotOurs.Contains(name) && (folder == root || name is "bin" or "obj" or "node_modules")))
                {
                    pending.Push(inner);
                }
            }
        }

        return [.. files.Select(file => Path.GetRelativePath(root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];
    }

    /// <summary>Lines of a source file.</summary>
    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root(), file));
}
