using System.Runtime.InteropServices;

namespace TorchSharp.Native;

// Tensors from sizes, numbers and memory: see embedded/native/src/creation.cpp.
internal static partial class NativeMethods
{
    [LibraryImport(Lib)]
    internal static partial nint nt_empty(ReadOnlySpan<long> size, int n, int type, int device_type, int device_index,
        [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(Lib)]
    internal static partial nint nt_zeros(ReadOnlySpan<long> size, int n, int type, int device_type, int device_index,
        [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(Lib)]
    internal static partial nint nt_ones(ReadOnlySpan<long> size, int n, int type, int device_type, int device_index,
        [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(Lib)]
    internal static partial nint nt_full(ReadOnlySpan<long> size, int n, NativeScalar value, int type, int device_type, int device_index,
        [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(Lib)]
    internal static partial nint nt_empty_strided(ReadOnlySpan<long> size, int n, ReadOnlySpan<long> strides, int m, int type,
        int device_type, int device_index, [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(Lib)]
    internal static partial nint nt_arange(NativeScalar start, NativeScalar stop, NativeScalar step, int type, int device_type,
        int device_index, [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(Lib)]
    internal static partial nint nt_linspace(double start, double stop, long steps, int type, int device_type, int device_index,
        [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(Lib)]
    internal static partial nint nt_eye(long rows, long columns, int type, int device_type, int device_index,
        [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(Lib)]
    internal static partial nint nt_empty_like(TensorHandle x, int type, int device_type, int device_index,
        [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(Lib)]
    internal static partial nint nt_zeros_like(TensorHandle x, int type, int device_type, int device_index,
        [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(Lib)]
    internal static partial nint nt_ones_like(TensorHandle x, int type, int device_type, int device_index,
        [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(Lib)]
    internal static partial nint nt_full_like(TensorHandle x, NativeScalar value, int type, int device_type, int device_index,
        [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(Lib)]
    internal static partial nint nt_rand_like(TensorHandle x, int type, int device_type, int device_index,
        [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(Lib)]
    internal static partial nint nt_randn_like(TensorHandle x, int type, int device_type, int device_index,
        [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(Lib)]
    internal static partial nint nt_randint_like(TensorHandle x, long low, long high, int type, int device_type, int device_index,
        [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(Lib)]
    internal static partial nint nt_rand(ReadOnlySpan<long> size, int n, GeneratorHandle generator, int type, int device_type,
        int device_index, [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(Lib)]
    internal static partial nint nt_randn(ReadOnlySpan<long> size, int n, GeneratorHandle generator, int type, int device_type,
        int device_index, [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(Lib)]
    internal static partial nint nt_randint(long low, long high, ReadOnlySpan<long> size, int n, GeneratorHandle generator, int type,
        int device_type, int device_index, [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(Lib)]
    internal static partial nint nt_randperm(long count, GeneratorHandle generator, int type, int device_type, int device_index,
        [MarshalAs(UnmanagedType.U1)] bool requires_grad);
    [LibraryImport(Lib)]
    internal static partial nint nt_from_memory(nint data, ReadOnlySpan<long> size, int n, int memory_type, int type, int device_type,
        int device_index, [MarshalAs(UnmanagedType.U1)] bool requires_grad);
}
