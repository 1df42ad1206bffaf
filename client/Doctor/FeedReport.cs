namespace NeuroTrails.Client.Doctor;

/// <summary>What the launcher found out about the package feeds.</summary>
internal static class FeedReport
{
    /// <summary>The lines of <c>artifacts/feed.probe</c> above the program; empty where it was built without the launcher.</summary>
    public static IReadOnlyList<string> Lines()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "feed.probe");
            if (File.Exists(file))
            {
                return [.. File.ReadLines(file).Where(line => line.StartsWith("# ", StringComparison.Ordinal)).Skip(1).Select(line => line[2..])];
            }
        }

        return [];
    }
}
