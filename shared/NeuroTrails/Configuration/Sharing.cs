namespace NeuroTrails.Configuration;

/// <summary>What travels between the silos of a cluster in a training step.</summary>
public enum Sharing
{
    /// <summary>Activations and their gradients: one backbone, and the same bits for any layout.</summary>
    Activations,

    /// <summary>Gradients of the backbone's weights: each silo with heads keeps a replica of the backbone. The layout decides the order of
    /// sums, and so the last bits.</summary>
    Gradients,

    /// <summary>Whichever sends fewer bytes a step in the layout that the run begins with; decided
    /// once, when the run is submitted.</summary>
    Auto,
}
