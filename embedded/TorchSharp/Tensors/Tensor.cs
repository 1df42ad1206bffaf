using System.Runtime.CompilerServices;
using TorchSharp.Native;
using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor: a handle on libtorch's, registered with the thread's dispose scope.</summary>
    public partial class Tensor : IDisposable
    {
        private readonly TensorHandle handle;

        internal Tensor(nint native, bool register = true)
        {
            handle = new TensorHandle(native);
            if (register)
            {
                DisposeScopeManager.ThreadSingleton.RegisterOnCurrentDisposeScope(this);
            }
        }

        /// <summary>How many tensors managed code holds.</summary>
        public static long TotalCount => TensorHandle.Total;

        /// <summary>The most it held.</summary>
        public static long PeakCount => TensorHandle.Peak;

        /// <summary>A friendly name, for debugging.</summary>
        public string? name { get; set; }

        public bool IsInvalid => handle.IsClosed;

        /// <summary>The native at::Tensor, valid while this object lives.</summary>
        public IntPtr Handle => handle.IsClosed
            ? throw new InvalidOperationException("Tensor invalid -- empty handle.") : handle.DangerousGetHandle();

        internal TensorHandle H => handle;

        internal DisposeScope? OwningDisposeScope { get; set; }

        internal int ScopeSlot { get; set; }

        /// <summary>A tensor around a native one that the caller owns and hands over.</summary>
        public static Tensor UnsafeCreateTensor(IntPtr handle) => new(handle);

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is null)
            {
                other?.Attach(this);
            }
            else
            {
                OwningDisposeScope.MoveToOther(other, this);
            }
            return this;
        }

        /// <summary>Gives the native tensor to the caller, who frees it.</summary>
        public IntPtr DecoupleFromNativeHandle() => handle.IsClosed
            ? throw new InvalidOperationException("Tensor invalid -- empty handle.") : handle.Release();

        /// <summary>Takes over what a native call returned, or throws what it reported.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static Tensor Wrap(nint native) => native == 0 ? throw Error() : new Tensor(native);

        internal nint MoveHandle() => handle.Release();

        protected virtual void Dispose(bool disposing)
        {
            if (handle.IsClosed)
            {
                return;
            }
            DisposeScopeManager.ThreadSingleton.DisposingOnCurrentScope(this);
            OwningDisposeScope?.MarkAsDisposed(this);
            handle.Dispose();
        }

        // The end of an in-place operation.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Tensor Done(int status)
        {
            Ok(status);
            return this;
        }
    }
}
