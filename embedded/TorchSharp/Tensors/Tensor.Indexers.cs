using System.Runtime.CompilerServices;
using TorchSharp.Native;
using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    // Indexing expressions.
    public partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => Put(value, [i1]);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => At([i1, i2]);
            set => Put(value, [i1, i2]);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => At([i1, i2, i3]);
            set => Put(value, [i1, i2, i3]);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => At([i1, i2, i3, i4]);
            set => Put(value, [i1, i2, i3, i4]);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => At(indices);
            set => Put(value, indices);
        }

        public Tensor index(params TensorIndex[] indices)
        {
            Span<long> code = stackalloc long[indices.Length * 4];
            using TensorArguments tensors = Encode(indices, code);
            return Wrap(nt_index(H, code, tensors.Handles, indices.Length));
        }

        public Tensor index(params Tensor[] indices) => index(Array.ConvertAll(indices, TensorIndex.Tensor));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            Span<long> code = stackalloc long[indices.Length * 4];
            using TensorArguments tensors = Encode(indices, code);
            return Done(nt_index_put_(H, code, tensors.Handles, indices.Length, value.H));
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false)
        {
            using TensorArguments tensors = new(indices);
            return Done(nt_index_put_t_(H, tensors.Handles, indices.Length, value.H, accumulate));
        }

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            Span<long> code = stackalloc long[indices.Length * 4];
            using TensorArguments tensors = Encode(indices, code);
            return Done(nt_index_put_s_(H, code, tensors.Handles, indices.Length, value));
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices) => index_put_(value, Array.ConvertAll(indices, TensorIndex.Tensor));

        private static TensorArguments Encode(TensorIndex[] indices, Span<long> code)
        {
            Tensor?[] tensors = new Tensor?[indices.Length];
            for (int i = 0; i < indices.Length; i++)
            {
                indices[i].Encode(code.Slice(i * 4, 4));
                tensors[i] = indices[i].tensor;
            }
            return new TensorArguments(tensors);
        }

        private static void Encode(ReadOnlySpan<long> indices, Span<long> code)
        {
            for (int i = 0; i < indices.Length; i++)
            {
                code[i * 4] = (long)TensorIndex.Kind.Single | 256;
                code[(i * 4) + 1] = indices[i];
            }
        }

        private Tensor At(ReadOnlySpan<long> indices)
        {
            Span<long> code = stackalloc long[indices.Length * 4];
            Encode(indices, code);
            return Wrap(nt_index(H, code, new nint[indices.Length], indices.Length));
        }

        private void Put(Tensor value, ReadOnlySpan<long> indices)
        {
            Span<long> code = stackalloc long[indices.Length * 4];
            Encode(indices, code);
            Ok(nt_index_put_(H, code, new nint[indices.Length], indices.Length, value.H));
        }
    }
}
