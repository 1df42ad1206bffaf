using System.Globalization;
using static TorchSharp.torch;

namespace NeuroTrails.Execution;

/// <summary>Finds devices by the names that users type.</summary>
internal static class TorchDevices
{
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

    public static Device Parse(string name) => device(name);

    private static string Known(string name, string seen, List<string> allowed) =>
        allowed.Contains(name) && name != "auto"
            ? name
            : throw new UserErrorException(
                $"There is no device '{name}' here (seen: '{seen}'). Allowed: {string.Join(", ", allowed)}. Change --device."
            );

    private static string Cuda(int index) => string.Create(CultureInfo.InvariantCulture, $"cuda:{index}");
}
