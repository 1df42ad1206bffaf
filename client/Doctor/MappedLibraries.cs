namespace NeuroTrails.Client.Doctor;

/// <summary>Shared libraries that the process has loaded, as the Linux kernel lists them.</summary>
internal static class MappedLibraries
{
    public static IReadOnlyList<string> Containing(params string[] parts)
    {
        try
        {
            return
            [
                .. File.ReadLines("/proc/self/maps")
                    .Select(line => line.IndexOf('/', StringComparison.Ordinal) is var at and >= 0 ? line[at..] : string.Empty)
                    .Where(path => parts.Any(part => Path.GetFileName(path).Contains(part, StringComparison.Ordinal)))
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (IOException)
        {
            return [];
        }
    }
}
