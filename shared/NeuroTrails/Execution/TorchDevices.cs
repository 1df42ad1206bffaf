using System.Globalization;
using static TorchSharp.torch;

namespace NeuroTrails.Execution;

/// <summary>Finds devices by the names that users type.</summary>
public static class TorchDevices
{
    /// <summary>The devices that an option names.</summary>
    /// <param name="names"><c>auto</c>, <c>cpu</c>, <c>cuda</c>, or a list such as <c>cuda:0,cuda:1</c>.</param>
    /// <returns>Names of devices that are there, at least one.</returns>
    /// <exception cref="UserErrorException">A device is unknown or absent.</exception>
    public static IReadOnlyList<string> Resolve(string names)
    {
        var cudaDevices = cuda.is_available() ? cuda.device_count() : 0;
        if (names == "auto")
        {
            return [cudaDevices > 0 ? "cuda:0" : "cpu"];
        }

        List<string> allowed =
        [
            "auto",
            "cpu",
            .. cudaDevices > 0 ? ["cuda"] : Array.Empty<string>(),
            .. Enumerable.Range(0, cudaDevices).Select(Cuda),
        ];
        return
        [
            .. names.Split(',', StringSplitOptions.TrimEntries).Select(name => Known(name == "cuda" ? "cuda:0" : name, names, allowed)),
        ];
    }

    /// <summary>The device of a resolved name.</summary>
    /// <param name="name"><c>cpu</c> or <c>cuda:I</c>.</param>
    public static Device Parse(string name) => device(name);

    private static string Known(string name, string seen, List<string> allowed) =>
        allowed.Contains(name) && name != "auto"
            ? name
            : throw new UserErrorException(
                $"There is no device '{name}' here (seen: '{seen}'). Allowed: {string.Join(", ", allowed)}. Change --device."
            );

    private static string Cuda(int index) => string.Create(CultureInfo.InvariantCulture, $"cuda:{index}");
}
