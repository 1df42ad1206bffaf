namespace NeuroTrails.Files;

/// <summary>
/// Every change that checkpoints make to a disk. A seam, so that a test can stop the world after each single operation
/// and look at what a crash would have left.
/// </summary>
internal interface IDurableFiles
{
    /// <summary>Makes a folder and its parents; an existing one is fine.</summary>
    void CreateDirectory(string path);

    /// <summary>Opens an empty file for writing, over any that was there.</summary>
    Stream Create(string path);

    /// <summary>Waits until what was written to a stream of <see cref="Create"/> is on the disk.</summary>
    void Sync(Stream stream);

    /// <summary>Waits until a file that somebody else wrote is on the disk.</summary>
    void SyncFile(string path);

    /// <summary>Waits until the names in a folder are on the disk.</summary>
    void SyncDirectory(string path);

    /// <summary>Renames a file, over any that was there, in one indivisible step.</summary>
    void MoveFile(string from, string to);

    /// <summary>Renames a folder in one indivisible step; the target must not exist.</summary>
    void MoveDirectory(string from, string to);

    /// <summary>Deletes a file; a missing one is fine.</summary>
    void DeleteFile(string path);

    /// <summary>Deletes a folder with all in it; a missing one is fine.</summary>
    void DeleteDirectory(string path);
}
