using System.Text.Json.Serialization;
using NeuroTrails.Contracts;
using NeuroTrails.Running;

namespace NeuroTrails.Silo.Web;

/// <summary>A piece of news for browsers; <c>t</c> says of which kind. Numbers that are not finite are null.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "t")]
[JsonDerivedType(typeof(WebStarted), "started")]
[JsonDerivedType(typeof(WebSteps), "steps")]
[JsonDerivedType(typeof(WebNow), "now")]
[JsonDerivedType(typeof(WebMeasured), "measured")]
[JsonDerivedType(typeof(WebMasks), "masks")]
[JsonDerivedType(typeof(WebChurns), "churn")]
[JsonDerivedType(typeof(WebEvents), "events")]
[JsonDerivedType(typeof(WebLayout), "layout")]
[JsonDerivedType(typeof(WebPhase), "phase")]
[JsonDerivedType(typeof(WebRewound), "rewind")]
internal abstract record WebFrame;

/// <summary>What the run is.</summary>
internal sealed record WebStarted(
    string Model,
    string Data,
    int Heads,
    string Device,
    double? Density,
    long Active,
    long Weights,
    string Member
) : WebFrame;

/// <summary>Points of the curves: step, accuracy on the training batch, learning rate, steps a second, then each head's loss.</summary>
internal sealed record WebSteps(int Width, IReadOnlyList<double?[]> Points) : WebFrame;

/// <summary>Where the run stands.</summary>
internal sealed record WebNow(
    long Step,
    long Total,
    double? Epoch,
    double? Speed,
    double? Left,
    double? Density,
    double? Rate,
    long Updates,
    long Dropped,
    long Grown,
    long Generation,
    double?[] Loss,
    double? Accuracy
) : WebFrame;

/// <summary>Measurements of a split.</summary>
internal sealed record WebMeasured(IReadOnlyList<WebMeasurement> Items) : WebFrame;

/// <summary>One measurement.</summary>
internal sealed record WebMeasurement(long Step, string Split, double? Accuracy, double? Nll, double? Ece, double?[] Heads);

/// <summary>The masks after the newest topology update.</summary>
internal sealed record WebMasks(long Step, IReadOnlyList<LayerMask> Layers, IReadOnlyList<LayerOverlap> Overlaps) : WebFrame;

/// <summary>Topology updates, one after the other, in short.</summary>
internal sealed record WebChurns(IReadOnlyList<WebChurn> Items) : WebFrame;

/// <summary>A topology update in short: what was grown by each owner, and how much the heads' masks have in common.</summary>
internal sealed record WebChurn(long Step, IReadOnlyDictionary<string, long> Grown, double? Shared, double? Chance);

/// <summary>Things that happened.</summary>
internal sealed record WebEvents(IReadOnlyList<WebEvent> Items) : WebFrame;

/// <summary>Something that happened: <c>notice</c>, <c>warning</c>, <c>checkpoint</c>, <c>moved</c>, <c>lost</c>, <c>generation</c>,
/// <c>joined</c>, <c>left</c>. Without a time where it was before anybody looked.</summary>
internal sealed record WebEvent(DateTimeOffset? Time, string Kind, string Text, long Step);

/// <summary>Where the owners live.</summary>
internal sealed record WebLayout(IReadOnlyList<OwnerLocation> Owners) : WebFrame;

/// <summary>The run's phase.</summary>
internal sealed record WebPhase(string Phase, string? Waiting, string? Failure, RunSummary? Summary) : WebFrame;

/// <summary>The run went back to a step: what was after it is void.</summary>
internal sealed record WebRewound(long Step) : WebFrame;
