using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers with a state of its own.</summary>
    public class Generator : IDisposable
    {
        private static readonly Lazy<Generator> DefaultCpu = new(() => DefaultOf(CPU));

        public Generator(ulong seed = 0, Device? device = null)
            : this(new GeneratorHandle(NativeMethods.nt_generator_new(seed, (int)(device?.type ?? DeviceType.CPU), device?.index ?? -1)),
                device ?? CPU)
        {
        }

        private Generator(GeneratorHandle handle, Device device)
        {
            H = handle;
            this.device = device;
        }

        /// <summary>The CPU's default generator.</summary>
        public static Generator Default => DefaultCpu.Value;

        public Device device { get; private set; }

        public IntPtr Handle => H.DangerousGetHandle();

        internal GeneratorHandle H { get; }

        /// <summary>The whole state, as a tensor of bytes on the CPU.</summary>
        public Tensor get_state() => Tensor.Wrap(NativeMethods.nt_generator_get_state(H));

        public void set_state(Tensor value) => NativeMethods.Ok(NativeMethods.nt_generator_set_state(H, value.H));

        public Generator manual_seed(long seed)
        {
            NativeMethods.Ok(NativeMethods.nt_generator_seed(H, unchecked((ulong)seed)));
            return this;
        }

        public long initial_seed()
        {
            NativeMethods.Ok(NativeMethods.nt_generator_initial_seed(H, out ulong seed));
            return unchecked((long)seed);
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        internal static Generator DefaultOf(Device device) =>
            new(new GeneratorHandle(NativeMethods.nt_generator_default((int)device.type, device.index)), device);

        protected virtual void Dispose(bool disposing) => H.Dispose();
    }
}
