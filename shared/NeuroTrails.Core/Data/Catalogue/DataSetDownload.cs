namespace NeuroTrails.Data;

/// <summary>Fetches what a data set lacks.</summary>
public static class DataSetDownload
{
    /// <summary>
    /// Makes sure that a data set can be opened: does nothing where it is generated, already there, in a folder named by
    /// <see cref="DataOptions.Path"/>, or where <see cref="DataOptions.Download"/> is off; <see cref="DataSetCatalogue.Open"/> then says
    /// what is missing.
    /// </summary>
    /// <param name="options">Which data set.</param>
    /// <param name="progress">Told how far each file is, or null.</param>
    /// <param name="handler">Who sends requests; null for the network.</param>
    /// <param name="cancellation">Stops the download; what has arrived is kept and used by the next attempt.</param>
    /// <returns>Ends when the files are there.</returns>
    /// <exception cref="UserErrorException">The files could not be fetched; the message has the steps to do it by hand.</exception>
    public static async Task EnsureAsync(
        DataOptions options,
        IProgress<DownloadProgress>? progress = null,
        HttpMessageHandler? handler = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        var entry = DataSetCatalogue.Find(options.Name);
        if (entry.Generated || !options.Download || options.Path is not null || entry.Downloads.Count == 0)
        {
            return;
        }

        await EnsureAsync(entry, DataSetCatalogue.Folder(options), progress, handler, cancellation);
    }

    internal static async Task EnsureAsync(
        DataSetEntry entry,
        string folder,
        IProgress<DownloadProgress>? progress,
        HttpMessageHandler? handler,
        CancellationToken cancellation
    )
    {
        // Some but not all of the files: an earlier download was interrupted between two of them.
        var present = entry.Downloads.Count(file => File.Exists(Path.Combine(folder, file.Name)));
        if (DataFolder.Locate(entry, folder) is not null && (present == 0 || present == entry.Downloads.Count))
        {
            return;
        }

        using var downloader = new FileDownloader(handler);
        foreach (var file in entry.Downloads)
        {
            try
            {
                await downloader.FetchAsync(file, folder, progress, cancellation);
            }
            catch (UserErrorException error)
            {
                throw new UserErrorException(
                    string.Join(Environment.NewLine, [$"No {entry.Name} data in {folder}, and {error.Message}", .. entry.ManualSteps]),
                    error
                );
            }
        }
    }
}
