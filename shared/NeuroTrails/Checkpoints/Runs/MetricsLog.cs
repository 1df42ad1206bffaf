using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using NeuroTrails.Files;

namespace NeuroTrails.Checkpoints;

/// <summary>
/// <c>metrics.jsonl</c>: one JSON object a line, each with a <c>step</c>. Lines are flushed to the operating system, not to the disk: after
/// a power cut the last may be torn, and
/// <see cref="TruncateAfter"/> takes it away.
/// </summary>
internal sealed class MetricsLog : IDisposable
{
    private static readonly byte[] NewLine = [(byte)'\n'];
    private static readonly JsonSerializerOptions Format = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
    private readonly AppendedFile _file;
    private readonly string _path;

    public MetricsLog(string path)
        : this(path, new AppendedFile(path)) { }

    internal MetricsLog(string path, AppendedFile file) => (_path, _file) = (path, file);

    // Safe from any thread. A number that is not finite becomes a string such as NaN, for JSON has no such numbers.
    public void Append(JsonObject line)
    {
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, Format), .. NewLine];
        try
        {
            _file.Append(bytes);
        }
        catch (IOException fault) when (StorageFaults.Explain(fault, _path, bytes.Length) is { } error)
        {
            throw error;
        }
    }

    public void Dispose() => _file.Dispose();

    // Before a run goes on from a checkpoint: drops the lines of later steps, which will be written again, and torn or damaged ones. Lines
    // without a step stay.
    public static void TruncateAfter(string path, long step)
    {
        if (!File.Exists(path))
        {
            return;
        }

        AtomicFile.Write(
            DurableFiles.Instance,
            path,
            output =>
            {
                foreach (var line in RegularFile.ReadLines(path))
                {
                    if (StaysAt(line, step))
                    {
                        output.Write(System.Text.Encoding.UTF8.GetBytes(line));
                        output.Write(NewLine);
                    }
                }
            }
        );
    }

    private static bool StaysAt(string line, long step)
    {
        try
        {
            return JsonNode.Parse(line) is JsonObject fields && (fields["step"] is not { } at || at.GetValue<long>() <= step);
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            // In order: no JSON; a step that is no whole number; one that is no number, or half a character; a key that stands there twice.
            return false;
        }
    }
}
