using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    // New tensors after the pattern of one.
    public partial class Tensor
    {
        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Wrap(nt_zeros_like(H, (int?)dtype ?? -1, (int?)device?.type ?? -1, device?.index ?? -1, requires_grad));
        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Wrap(nt_ones_like(H, (int?)dtype ?? -1, (int?)device?.type ?? -1, device?.index ?? -1, requires_grad));
        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Wrap(nt_empty_like(H, (int?)dtype ?? -1, (int?)device?.type ?? -1, device?.index ?? -1, requires_grad));
        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Wrap(nt_rand_like(H, (int?)dtype ?? -1, (int?)device?.type ?? -1, device?.index ?? -1, requires_grad));
        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Wrap(nt_randn_like(H, (int?)dtype ?? -1, (int?)device?.type ?? -1, device?.index ?? -1, requires_grad));
        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Wrap(nt_full_like(H, value, (int?)dtype ?? -1, (int?)device?.type ?? -1, device?.index ?? -1, requires_grad));
        public Tensor randint_like(long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Wrap(nt_randint_like(H, low, high, (int?)dtype ?? -1, (int?)device?.type ?? -1, device?.index ?? -1, requires_grad));
        public Tensor new_zeros(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.zeros(size, dtype ?? this.dtype, device ?? this.device, requires_grad);
        public Tensor new_zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.zeros(size, dtype ?? this.dtype, device ?? this.device, requires_grad);
        public Tensor new_ones(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.ones(size, dtype ?? this.dtype, device ?? this.device, requires_grad);
        public Tensor new_ones(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.ones(size, dtype ?? this.dtype, device ?? this.device, requires_grad);
        public Tensor new_empty(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.empty(size, dtype ?? this.dtype, device ?? this.device, requires_grad);
        public Tensor new_empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.empty(size, dtype ?? this.dtype, device ?? this.device, requires_grad);
        public Tensor new_full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.full(size, value, dtype ?? this.dtype, device ?? this.device, requires_grad);
    }
}
