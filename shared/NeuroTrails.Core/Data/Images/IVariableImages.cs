namespace NeuroTrails.Data;

/// <summary>A set whose images are stored in sizes of their own; <see cref="IDataSet.Read"/> scales and cuts them to one shape.</summary>
public interface IVariableImages : IDataSet
{
    /// <summary>One image as stored, with as many channels as <see cref="IDataSet.Shape"/> says.</summary>
    /// <param name="index">0 to <c>Count − 1</c>.</param>
    /// <returns>The image.</returns>
    DecodedImage Decode(int index);
}
