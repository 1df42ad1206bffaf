using System.Text;

namespace NeuroTrails.Data;

/// <summary>What numpy arrays are made of in a pickle. Each allowed "call" only records its
/// arguments; nothing is looked up or run.</summary>
internal static class PickleNumpy
{
    public static bool Allowed(PickleGlobal global) =>
        global switch
        {
            { Module: "numpy.core.multiarray" or "numpy._core.multiarray", Name: "_reconstruct" } => true,
            { Module: "numpy.core.numeric" or "numpy._core.numeric", Name: "_frombuffer" } => true,
            { Module: "numpy", Name: "ndarray" or "dtype" } => true,
            { Module: "_codecs", Name: "encode" } => true,
            _ => false,
        };

    // What a call of an allowed global stands for, or null where the arguments are not those numpy writes.
    public static object? Reduce(PickleGlobal global, PickleTuple arguments) =>
        (global.Name, arguments.Items) switch
        {
            ("_reconstruct", [PickleGlobal { Name: "ndarray" }, PickleTuple, PickleBytes or string]) => new PickleArray(),
            ("dtype", [var code, long or bool, long or bool]) when Text(code) is { Length: > 0 and < 8 } name => new PickleDtype(name),
            ("encode", [string text, string and "latin1"]) => new PickleBytes(Encoding.Latin1.GetBytes(text)),
            ("_frombuffer", [PickleBytes bytes, PickleDtype dtype, PickleTuple sizes, var order])
                when Sizes(sizes) is { } known && Text(order) is "C" or "F" => new PickleArray
            {
                Bytes = bytes.Bytes,
                Dtype = dtype,
                Sizes = Sizes(sizes),
                FortranOrder = Text(order) == "F",
            },
            _ => null,
        };

    // Applies the state of an object made by Reduce; false where it is not what numpy writes.
    public static bool Build(object? target, object? state)
    {
        switch (target, state)
        {
            case (PickleDtype dtype, PickleTuple { Items: [long, var order, ..] }) when Text(order) is "|" or "<" or ">" or "=":
                dtype.Order = Text(order)!;
                return true;
            case (
                PickleArray array,
                PickleTuple { Items: [long, PickleTuple sizes, PickleDtype dtype, bool or long, PickleBytes bytes] items }
            ) when Sizes(sizes) is { } known:
                array.Sizes = known;
                array.Dtype = dtype;
                array.FortranOrder = items[3] is true or not (false or 0L);
                array.Bytes = bytes.Bytes;
                return true;
            default:
                return false;
        }
    }

    // Text, whichever of python's two kinds of strings it came as.
    public static string? Text(object? value) =>
        value switch
        {
            string text => text,
            PickleBytes bytes => bytes.Text,
            _ => null,
        };

    private static long[]? Sizes(PickleTuple tuple) =>
        tuple.Items.All(item => item is long and >= 0) ? [.. tuple.Items.Cast<long>()] : null;
}
