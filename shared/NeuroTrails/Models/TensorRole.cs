namespace NeuroTrails.Models;

/// <summary>What a tensor of a block is for.</summary>
public enum TensorRole
{
    /// <summary>A weight of a convolution or a linear map: trained, and masked where the run is sparse.</summary>
    Weight,

    /// <summary>A weight like <see cref="Weight"/> that makes the class scores; <c>erk_plus</c> gives it its own density.</summary>
    Classifier,

    /// <summary>A norm's scale or shift, or a bias: trained and always dense.</summary>
    Dense,

    /// <summary>A member's factors on a weight that it shares with others: trained, always dense, and free of weight decay.</summary>
    FastWeight,

    /// <summary>Running statistics: not trained by gradients.</summary>
    Buffer,
}
