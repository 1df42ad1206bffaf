using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) =>
                Tensor.Wrap(nt_adaptive_avg_pool2d(input.H, output_size, output_size.Length));
            public static Tensor adaptive_avg_pool2d(Tensor input, (long, long) output_size) =>
                Tensor.Wrap(nt_adaptive_avg_pool2d(input.H, [output_size.Item1, output_size.Item2], 2));
            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) =>
                adaptive_avg_pool2d(input, (output_size, output_size));

            public static Tensor avg_pool2d(Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null,
                bool ceil_mode = false,
                bool count_include_pad = true, long? divisor_override = null)
            {
                stride ??= kernel_size;
                padding ??= Zero;
                return Tensor.Wrap(nt_avg_pool2d(input.H, kernel_size, kernel_size.Length, stride, stride.Length, padding, padding.Length,
                    ceil_mode,
                    count_include_pad, [divisor_override ?? 0], divisor_override.HasValue ? 1 : 0));
            }

            public static Tensor avg_pool2d(Tensor input, long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false,
                bool count_include_pad = true, long? divisor_override = null) =>
                avg_pool2d(input, [kernel_size], [stride ?? kernel_size], [padding], ceil_mode, count_include_pad, divisor_override);

            public static Tensor avg_pool2d(Tensor input, (long, long) kernel_size, (long, long)? stride = null, (long,
                long)? padding = null,
                bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                avg_pool2d(input, Pair(kernel_size), Pair(stride ?? kernel_size), Pair(padding ?? (0, 0)), ceil_mode, count_include_pad,
                    divisor_override);

            public static Tensor max_pool2d(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null,
                long[]? dilation = null,
                bool ceil_mode = false)
            {
                strides ??= kernel_size;
                padding ??= Zero;
                dilation ??= One;
                return Tensor.Wrap(nt_max_pool2d(input.H, kernel_size, kernel_size.Length, strides, strides.Length, padding, padding.Length,
                    dilation, dilation.Length, ceil_mode));
            }

            public static Tensor max_pool2d(Tensor input, long kernel_size, long? stride = null, long? padding = null,
                long? dilation = null,
                bool ceil_mode = false) =>
                    max_pool2d(input, [kernel_size], [stride ?? kernel_size], [padding ?? 0], [dilation ?? 1], ceil_mode);

            public static Tensor max_pool2d(Tensor input, (long, long) kernel_size, (long, long)? stride = null, (long,
                long)? padding = null,
                (long, long)? dilation = null, bool ceil_mode = false) =>
                max_pool2d(input, Pair(kernel_size), Pair(stride ?? kernel_size), Pair(padding ?? (0, 0)), Pair(dilation ?? (1, 1)),
                    ceil_mode);

            private static long[] Pair((long, long) pair) => [pair.Item1, pair.Item2];
        }
    }
}
