namespace NeuroTrails.Models;

/// <summary>How a tensor starts. Values are always drawn on the CPU, from the owner's own generator, then moved.</summary>
public enum Initialiser
{
    /// <summary>All zeros.</summary>
    Zeros,

    /// <summary>All ones.</summary>
    Ones,

    /// <summary>Normal with standard deviation sqrt(2 / fan-out) (He et al. 2015, fan-out), for convolutions.</summary>
    HeFanOut,

    /// <summary>Uniform within ±1/sqrt(fan-in), for linear maps and their biases.</summary>
    UniformFanIn,

    /// <summary>Normal with standard deviation 0.02, for every weight of a language model.</summary>
    Normal,

    /// <summary>+1 or −1 with equal probability, for fast weights.</summary>
    RandomSigns,
}
