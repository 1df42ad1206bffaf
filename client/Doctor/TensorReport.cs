using System.Globalization;
using TorchSharp;

namespace NeuroTrails.Client.Doctor;

/// <summary>Whether tensors work on this machine, and where.</summary>
internal sealed record TensorReport(string? Fault, IReadOnlyList<string> Devices, string Threads)
{
    public static TensorReport Make()
    {
        try
        {
            var devices = new List<string> { "cpu" };
            if (torch.cuda.is_available())
            {
                devices.AddRange(
                    Enumerable
                        .Range(0, torch.cuda.device_count())
                        .Select(index => string.Create(CultureInfo.InvariantCulture, $"cuda:{index}"))
                );
            }

            var wrong = devices.FirstOrDefault(device => !Multiplies(device));
            return new(
                wrong is null ? null : $"a product on {wrong} came out wrong",
                devices,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{torch.get_num_threads()} for one operation, {torch.get_num_interop_threads()} for independent ones"
                )
            );
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return new((fault is TypeInitializationException ? fault.InnerException : fault)!.Message.Split('\n')[0], [], "unknown");
        }
    }

    private static bool Multiplies(string device)
    {
        using var scope = torch.NewDisposeScope();
        var ones = torch.ones([8, 8], device: torch.device(device));
        return torch.mm(ones, ones).sum().cpu().item<float>() == 512;
    }
}
