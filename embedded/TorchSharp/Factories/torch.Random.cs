using TorchSharp.Native;
using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    // Random tensors.
    public static Tensor rand(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) => Tensor.Wrap(nt_rand(size, size.Length, generator?.H ?? GeneratorHandle.None,
        (int)(dtype ?? defaultType), (int)(device ?? defaultDevice).type, (device ?? defaultDevice).index, requires_grad));
    public static Tensor rand(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) => rand((ReadOnlySpan<long>)size, dtype, device, requires_grad, generator);
    public static Tensor rand(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) => rand((ReadOnlySpan<long>)[size], dtype, device, requires_grad, generator);
    public static Tensor rand(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) => rand((ReadOnlySpan<long>)[rows, columns], dtype, device, requires_grad, generator);
    public static Tensor rand(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        rand((ReadOnlySpan<long>)[dim0, dim1, dim2], dtype, device, requires_grad, generator);
    public static Tensor rand(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, Generator? generator = null) =>
        rand((ReadOnlySpan<long>)[dim0, dim1, dim2, dim3], dtype, device, requires_grad, generator);

    public static Tensor randn(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) => Tensor.Wrap(nt_randn(size, size.Length, generator?.H ?? GeneratorHandle.None,
        (int)(dtype ?? defaultType), (int)(device ?? defaultDevice).type, (device ?? defaultDevice).index, requires_grad));
    public static Tensor randn(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) => randn((ReadOnlySpan<long>)size, dtype, device, requires_grad, generator);
    public static Tensor randn(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) => randn((ReadOnlySpan<long>)[size], dtype, device, requires_grad, generator);
    public static Tensor randn(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) => randn((ReadOnlySpan<long>)[rows, columns], dtype, device, requires_grad, generator);
    public static Tensor randn(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        randn((ReadOnlySpan<long>)[dim0, dim1, dim2], dtype, device, requires_grad, generator);
    public static Tensor randn(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, Generator? generator = null) =>
        randn((ReadOnlySpan<long>)[dim0, dim1, dim2, dim3], dtype, device, requires_grad, generator);

    public static Tensor randint(long low, long high, Size size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, Generator? generator = null) => Tensor.Wrap(nt_randint(low, high, size.Shape, size.Length,
        generator?.H ?? GeneratorHandle.None, (int)(dtype ?? ScalarType.Int64), (int)(device ?? defaultDevice).type,
            (device ?? defaultDevice).index, requires_grad));
    public static Tensor randint(long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) => randint(0, high, size, dtype, device, requires_grad, generator);
    public static Tensor randint(long low, long high, long[] size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, Generator? generator = null) =>
        randint(low, high, new Size(size), dtype, device, requires_grad, generator);
    public static Tensor randint(long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) => randint(0, high, new Size(size), dtype, device, requires_grad, generator);

    public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) => Tensor.Wrap(nt_randperm(n, generator?.H ?? GeneratorHandle.None, (int)(dtype ?? ScalarType.Int64),
        (int)(device ?? defaultDevice).type, (device ?? defaultDevice).index, requires_grad));

    public static Tensor normal(double mean, double std, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, Generator? generator = null) =>
        randn(size, dtype, device, false, generator).mul_(std).add_(mean).requires_grad_(requires_grad);
    public static Tensor normal(Tensor mean, Tensor std, Generator? generator = null) =>
        Tensor.Wrap(nt_normal(mean.H, std.H, generator?.H ?? GeneratorHandle.None));
    public static Tensor bernoulli(Tensor input, Generator? generator = null) => input.bernoulli(generator);
    public static Tensor multinomial(Tensor input, long num_samples, bool replacement = false, Generator? generator = null) =>
        input.multinomial(num_samples, replacement, generator);

    // The banned symbols are the ones that this file has to offer.
#pragma warning disable RS0030
    public static Generator manual_seed(long seed) => random.manual_seed(seed);
#pragma warning restore RS0030
    public static Tensor get_rng_state() => Generator.Default.get_state();
    public static void set_rng_state(Tensor new_state) => Generator.Default.set_state(new_state);

    /// <summary>The default generators.</summary>
    public static partial class random
    {
        public static Generator manual_seed(long seed)
        {
            for (int i = 0; i < cuda.device_count(); i++)
            {
                using Generator g = Generator.DefaultOf(device(DeviceType.CUDA, i));
                g.manual_seed(seed);
            }
            return Generator.Default.manual_seed(seed);
        }

        public static Tensor get_rng_state() => Generator.Default.get_state();
        public static void set_rng_state(Tensor new_state) => Generator.Default.set_state(new_state);
    }
}
