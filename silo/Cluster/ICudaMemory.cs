namespace NeuroTrails.Silo.Cluster;

/// <summary>Knows the memory of this machine's CUDA devices.</summary>
internal interface ICudaMemory
{
    // What is free now, in MiB; null where nobody can tell.
    long? FreeMib(int index);
}
