namespace NeuroTrails.Data;

/// <summary>A byte string: python 2's <c>str</c> or python 3's <c>bytes</c>; a view into the file.</summary>
internal sealed record PickleBytes(ReadOnlyMemory<byte> Bytes)
{
    // The bytes as Latin-1 text, as python 2 programs meant them.
    public string Text => System.Text.Encoding.Latin1.GetString(Bytes.Span);
}

/// <summary>The name of a function or class. It is only ever compared, never looked up.</summary>
internal sealed record PickleGlobal(string Module, string Name);

internal sealed record PickleTuple(object?[] Items);

/// <summary>An element type such as <c>u1</c>, and its byte order once the state is known.</summary>
internal sealed class PickleDtype(string code)
{
    public string Code => code;

    public string Order { get; set; } = "|";
}

/// <summary>An array; sizes, type and bytes once the state is known.</summary>
internal sealed class PickleArray
{
    public long[]? Sizes { get; set; }

    public PickleDtype? Dtype { get; set; }

    public bool FortranOrder { get; set; }

    public ReadOnlyMemory<byte> Bytes { get; set; }
}
