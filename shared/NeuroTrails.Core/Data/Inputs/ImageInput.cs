namespace NeuroTrails.Data;

/// <summary>Image files that a user brings, prepared as the images of a run are when it is measured.</summary>
internal static class ImageInput
{
    // As photographs of ImageNet are measured: the inner 7/8 of the largest centred square.
    private static double CentreShare(string data) => data == "imagenet" ? 0.875 : 1;

    public static bool IsImage(string path) => new ImageDecoders(null).IsImage(path);

    public static InputSamples Single(string path, DataRecord record) =>
        Open([path], Path.GetDirectoryName(Path.GetFullPath(path))!, record);

    // Every image in a folder and below, in the order of their names, called by their paths in the folder; what is hidden does not count.
    public static InputSamples Folder(string folder, DataRecord record)
    {
        List<string> files =
        [
            .. Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.')))
                .Order(StringComparer.Ordinal),
        ];
        var images = files.Where(IsImage).ToList();
        if (images.Count == 0)
        {
            throw DataError.Damaged(
                folder,
                files.Count == 0 ? "an empty folder" : $"no images, but {Path.GetRelativePath(folder, files[0])}",
                "PNG or JPEG files"
            );
        }

        var samples = Open(images, folder, record);
        return files.Count == images.Count
            ? samples
            : samples with
            {
                Notices = [.. samples.Notices, $"{folder}: files that are no images and are left out: {files.Count - images.Count}"],
            };
    }

    private static InputSamples Open(List<string> paths, string root, DataRecord record)
    {
        var shape = record.SampleShape;
        if (shape.IsVector || shape.Channels is not (1 or 3))
        {
            throw DataError.Damaged(
                paths[0],
                "an image",
                shape.IsVector ? $"{shape.Length} values a sample, as .npy or .csv" : $"samples of {shape}, which no image is, as .npy"
            );
        }

        var decoders = new ImageDecoders(null);
        foreach (var path in paths.DistinctBy(Path.GetExtension))
        {
            decoders.Require(path);
        }

        var check = ImageCheck.Of(paths, decoders);
        if (check.Faults.Count > 0)
        {
            throw new UserErrorException(
                $"{check.Faults.Count} of {paths.Count} image files cannot be used. Mend or remove them:{check.Named()}"
            );
        }

        string[] names = [.. paths.Select(path => Path.GetRelativePath(root, path))];
        return new(
            new ImageFolderDataSet(root, shape, paths, new int[paths.Count], ["any"], decoders, CentreShare(record.Name)),
            names,
            []
        );
    }
}
