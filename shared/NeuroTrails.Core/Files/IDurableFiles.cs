namespace NeuroTrails.Files;

/// <summary>
/// Every change that checkpoints make to a disk. A seam, so that a test can stop the world after each single operation
/// and look at what a crash would have left.
/// </summary>
internal interface IDurableFiles
{
    void CreateDirectory(string path);

    Stream Create(string path);

    // Waits until what was written to a stream of Create is on the disk.
    void Sync(Stream stream);

    // Waits until a file that somebody else wrote is on the disk.
    void SyncFile(string path);

    // Waits until the names in a folder are on the disk.
    void SyncDirectory(string path);

    // Renames a file, over any that was there, in one indivisible step.
    void MoveFile(string from, string to);

    // Renames a folder in one indivisible step; the target must not exist.
    void MoveDirectory(string from, string to);

    void DeleteFile(string path);

    void DeleteDirectory(string path);
}
