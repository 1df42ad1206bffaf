using TorchSharp.Native;

namespace TorchSharp;

/// <summary>Turns the recording of gradients on or off for this thread until disposed.</summary>
internal sealed class AutoGradMode : IDisposable
{
    private readonly bool previous;

    internal AutoGradMode(bool enabled)
    {
        previous = IsEnabled;
        NativeMethods.nt_set_grad_enabled(enabled);
    }

    internal static bool IsEnabled => NativeMethods.nt_grad_enabled() != 0;

    public void Dispose() => NativeMethods.nt_set_grad_enabled(previous);
}

/// <summary>Turns inference mode on or off for this thread until disposed, on the same thread.</summary>
internal sealed class InferenceMode : IDisposable
{
    private nint guard;

    internal InferenceMode(bool mode)
    {
        guard = NativeMethods.nt_inference_mode(mode);
        if (guard == 0)
        {
            throw NativeMethods.Error();
        }
    }

    public void Dispose()
    {
        if (guard != 0)
        {
            NativeMethods.nt_inference_mode_end(guard);
            guard = 0;
        }
    }
}

public static partial class torch
{
    public static IDisposable no_grad() => new AutoGradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new AutoGradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new AutoGradMode(mode);

    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_grad_enabled() => AutoGradMode.IsEnabled;

    public static bool is_inference_mode_enabled() => NativeMethods.nt_inference_mode_enabled() != 0;
}
