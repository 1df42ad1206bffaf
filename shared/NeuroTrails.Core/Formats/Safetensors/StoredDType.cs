namespace NeuroTrails.Formats;

/// <summary>Element type of a stored tensor; the names are those of the safetensors format.</summary>
public enum StoredDType
{
    /// <summary>One byte, 0 or 1.</summary>
    BOOL,

    /// <summary>Unsigned 8 bit.</summary>
    U8,

    /// <summary>Signed 8 bit.</summary>
    I8,

    /// <summary>Signed 16 bit.</summary>
    I16,

    /// <summary>Signed 32 bit.</summary>
    I32,

    /// <summary>Signed 64 bit.</summary>
    I64,

    /// <summary>IEEE half precision.</summary>
    F16,

    /// <summary>Brain float: the upper half of a single.</summary>
    BF16,

    /// <summary>IEEE single precision.</summary>
    F32,

    /// <summary>IEEE double precision.</summary>
    F64,
}
