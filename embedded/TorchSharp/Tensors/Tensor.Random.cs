using TorchSharp.Native;
using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    // Numbers drawn from a generator.
    public partial class Tensor
    {
        public Tensor bernoulli(Generator? generator = null) => Wrap(nt_bernoulli(H, Of(generator)));
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Wrap(nt_multinomial(H, num_samples, replacement, Of(generator)));
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => Done(nt_bernoulli_(H, p, Of(generator)));
        public Tensor bernoulli_(Tensor p, Generator? generator = null) => Done(nt_bernoulli_t_(H, p.H, Of(generator)));
        public Tensor uniform_(double from, double to, Generator? generator = null) => Done(nt_uniform_(H, from, to, Of(generator)));
        public Tensor normal_(double mean = 0.0, double std = 1.0, Generator? generator = null) =>
            Done(nt_normal_(H, mean, std, Of(generator)));
        public Tensor exponential_(double lambda = 1.0, Generator? generator = null) => Done(nt_exponential_(H, lambda, Of(generator)));
        public Tensor random_(double from, double to, Generator? generator = null) =>
            Done(nt_random_(H, (long)from, (long)to, Of(generator)));

        private static GeneratorHandle Of(Generator? generator) => generator?.H ?? GeneratorHandle.None;
    }
}
