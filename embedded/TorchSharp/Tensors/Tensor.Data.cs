using TorchSharp.Native;
using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    // The numbers, in managed code.
    public partial class Tensor
    {
        public unsafe Span<byte> bytes
        {
            get
            {
                long total = NumberOfElements * ElementSize;
                Validate(total);
                return new Span<byte>((void*)Data(), (int)total);
            }
            set
            {
                if (!is_contiguous())
                {
                    throw new InvalidOperationException("SetBytes() called on non-contiguous tensor.");
                }
                if (NumberOfElements * ElementSize != value.Length)
                {
                    throw new ArgumentException("Mismatched data sizes in SetBytes().");
                }
                value.CopyTo(new Span<byte>((void*)Data(), value.Length));
            }
        }

        /// <summary>The numbers, in place on the CPU or copied there.</summary>
        public Utils.TensorAccessor<T> data<T>() where T : unmanaged
        {
            ValidateType(typeof(T));
            return new Utils.TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1)
            {
                throw new ArgumentException("Number of elements in the tensor must be 1");
            }
            return data<T>()[0];
        }

        public Scalar ToScalar()
        {
            NativeScalar value = ToScalarValue();
            return new Scalar(value, value.Kind switch { 1 => ScalarType.Float64, 2 => ScalarType.Bool, _ => ScalarType.Int64 });
        }

        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);
        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);
        public int ReadCpuInt32(long i) => ReadCpuValue<int>(i);
        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);
        public byte ReadCpuByte(long i) => ReadCpuValue<byte>(i);
        public bool ReadCpuBool(long i) => ReadCpuValue<bool>(i);

        public T ReadCpuValue<T>(long i) where T : unmanaged
        {
            ValidateType(typeof(T));
            return new Utils.TensorAccessor<T>(this)[i];
        }

        /// <summary>Writes the elements, row by row, as they lie in memory.</summary>
        public unsafe void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            Validate(0);
            byte* at = (byte*)Data();
            for (long left = NumberOfElements * ElementSize; left > 0;)
            {
                int n = (int)Math.Min(left, Math.Max(bufferSize, 1 << 16));
                stream.Write(new ReadOnlySpan<byte>(at, n));
                at += n;
                left -= n;
            }
            GC.KeepAlive(this);
        }

        public unsafe void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            Validate(0);
            byte* at = (byte*)Data();
            for (long left = NumberOfElements * ElementSize; left > 0;)
            {
                int n = (int)Math.Min(left, Math.Max(bufferSize, 1 << 16));
                stream.ReadExactly(new Span<byte>(at, n));
                at += n;
                left -= n;
            }
            GC.KeepAlive(this);
        }

        internal nint Data()
        {
            Ok(nt_data(H, out nint data));
            return data;
        }

        internal NativeScalar ToScalarValue()
        {
            Ok(nt_item(H, out double real, out long integer));
            return dtype == ScalarType.Bool ? new NativeScalar(integer, 2) : is_floating_point() ? real : integer;
        }

        internal void ValidateType(Type dotnetType)
        {
            if (ManagedType(dtype) != dotnetType)
            {
                throw new ArgumentException($"{dotnetType.Name} is not compatible with {dtype}");
            }
        }

        private void Validate(long totalSize)
        {
            if (!is_contiguous())
            {
                throw new InvalidOperationException("Bytes() called on non-contiguous tensor.");
            }
            if (totalSize > int.MaxValue)
            {
                throw new ArgumentException("Span only supports up to int.MaxValue elements.");
            }
            if (device_type != DeviceType.CPU)
            {
                throw new InvalidOperationException(
                    "Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
            }
        }
    }
}
