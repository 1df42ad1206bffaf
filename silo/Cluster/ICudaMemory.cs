namespace NeuroTrails.Silo.Cluster;

/// <summary>Knows the memory of this machine's CUDA devices.</summary>
internal interface ICudaMemory
{
    /// <summary>What is free now, in MiB; null where nobody can tell.</summary>
    /// <param name="index">The device, counted as CUDA counts.</param>
    long? FreeMib(int index);
}
