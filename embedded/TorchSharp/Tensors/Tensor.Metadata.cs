using TorchSharp.Native;
using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    // What a tensor is, without its numbers.
    public partial class Tensor
    {
        public long Dimensions => nt_dim(H);
        public long dim() => nt_dim(H);
        public long ndim => nt_dim(H);
        public long NumberOfElements => nt_numel(H);
        public long numel() => nt_numel(H);
        public long ElementSize => nt_element_size(H);
        public long element_size() => nt_element_size(H);
        public ScalarType dtype => (ScalarType)nt_dtype(H);
        public Device device => new((DeviceType)nt_device_type(H), nt_device_index(H));
        public DeviceType device_type => (DeviceType)nt_device_type(H);
        public int device_index => nt_device_index(H);
        public bool is_cuda => device_type == DeviceType.CUDA;
        public bool is_meta => device_type == DeviceType.META;
        public bool is_sparse => nt_is_sparse(H) != 0;
        public bool is_leaf => nt_is_leaf(H) != 0;
        public bool is_cpu() => device_type == DeviceType.CPU;
        public bool is_integral() => torch.is_integral(dtype);
        public bool is_floating_point() => torch.is_floating_point(dtype);
        public bool is_complex() => torch.is_complex(dtype);
        public bool is_contiguous() => nt_is_contiguous(H) != 0;
        public bool is_pinned() => nt_is_pinned(H) != 0;
        public long storage_offset() => nt_storage_offset(H);

        public bool is_nonzero() => ToScalarValue().Real != 0;

        public long[] shape => size();

        public long[] size()
        {
            long[] result = new long[nt_dim(H)];
            Ok(nt_sizes(H, result, result.Length));
            return result;
        }

        public long size(int dim)
        {
            Ok(nt_size(H, dim, out long result));
            return result;
        }

        public long[] stride()
        {
            long[] result = new long[nt_dim(H)];
            Ok(nt_strides(H, result, result.Length));
            return result;
        }

        public long stride(int dim)
        {
            Ok(nt_stride(H, dim, out long result));
            return result;
        }

        /// <summary>The type, shape and device, as real TorchSharp prints them without being asked for the numbers.</summary>
        public override string ToString()
        {
            if (handle.IsClosed)
            {
                return "[disposed tensor]";
            }
            bool one = ndim == 0 && device_type == DeviceType.CPU && !is_complex();
            return $"[{string.Join("x", shape)}], type = {dtype}, device = {device}{(one ? $", value = {ItemText()}" : "")}";
        }

        private string ItemText()
        {
            NativeScalar value = ToScalarValue();
            return value.Kind == 1 ? value.Real.ToString("G", System.Globalization.CultureInfo.InvariantCulture)
                : value.Integer.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
