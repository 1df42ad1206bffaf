using NeuroTrails.Formats;
using static TorchSharp.torch;

namespace NeuroTrails.Checkpoints;

/// <summary>Torch's types as the safetensors format names them.</summary>
internal static class StoredTypes
{
    public static StoredDType Of(ScalarType type) =>
        type switch
        {
            ScalarType.Float64 => StoredDType.F64,
            ScalarType.Float32 => StoredDType.F32,
            ScalarType.BFloat16 => StoredDType.BF16,
            ScalarType.Int64 => StoredDType.I64,
            ScalarType.Byte => StoredDType.U8,
            ScalarType.Bool => StoredDType.BOOL,
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Checkpoints hold no tensors of this type."),
        };
}
