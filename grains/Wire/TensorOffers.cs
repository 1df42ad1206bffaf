namespace NeuroTrails.Grains.Wire;

/// <summary>Whether a message that is being read may say where tensors are to be fetched: one of a
/// client might send a silo to any address.</summary>
internal static class TensorOffers
{
    private static readonly AsyncLocal<bool> _untrusted = new();

    public static bool Untrusted
    {
        get => _untrusted.Value;
        set => _untrusted.Value = value;
    }
}
