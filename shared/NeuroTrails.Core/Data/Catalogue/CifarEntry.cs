namespace NeuroTrails.Data;

/// <summary>CIFAR-10 and CIFAR-100 in any of their usual forms.</summary>
internal static class CifarEntry
{
    private static readonly string[] TenNames = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    public static DataSetEntry Ten { get; } =
        Entry(
            CifarLayout.Ten,
            "50,000 + 10,000 photographs of 10 classes, 3x32x32",
            new([0.4914f, 0.4822f, 0.4465f], [0.2470f, 0.2435f, 0.2616f]),
            KnownDownloads.CifarTen
        );

    public static DataSetEntry Hundred { get; } =
        Entry(
            CifarLayout.Hundred,
            "50,000 + 10,000 photographs of 100 classes, 3x32x32",
            new([0.5071f, 0.4866f, 0.4409f], [0.2673f, 0.2564f, 0.2762f]),
            KnownDownloads.CifarHundred
        );

    private static DataSetEntry Entry(CifarLayout layout, string summary, Normalisation constants, IReadOnlyList<RemoteFile> downloads) =>
        new(layout.Name, summary, (folder, _, _) => CifarArchive.Open(folder, layout, layout == CifarLayout.Ten ? TenNames : null))
        {
            Constants = constants,
            Marks = [.. CifarArchive.Marks(layout)],
            Subfolders = [layout.Name],
            Downloads = downloads,
            ManualSteps = ManualSteps.For(downloads),
        };
}
