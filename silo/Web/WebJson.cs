using System.Text.Json.Serialization;

namespace NeuroTrails.Silo.Web;

/// <summary>JSON of what browsers are sent: camelCase keys.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WebMessage))]
[JsonSerializable(typeof(WebOverview))]
internal sealed partial class WebJson : JsonSerializerContext;

/// <summary>News of a run.</summary>
/// <param name="Run">The run.</param>
/// <param name="Reset">Whether this is all there is to know, and not what came since.</param>
/// <param name="Frames">The news, in order.</param>
internal sealed record WebMessage(string Run, bool Reset, IReadOnlyList<WebFrame> Frames);

/// <summary>Silos and runs, as browsers are told.</summary>
/// <param name="Title">The cluster's name, or the run's.</param>
/// <param name="Changes">Whether runs may be stopped and resumed from here.</param>
/// <param name="Dashboard">Whether Orleans' dashboard is there too.</param>
/// <param name="Members">Silos.</param>
/// <param name="Runs">Runs, those under way first.</param>
internal sealed record WebOverview(
    string Title,
    bool Changes,
    bool Dashboard,
    IReadOnlyList<WebMember> Members,
    IReadOnlyList<WebRun> Runs
);

/// <summary>A silo.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Devices">Its devices.</param>
/// <param name="Cores">Its cores.</param>
/// <param name="FreeMib">Free memory.</param>
/// <param name="ResidentMib">Memory of its process.</param>
/// <param name="SentPerSecond">Bytes of tensors that others fetch from it in a second; null where it is alone or not known yet.</param>
/// <param name="Sent">The same since it started.</param>
/// <param name="Owners">Owners that live on it.</param>
/// <param name="Draining">Whether it is about to leave.</param>
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

/// <summary>A run in the list.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Phase">Where it stands.</param>
/// <param name="Updated">When it last wrote something.</param>
internal sealed record WebRun(string Id, string Phase, DateTimeOffset? Updated);
