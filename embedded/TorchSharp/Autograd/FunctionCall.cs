using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using TorchSharp.Native;
using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

/// <summary>One application of a managed function: libtorch's node keeps it alive, and calls it back for either direction.</summary>
internal sealed unsafe class FunctionCall
{
    private readonly object[] arguments;
    private readonly bool[] isTensor;
    private readonly string name;
    private readonly Func<torch.autograd.AutogradContext, object[], List<torch.Tensor>> forward;
    private readonly Func<torch.autograd.AutogradContext, List<torch.Tensor>, List<torch.Tensor>> backward;
    private readonly torch.autograd.AutogradContext context = new();
    private ExceptionDispatchInfo? failure;

    private FunctionCall(object[] arguments, string name, Func<torch.autograd.AutogradContext, object[], List<torch.Tensor>> forward,
        Func<torch.autograd.AutogradContext, List<torch.Tensor>, List<torch.Tensor>> backward)
    {
        this.arguments = [.. arguments];
        this.name = name;
        this.forward = forward;
        this.backward = backward;
        isTensor = Array.ConvertAll(arguments, a => a is torch.Tensor { IsInvalid: false });
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Callbacks
    {
        internal nint State;
        internal delegate* unmanaged<nint, nint, int> Forward;
        internal delegate* unmanaged<nint, nint, nint*, int, int> Backward;
        internal delegate* unmanaged<nint, void> Release;
    }

    [DllImport(Lib, EntryPoint = "nt_function_apply")]
    private static extern int NtFunctionApply(nint* inputs, int n, Callbacks callbacks, nint* result, int* count);

    internal static List<torch.Tensor> Apply(object[] arguments, string name,
        Func<torch.autograd.AutogradContext, object[], List<torch.Tensor>> forward,
        Func<torch.autograd.AutogradContext, List<torch.Tensor>, List<torch.Tensor>> backward)
    {
        FunctionCall call = new(arguments, name, forward, backward);
        nint state = GCHandle.ToIntPtr(GCHandle.Alloc(call));
        Callbacks callbacks = new() { State = state, Forward = &OnForward, Backward = &OnBackward, Release = &OnRelease };
        using TensorArguments inputs = TensorArguments.Of(arguments.OfType<torch.Tensor>().Where(t => !t.IsInvalid));
        nint all = 0;
        int count = 0;
        int status;
        fixed (nint* handles = inputs.Handles)
        {
            status = NtFunctionApply(handles, inputs.Count, callbacks, &all, &count);
        }
        // An exception of forward continues here as itself, as it would without the native code in between.
        call.failure?.Throw();
        return [.. TensorResults.Take(status, all, count)];
    }

    [UnmanagedCallersOnly]
    private static int OnForward(nint state, nint native) => Guard(state, native, call =>
    {
        List<torch.Tensor> results = call.forward(call.context, call.arguments);
        foreach (torch.Tensor result in results)
        {
            Ok(nt_context_result(native, result.H));
        }
        call.context.Publish();
        // From now on only what was saved on purpose may keep tensors alive.
        Array.Clear(call.arguments);
    });

    [UnmanagedCallersOnly]
    private static int OnBackward(nint state, nint native, nint* grads, int n)
    {
        List<torch.Tensor> inputs = [];
        for (int i = 0; i < n; i++)
        {
            inputs.Add(grads[i] == 0 ? null! : new torch.Tensor(grads[i]));
        }
        return Guard(state, native, call =>
        {
            List<torch.Tensor> results = call.backward(call.context, inputs);
            bool[] wanted = call.isTensor;
            if (results.Count < wanted.Length || results.Skip(wanted.Length).Any(r => r is not null))
            {
                throw new NotImplementedException(
                    $"Function {call.name} returned an incorrect number of gradients (expected {wanted.Length}), got {results.Count}");
            }
            for (int i = 0; i < wanted.Length; i++)
            {
                if (wanted[i])
                {
                    Ok(nt_context_result(native, results[i]?.H ?? TensorHandle.None));
                }
                else if (results[i] is not null)
                {
                    throw new NotImplementedException(
                        $"Function {call.name} returned a gradient at position {i + 1}, but that input of forward was not a Tensor");
                }
            }
        }, keepFailure: false);
    }

    [UnmanagedCallersOnly]
    private static void OnRelease(nint state)
    {
        GCHandle handle = GCHandle.FromIntPtr(state);
        (handle.Target as FunctionCall)?.context.Dispose();
        handle.Free();
    }

    private static int Guard(nint state, nint native, Action<FunctionCall> body, bool keepFailure = true)
    {
        FunctionCall? call = null;
        try
        {
            call = (FunctionCall)GCHandle.FromIntPtr(state).Target!;
            call.context.Enter(native);
            body(call);
            return 0;
        }
        catch (Exception e)
        {
            if (keepFailure && call is not null)
            {
                call.failure = ExceptionDispatchInfo.Capture(e);
            }
            nt_set_error($"{e.GetType().Name}: {e.Message}");
            return 1;
        }
        finally
        {
            call?.context.Leave();
        }
    }
}
