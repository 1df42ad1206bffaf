namespace NeuroTrails.Data;

/// <summary>How far a download is.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Received">Bytes on disk, those of an earlier attempt included.</param>
/// <param name="Total">Bytes of the whole file.</param>
public readonly record struct DownloadProgress(string File, long Received, long Total);
