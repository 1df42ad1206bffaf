namespace NeuroTrails.Client.Verbs;

/// <summary>Writes small files that the user asked for.</summary>
internal static class OutputFile
{
    /// <summary>Writes a text, whole or not at all.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="option">The option that named it.</param>
    /// <param name="text">What to write.</param>
    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public static void Write(string path, string option, string text)
    {
        try
        {
            File.WriteAllText(path + ".tmp", text);
            File.Move(path + ".tmp", path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UserErrorException($"{option}: `{path}` cannot be written: {fault.Message}", fault);
        }
    }
}
