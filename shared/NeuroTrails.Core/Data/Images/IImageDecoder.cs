namespace NeuroTrails.Data;

/// <summary>Decodes one kind of image file. PNG and JPEG are built in; hand your own to
/// <see cref="DataSetCatalogue.Open"/> for others.</summary>
/// <remarks>Called from several threads at once.</remarks>
public interface IImageDecoder
{
    /// <summary>File name endings in lower case, with the dot: <c>.png</c>.</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>Decodes a file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <returns>The image, upright, with 1 or 3 channels; alpha is dropped.</returns>
    /// <exception cref="UserErrorException">The file is damaged or of a kind that is not supported.</exception>
    DecodedImage Decode(byte[] file, string source);
}
