using System.Text.Json.Serialization;

namespace NeuroTrails.Running;

/// <summary>What kind of thing ended a run.</summary>
[GenerateSerializer, Alias("nt.FailureCause"), JsonConverter(typeof(JsonStringEnumConverter<FailureCause>))]
public enum FailureCause
{
    /// <summary>A fault of the program or the machine; going on may succeed.</summary>
    [JsonStringEnumMemberName("fault")]
    Fault,

    /// <summary>Something the user can put right, such as a full disk; going on then succeeds.</summary>
    [JsonStringEnumMemberName("input")]
    Input,

    /// <summary>Values of the data that nothing can be learnt from; going on meets them again.</summary>
    [JsonStringEnumMemberName("data")]
    Data,

    /// <summary>Losses or weights left the numbers; going on does the same again.</summary>
    [JsonStringEnumMemberName("diverged")]
    Diverged,
}
