using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    // Copies, element types and devices.
    public partial class Tensor
    {
        public Tensor clone() => Wrap(nt_clone(H));
        public Tensor detach() => Wrap(nt_detach(H));
        public Tensor detach_() => Done(nt_detach_(H));
        public Tensor alias() => Wrap(nt_alias(H));
        public Tensor contiguous() => Wrap(nt_contiguous(H));
        public Tensor pin_memory() => Wrap(nt_pin_memory(H));
        public Tensor copy_(Tensor source, bool nonBlocking = false) => Done(nt_copy_(H, source.H, nonBlocking));
        public Tensor set_(Tensor source) => Done(nt_set_(H, source.H));
        public Tensor cpu() => to(DeviceType.CPU);

        public Tensor cuda(Device? device = null, bool non_blocking = false) =>
            to(DeviceType.CUDA, device?.index ?? -1, non_blocking: non_blocking);

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            After(Wrap(nt_to_type(H, (int)type, copy, non_blocking)), disposeAfter);

        public Tensor type_as(Tensor tensor) => to_type(tensor.dtype);

        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false,
            bool non_blocking = false) =>
            After(Wrap(nt_to_device(H, (int)deviceType, deviceIndex, copy, non_blocking)), disposeAfter);

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            After(Wrap(nt_to_both(H, (int)type, (int)device.type, device.index, copy, non_blocking)), disposeAfter);

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to_type(type, copy, disposeAfter, non_blocking);

        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(device), copy, disposeAfter, non_blocking);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(device.type, device.index, copy, disposeAfter, non_blocking);

        public Tensor to(Tensor other, bool non_blocking = false) => to(other.dtype, other.device, non_blocking: non_blocking);

        public Tensor type(ScalarType dtype) => to(dtype);

        public Tensor @bool() => to_type(ScalarType.Bool);
        public Tensor @byte() => to_type(ScalarType.Byte);
        public Tensor @char() => to_type(ScalarType.Int8);
        public Tensor @short() => to_type(ScalarType.Int16);
        public Tensor @int() => to_type(ScalarType.Int32);
        public Tensor @long() => to_type(ScalarType.Int64);
        public Tensor half() => to_type(ScalarType.Float16);
        public Tensor bfloat16() => to_type(ScalarType.BFloat16);
        public Tensor @float() => to_type(ScalarType.Float32);
        public Tensor @double() => to_type(ScalarType.Float64);

        private Tensor After(Tensor result, bool disposeThis)
        {
            if (disposeThis)
            {
                Dispose();
            }
            return result;
        }
    }
}
