using System.Net;
using System.Net.Http.Headers;
using NeuroTrails.Files;

namespace NeuroTrails.Data;

/// <summary>
/// Downloads files and checks them. What has arrived is kept as <c>NAME.part</c>, so that an interrupted download goes on where it stopped;
/// a file bears its own name only once its checksum is right.
/// </summary>
public sealed class FileDownloader : IDisposable
{
    private const int BufferBytes = 1 << 16;
    private readonly HttpClient client;

    /// <summary>Makes a downloader.</summary>
    /// <param name="handler">Who sends requests; null for the network, with 20 seconds to connect. Not disposed.</param>
    public FileDownloader(HttpMessageHandler? handler = null) =>
        client = handler is null
            ? new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(20) }, disposeHandler: true)
            : new HttpClient(handler, disposeHandler: false);

    /// <summary>Makes sure that a file is in a folder.</summary>
    /// <param name="file">The file.</param>
    /// <param name="folder">Where it belongs; made where missing.</param>
    /// <param name="progress">Told after every piece, or null.</param>
    /// <param name="cancellation">Stops the download; what has arrived is kept.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="UserErrorException">No source delivered the file, or the folder cannot be written to.</exception>
    public async Task<string> FetchAsync(
        RemoteFile file,
        string folder,
        IProgress<DownloadProgress>? progress,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(file);
        var target = Path.Combine(folder, file.Name);
        var faults = new List<string>();
        try
        {
            Directory.CreateDirectory(folder);
            if (File.Exists(target) && await FileDigest.FaultAsync(target, file, cancellation) is null)
            {
                return target;
            }

            foreach (var source in file.Sources)
            {
                if (await TryAsync(source, file, target + ".part", progress, cancellation) is { } fault)
                {
                    faults.Add($"{source}: {fault}");
                    continue;
                }

                File.Move(target + ".part", target, overwrite: true);
                return target;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"{target} cannot be written: {error.Message}. Set --data (data.path) to a folder that holds the data, or make this one "
                    + "writable.",
                error
            );
        }

        throw new UserErrorException($"{file.Name} could not be downloaded. {string.Join(" ", faults)}");
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    // What went wrong, or null where the part is now the whole, checked file.
    private async Task<string?> TryAsync(
        Uri source,
        RemoteFile file,
        string part,
        IProgress<DownloadProgress>? progress,
        CancellationToken cancellation
    )
    {
        try
        {
            await ReceiveAsync(source, file, part, progress, cancellation);
        }
        catch (Exception error)
            when (error is HttpRequestException or HttpIOException
                || (error is OperationCanceledException && !cancellation.IsCancellationRequested)
            )
        {
            return error.Message + ".";
        }
        catch (IOException error) when (StorageFaults.Explain(error, part, file.Size, "--data") is { } full)
        {
            // What has come stays, and the download goes on from there.
            throw full;
        }

        if (await FileDigest.FaultAsync(part, file, cancellation) is not { } fault)
        {
            return null;
        }

        // Too short can go on later; anything else would only be continued into the same wrong file.
        if (new FileInfo(part).Length >= file.Size)
        {
            File.Delete(part);
        }

        return $"it delivered {fault}.";
    }

    private async Task ReceiveAsync(
        Uri source,
        RemoteFile file,
        string part,
        IProgress<DownloadProgress>? progress,
        CancellationToken cancellation
    )
    {
        var have = File.Exists(part) ? new FileInfo(part).Length : 0;
        if (have == file.Size)
        {
            return;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, source);
        request.Headers.Range = have > 0 && have < file.Size ? new RangeHeaderValue(have, null) : null;
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        response.EnsureSuccessStatusCode();

        // A server that ignores the range sends everything: then the part starts again.
        var goesOn = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == have;
        await using var output = goesOn ? RegularFile.OpenAppend(part) : RegularFile.Create(part);
        await using var input = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[BufferBytes];
        progress?.Report(new DownloadProgress(file.Name, output.Length, file.Size));
        while (await input.ReadAsync(buffer, cancellation) is var read and > 0)
        {
            await output.WriteAsync(buffer.AsMemory(0, read), cancellation);
            progress?.Report(new DownloadProgress(file.Name, output.Length, file.Size));
            if (output.Length > file.Size)
            {
                return;
            }
        }
    }
}
