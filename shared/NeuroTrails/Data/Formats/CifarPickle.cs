namespace NeuroTrails.Data;

/// <summary>The python form of CIFAR.</summary>
internal static class CifarPickle
{
    /// <summary>Reads one batch: labels [N], pixels [N, 3, 32, 32].</summary>
    /// <exception cref="UserErrorException">The pickle is damaged, or holds something else.</exception>
    public static (int[] Labels, byte[] Pixels) Read(byte[] file, CifarLayout layout, int records, string source) => throw new NotImplementedException();

    /// <summary>Reads the class names of a meta file.</summary>
    /// <exception cref="UserErrorException">The pickle is damaged, or holds something else.</exception>
    public static IReadOnlyList<string> ClassNames(byte[] file, CifarLayout layout, string source) => throw new NotImplementedException();
}
