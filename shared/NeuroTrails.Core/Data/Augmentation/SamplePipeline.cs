namespace NeuroTrails.Data;

/// <summary>What happens to a sample between the data set and the batch: augmentations in order, then normalising, then cutout.</summary>
/// <param name="Augmentations">Random changes, in order; none when evaluating.</param>
/// <param name="Normalisation">Constants, one a channel.</param>
/// <param name="Cutout">A blanked square, or null.</param>
public sealed record SamplePipeline(IReadOnlyList<IAugmentation> Augmentations, Normalisation Normalisation, Cutout? Cutout = null)
{
    /// <summary>The same constants without any chance: what evaluation and prediction use.</summary>
    public SamplePipeline Plain => new([], Normalisation);

    /// <summary>Writes one sample into its place in a batch.</summary>
    /// <param name="data">Where it comes from.</param>
    /// <param name="index">Its position there.</param>
    /// <param name="target">Its place, <c>Shape.Length</c> values.</param>
    /// <param name="scratch">Room for two samples, contents ignored.</param>
    /// <param name="random">Generator of this sample in this epoch.</param>
    internal void Fill(IDataSet data, int index, Span<float> target, Span<float> scratch, ref CounterRandom random)
    {
        var shape = data.Shape;
        var current = scratch[..shape.Length];
        var next = scratch.Slice(shape.Length, shape.Length);
        var first = 0;
        if (Augmentations is [RandomResizedCrop crop, ..] && SubsetDataSet.Resolve(data, index) is (IVariableImages images, var origin))
        {
            // From the image as stored: scaling down first would lose what the cut enlarges.
            crop.Apply(images.Decode(origin), current, shape, ref random);
            first = 1;
        }
        else
        {
            data.Read(index, current);
        }

        foreach (var augmentation in Augmentations.Skip(first))
        {
            augmentation.Apply(current, next, shape, ref random);
            var done = next;
            next = current;
            current = done;
        }

        Normalisation.Apply(current, target, shape);
        Cutout?.Apply(target, shape, ref random);
    }
}
