using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    // Products of matrices.
    public partial class Tensor
    {
        public Tensor matmul(Tensor target) => Wrap(nt_matmul(H, target.H));
        public Tensor mm(Tensor target) => Wrap(nt_mm(H, target.H));
        public Tensor mv(Tensor target) => Wrap(nt_mv(H, target.H));
        public Tensor bmm(Tensor batch2) => Wrap(nt_bmm(H, batch2.H));
        public Tensor dot(Tensor target) => Wrap(nt_dot(H, target.H));
        public Tensor outer(Tensor vec2) => Wrap(nt_outer(H, vec2.H));
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Wrap(nt_addmm(H, mat1.H, mat2.H, beta, alpha));
        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Done(nt_addmm_(H, mat1.H, mat2.H, beta, alpha));
        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
            Wrap(nt_baddbmm(H, batch1.H, batch2.H, beta, alpha));
        public Tensor trace() => Wrap(nt_trace(H));
        public Tensor inverse() => Wrap(nt_inv(H));
        public Tensor det() => Wrap(nt_det(H));
        public Tensor tensordot(Tensor b, long[] dims1, long[] dims2) =>
            Wrap(nt_tensordot(H, b.H, dims1, dims1.Length, dims2, dims2.Length));
    }
}
