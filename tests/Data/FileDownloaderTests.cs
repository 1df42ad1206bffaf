using System.Net;
using System.Security.Cryptography;
using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

public sealed class FileDownloaderTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 7))];
    private static readonly RemoteFile Archive = new(
        "data.gz",
        Content.Length,
        Convert.ToHexStringLower(SHA256.HashData(Content)),
        null,
        [new Uri("http://first/data.gz"), new Uri("http://second/data.gz")]
    );

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_arrives_checked_with_progress_to_the_end()
    {
        using var folder = new TempFolder();
        var reports = new List<DownloadProgress>();
        var server = new Server();
        var path = await Fetch(server, folder, Archive, reports);
        Assert.Equal(Content, File.ReadAllBytes(path));
        Assert.Equal(new DownloadProgress("data.gz", Content.Length, Content.Length), reports[^1]);
        Assert.Equal(reports.Select(report => report.Received).Order(), reports.Select(report => report.Received));
        Assert.False(File.Exists(path + ".part"));
        await Fetch(server, folder, Archive);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_interrupted_download_goes_on_where_it_stopped(bool ranges)
    {
        using var folder = new TempFolder();
        folder.Write("data.gz.part", Content[..70_000]);
        var server = new Server { Ranges = ranges };
        Assert.Equal(Content, File.ReadAllBytes(await Fetch(server, folder, Archive)));
        Assert.Equal("bytes=70000-", server.Requests.Single());
    }

    [Fact]
    public async Task A_broken_connection_leaves_a_part_that_the_next_source_continues()
    {
        using var folder = new TempFolder();
        var server = new Server { BreakFirstAfter = 50_000 };
        Assert.Equal(Content, File.ReadAllBytes(await Fetch(server, folder, Archive)));
        Assert.Equal(["", "bytes=50000-"], server.Requests);
    }

    [Fact]
    public async Task Wrong_contents_are_never_kept()
    {
        using var folder = new TempFolder();
        var wrong = (byte[])Content.Clone();
        wrong[5]++;
        var error = await Assert.ThrowsAsync<UserErrorException>(() => Fetch(new Server { Body = wrong }, folder, Archive));
        Assert.Contains("SHA-256", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Root));
        error = await Assert.ThrowsAsync<UserErrorException>(() => Fetch(new Server { Body = [.. Content, .. Content] }, folder, Archive));
        Assert.Contains("instead of 200000", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Root));
    }

    [Fact]
    public async Task Where_only_md5_is_published_it_is_checked()
    {
        using var folder = new TempFolder();
        var file = Archive with { Sha256 = null, Md5 = "0dc70e7e16bbf09a7fd2ced0d7b72376" };
        Assert.Equal(Content, File.ReadAllBytes(await Fetch(new Server(), folder, file)));
        var error = await Assert.ThrowsAsync<UserErrorException>(() =>
            Fetch(new Server(), folder, file with { Name = "other", Md5 = new string('0', 32) })
        );
        Assert.Contains("MD5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_network_the_manual_steps_are_told()
    {
        using var folder = new TempFolder();
        var error = await Assert.ThrowsAsync<UserErrorException>(() =>
            DataSetDownload.EnsureAsync(DataSetCatalogue.Find("mnist"), folder.Root, null, new Server { Down = true }, Token)
        );
        Assert.Contains("404", error.Message, StringComparison.Ordinal);
        Assert.Contains("put these files into that folder", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            "https://ossci-datasets.s3.amazonaws.com/mnist/t10k-labels-idx1-ubyte.gz (4542 bytes, SHA-256 f7ae60f9",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Nothing_is_fetched_where_it_is_not_wanted()
    {
        using var folder = new TempFolder();
        var server = new Server { Down = true };
        await DataSetDownload.EnsureAsync(new DataOptions(), handler: server, cancellation: Token);
        await DataSetDownload.EnsureAsync(new DataOptions { Name = "mnist", Path = folder.Root }, handler: server, cancellation: Token);
        await DataSetDownload.EnsureAsync(new DataOptions { Name = "mnist", Download = false }, handler: server, cancellation: Token);
        folder.Write("train-images-idx3-ubyte", [1]);
        await DataSetDownload.EnsureAsync(DataSetCatalogue.Find("mnist"), folder.Root, null, server, Token);
        Assert.Empty(server.Requests);

        // The first of four files, as an interrupted download leaves it.
        folder.Write("train-images-idx3-ubyte.gz", [1]);
        await Assert.ThrowsAsync<UserErrorException>(() =>
            DataSetDownload.EnsureAsync(DataSetCatalogue.Find("mnist"), folder.Root, null, server, Token)
        );
        Assert.NotEmpty(server.Requests);
    }

    [Fact]
    public async Task Cancelling_stops_and_keeps_the_part()
    {
        using var folder = new TempFolder();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var downloader = new FileDownloader(new Server());
        var progress = new Listener(report =>
        {
            if (report.Received > 60_000)
            {
                cancel.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => downloader.FetchAsync(Archive, folder.Root, progress, cancel.Token));
        Assert.InRange(new FileInfo(folder["data.gz.part"]).Length, 60_000, Content.Length);
    }

    private static async Task<string> Fetch(
        HttpMessageHandler server,
        TempFolder folder,
        RemoteFile file,
        List<DownloadProgress>? reports = null
    )
    {
        using var downloader = new FileDownloader(server);
        return await downloader.FetchAsync(file, folder.Root, reports is null ? null : new Listener(reports.Add), Token);
    }

    private sealed class Listener(Action<DownloadProgress> report) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => report(value);
    }

    private sealed class Server : HttpMessageHandler
    {
        public List<string> Requests { get; } = [];

        public bool Ranges { get; init; } = true;

        public bool Down { get; init; }

        public byte[] Body { get; init; } = Content;

        public int BreakFirstAfter { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add(request.Headers.Range?.ToString() ?? string.Empty);
            if (Down)
            {
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound));
            }

            var from = Ranges ? (int)(request.Headers.Range?.Ranges.Single().From ?? 0) : 0;
            var response = new HttpResponseMessage(from > 0 ? HttpStatusCode.PartialContent : HttpStatusCode.OK)
            {
                Content =
                    BreakFirstAfter > 0 ? new StreamContent(new BrokenStream(Body[..BreakFirstAfter])) : new ByteArrayContent(Body[from..]),
            };
            response.Content.Headers.ContentRange = from > 0 ? new(from, Body.Length - 1, Body.Length) : null;
            BreakFirstAfter = 0;
            return Task.FromResult(response);
        }
    }

    // Delivers its bytes, then fails as a connection that is cut.
    private sealed class BrokenStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is var read and > 0
                ? read
                : throw new HttpIOException(HttpRequestError.ResponseEnded, "connection cut");
    }
}
