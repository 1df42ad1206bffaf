using System.Runtime.InteropServices;

namespace TorchSharp.Native;

// Generators and random numbers: see embedded/native/src/random.cpp.
internal static partial class NativeMethods
{
    [LibraryImport(Lib)]
    internal static partial nint nt_generator_new(ulong seed, int device_type, int device_index);
    [LibraryImport(Lib)]
    internal static partial nint nt_generator_default(int device_type, int device_index);
    [LibraryImport(Lib)]
    internal static partial void nt_generator_free(nint generator);
    [LibraryImport(Lib)]
    internal static partial int nt_generator_seed(GeneratorHandle generator, ulong seed);
    [LibraryImport(Lib)]
    internal static partial int nt_generator_initial_seed(GeneratorHandle generator, out ulong seed);
    [LibraryImport(Lib)]
    internal static partial nint nt_generator_get_state(GeneratorHandle generator);
    [LibraryImport(Lib)]
    internal static partial int nt_generator_set_state(GeneratorHandle generator, TensorHandle state);
    [LibraryImport(Lib)]
    internal static partial nint nt_bernoulli(TensorHandle x, GeneratorHandle g);
    [LibraryImport(Lib)]
    internal static partial nint nt_multinomial(TensorHandle x, long n, [MarshalAs(UnmanagedType.U1)] bool replacement, GeneratorHandle g);
    [LibraryImport(Lib)]
    internal static partial nint nt_normal(TensorHandle mean, TensorHandle std, GeneratorHandle g);
    [LibraryImport(Lib)]
    internal static partial int nt_bernoulli_(TensorHandle x, double p, GeneratorHandle g);
    [LibraryImport(Lib)]
    internal static partial int nt_bernoulli_t_(TensorHandle x, TensorHandle p, GeneratorHandle g);
    [LibraryImport(Lib)]
    internal static partial int nt_uniform_(TensorHandle x, double from, double to, GeneratorHandle g);
    [LibraryImport(Lib)]
    internal static partial int nt_normal_(TensorHandle x, double mean, double std, GeneratorHandle g);
    [LibraryImport(Lib)]
    internal static partial int nt_exponential_(TensorHandle x, double lambda, GeneratorHandle g);
    [LibraryImport(Lib)]
    internal static partial int nt_random_(TensorHandle x, long from, long to, GeneratorHandle g);
}
