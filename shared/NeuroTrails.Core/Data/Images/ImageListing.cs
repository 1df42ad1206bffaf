using NeuroTrails.Files;

namespace NeuroTrails.Data;

/// <summary>Files and labels of one split of an image folder. Files and folders whose names begin with a dot are not part of it.</summary>
internal sealed record ImageListing(IReadOnlyList<string> Paths, int[] Labels, IReadOnlyList<string> Empty)
{
    private const string Annotations = "val_annotations.txt";

    public static IReadOnlyList<string> Classes(string folder) =>
        [
            .. Directory
                .EnumerateDirectories(folder)
                .Select(path => Path.GetFileName(path))
                .Where(name => !IsHidden(name))
                .Order(StringComparer.Ordinal),
        ];

    // Lists a split: a subfolder a class, or one folder and a list of classes as in Tiny-ImageNet.
    public static ImageListing Of(string folder, IReadOnlyList<string> classes, ImageDecoders decoders)
    {
        var annotations = Path.Combine(folder, Annotations);
        return File.Exists(annotations) ? Annotated(folder, annotations, classes) : BySubfolder(folder, classes, decoders);
    }

    public ImageListing Without(IReadOnlySet<string> files)
    {
        var kept = Paths.Index().Where(path => !files.Contains(path.Item)).ToList();
        return this with { Paths = [.. kept.Select(path => path.Item)], Labels = [.. kept.Select(path => Labels[path.Index])] };
    }

    private static bool IsHidden(string name) => name.StartsWith('.');

    private static ImageListing BySubfolder(string folder, IReadOnlyList<string> classes, ImageDecoders decoders)
    {
        var (paths, labels, empty) = (new List<string>(), new List<int>(), new List<string>());
        foreach (var name in Classes(folder))
        {
            var label = Index(classes, name, folder);
            var below = Path.Combine(folder, name);
            var files = Directory
                .EnumerateFiles(below, "*", SearchOption.AllDirectories)
                .Where(file =>
                    decoders.IsImage(file) && !Path.GetRelativePath(below, file).Split(Path.DirectorySeparatorChar).Any(IsHidden)
                )
                .Order(StringComparer.Ordinal)
                .ToList();
            paths.AddRange(files);
            labels.AddRange(Enumerable.Repeat(label, files.Count));
            if (files.Count == 0)
            {
                empty.Add(below);
            }
        }

        return new ImageListing(paths, [.. labels], empty);
    }

    private static ImageListing Annotated(string folder, string annotations, IReadOnlyList<string> classes)
    {
        var (paths, labels) = (new List<string>(), new List<int>());
        foreach (var line in Lines(annotations).Where(line => line.Length > 0))
        {
            // File name, class, then a bounding box that we do not need.
            var fields = line.Split('\t');
            if (fields.Length < 2)
            {
                throw DataError.Damaged(annotations, $"the line '{line[..Math.Min(line.Length, 40)]}'", "a file name, a tab and a class");
            }

            // Files that were converted keep their old names in the list.
            var listed = Path.Combine(folder, "images", Path.GetFileName(fields[0]));
            paths.Add(
                File.Exists(listed) ? listed
                : Path.ChangeExtension(listed, ".png") is var converted && File.Exists(converted) ? converted
                : throw DataError.Damaged(annotations, $"{fields[0]} without its file", listed)
            );
            labels.Add(Index(classes, fields[1], annotations));
        }

        return new ImageListing(paths, [.. labels], []);
    }

    private static List<string> Lines(string annotations)
    {
        try
        {
            return [.. RegularFile.ReadLines(annotations)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DataError.Damaged(annotations, "it cannot be read: " + error.Message, "a readable file", error);
        }
    }

    private static int Index(IReadOnlyList<string> classes, string name, string source)
    {
        for (var i = 0; i < classes.Count; i++)
        {
            if (classes[i] == name)
            {
                return i;
            }
        }

        throw DataError.Damaged(source, $"the class '{name}'", "the classes of the training split");
    }
}
