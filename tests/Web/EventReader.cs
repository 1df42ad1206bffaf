using System.Text.Json;

namespace NeuroTrails.Tests.Web;

/// <summary>Reads server-sent events one by one.</summary>
internal sealed class EventReader(HttpResponseMessage answer, Stream stream) : IDisposable
{
    private readonly StreamReader _reader = new(stream);

    public async Task<(string Kind, string Id, JsonElement Data)> Next()
    {
        var (kind, id) = (string.Empty, string.Empty);
        while (
            await _reader
                .ReadLineAsync(TestContext.Current.CancellationToken)
                .AsTask()
                .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken)
                is { } line
        )
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            switch (colon < 0 ? string.Empty : line[..colon])
            {
                case "event":
                    kind = line[(colon + 2)..];
                    break;
                case "id":
                    id = line[(colon + 2)..];
                    break;
                case "data":
                    return (kind, id, JsonDocument.Parse(line[(colon + 2)..]).RootElement);
            }
        }

        throw new EndOfStreamException();
    }

    public void Dispose()
    {
        _reader.Dispose();
        answer.Dispose();
    }
}
