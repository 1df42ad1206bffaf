namespace NeuroTrails.Data;

/// <summary>What random numbers are for. The numbers are part of every run's bits: never renumber.</summary>
public enum RandomStream
{
    /// <summary>Order of the samples within an epoch.</summary>
    Order = 1,

    /// <summary>Augmentation of one sample.</summary>
    Augmentation = 2,

    /// <summary>Which training samples are held out for validation.</summary>
    Split = 3,

    /// <summary>Drawing of one glyph.</summary>
    Glyph = 4,

    /// <summary>Which half of a validation split calibrates conformal sets.</summary>
    Conformal = 5,

    /// <summary>Corruption of one sample.</summary>
    Corruption = 6,

    /// <summary>Channels that each member of an ensemble has.</summary>
    ChannelMask = 7,

    /// <summary>Where the windows of a text begin in an epoch.</summary>
    Window = 8,

    /// <summary>Tokens that a text is gone on with.</summary>
    Generation = 9,

    /// <summary>Which samples are drawn again for an interval.</summary>
    Bootstrap = 16,
}
