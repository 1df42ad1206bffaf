using System.Text.Json.Serialization;

namespace NeuroTrails.Silo.Web;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WebMessage))]
[JsonSerializable(typeof(WebOverview))]
internal sealed partial class WebJson : JsonSerializerContext;

/// <summary>News of a run.</summary>
internal sealed record WebMessage(string Run, bool Reset, IReadOnlyList<WebFrame> Frames);

internal sealed record WebOverview(
    string Title,
    bool Changes,
    bool Dashboard,
    IReadOnlyList<WebMember> Members,
    IReadOnlyList<WebRun> Runs
);

internal sealed record WebMember(
    string Name,
    IReadOnlyList<string> Devices,
    int Cores,
    long FreeMib,
    long? ResidentMib,
    double? SentPerSecond,
    long? Sent,
    IReadOnlyList<string> Owners,
    bool Draining
);

internal sealed record WebRun(string Id, string Phase, DateTimeOffset? Updated);
