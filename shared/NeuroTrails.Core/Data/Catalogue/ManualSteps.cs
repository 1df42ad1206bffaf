namespace NeuroTrails.Data;

/// <summary>What a person does where the network does not.</summary>
internal static class ManualSteps
{
    public static IReadOnlyList<string> For(IReadOnlyList<RemoteFile> files) =>
        [
            "To fetch it by hand, put these files into that folder, as they are:",
            .. files.Select(file =>
                $"{file.Sources[0]} ({file.Size} bytes, {(file.Sha256 is null ? "MD5 " + file.Md5 : "SHA-256 " + file.Sha256)})"
            ),
        ];
}
