namespace NeuroTrails.Client.Doctor;

/// <summary>Whether TorchSharp's native library had to be adapted to an older C++ library (<c>eng/UseOlderCxxLibrary.cs</c>), as the build
/// wrote it down.</summary>
internal static class CxxLibrary
{
    public static string Text()
    {
        var report = MappedLibraries.Containing("libLibTorchSharp").Select(path => path + ".txt").FirstOrDefault(File.Exists);
        return report is null ? "nothing is known of what the build did" : File.ReadAllText(report).TrimEnd();
    }
}
