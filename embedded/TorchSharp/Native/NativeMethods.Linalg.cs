using System.Runtime.InteropServices;

namespace TorchSharp.Native;

// Products of matrices: see embedded/native/src/linalg.cpp.
internal static partial class NativeMethods
{
    [LibraryImport(Lib)]
    internal static partial nint nt_matmul(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_mm(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_mv(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_bmm(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_dot(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_outer(TensorHandle x, TensorHandle y);
    [LibraryImport(Lib)]
    internal static partial nint nt_addmm(TensorHandle x, TensorHandle a, TensorHandle b, double beta, double alpha);
    [LibraryImport(Lib)]
    internal static partial int nt_addmm_(TensorHandle x, TensorHandle a, TensorHandle b, double beta, double alpha);
    [LibraryImport(Lib)]
    internal static partial nint nt_baddbmm(TensorHandle x, TensorHandle a, TensorHandle b, double beta, double alpha);
    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint nt_einsum(string equation, ReadOnlySpan<nint> tensors, int n);
    [LibraryImport(Lib)]
    internal static partial nint nt_tensordot(TensorHandle x, TensorHandle y, ReadOnlySpan<long> a, int n, ReadOnlySpan<long> b, int m);
    [LibraryImport(Lib)]
    internal static partial nint nt_trace(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_inv(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_det(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial nint nt_solve(TensorHandle a, TensorHandle b);
    [LibraryImport(Lib)]
    internal static partial nint nt_cholesky(TensorHandle x);
    [LibraryImport(Lib)]
    internal static partial int nt_qr(TensorHandle x, out nint q, out nint r);
    [LibraryImport(Lib)]
    internal static partial int nt_eigh(TensorHandle x, out nint values, out nint vectors);
    [LibraryImport(Lib)]
    internal static partial int nt_svd(TensorHandle x, [MarshalAs(UnmanagedType.U1)] bool full, out nint u, out nint s, out nint vh);
    [LibraryImport(Lib)]
    internal static partial nint nt_cdist(TensorHandle x, TensorHandle y, double p);
}
