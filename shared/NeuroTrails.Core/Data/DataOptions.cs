using NeuroTrails.Configuration;

namespace NeuroTrails.Data;

/// <summary>What is learnt from, and how it is prepared.</summary>
public sealed record DataOptions
{
    /// <summary>
    /// Name in the catalogue: <c>glyphs</c>, <c>mnist</c>, <c>fashion-mnist</c>, <c>cifar10</c>, <c>cifar100</c>, <c>optdigits</c>,
    /// <c>tiny-imagenet</c>, <c>imagenet</c>, <c>tinyshakespeare</c>, or a format for data of your own: <c>idx</c>, <c>npy</c>, <c>csv</c>,
    /// <c>images</c>, <c>text</c>.
    /// Default <c>glyphs</c>, which is generated and needs no download.
    /// </summary>
    public string Name { get; init; } = "glyphs";

    /// <summary>Folder that holds the files. Default null: <c>$NEUROTRAILS_DATA/NAME</c> where that exists, else
    /// <c>./data/NAME</c>.</summary>
    public string? Path { get; init; }

    /// <summary>Whether files that are missing from the default folder are downloaded; a folder given by <see cref="Path"/> is never
    /// written to. Default true.</summary>
    public bool Download { get; init; } = true;

    /// <summary>
    /// Training samples held out to choose the best checkpoint: a share in [0, 1), or a count from 1 to 1,000,000,000; of a text its end.
    /// Ignored where the source brings a validation split of its own. Default 0.1.
    /// </summary>
    [Allowed(AtLeast = 0, AtMost = 1_000_000_000)]
    public double Validation { get; init; } = 0.1;

    /// <summary>Samples used of each split, the first ones of each class, as many of one as of another, for a quick try; 1 to
    /// 1,000,000,000, or 0 for all. Default 0.</summary>
    [Allowed(AtLeast = 0, AtMost = 1_000_000_000)]
    public int Limit { get; init; }

    /// <summary>
    /// Random changes of training samples, in this order: <c>crop:P</c> (pad P pixels, cut out; <c>crop</c> is <c>crop:4</c>), <c>flip</c>,
    /// <c>resized_crop:A</c> (a share from A to 1 of the area; <c>resized_crop</c> is <c>resized_crop:0.08</c>), <c>cutout:S</c> (a blank
    /// of S×S pixels, always last; <c>cutout</c> is <c>cutout:8</c>). Default none.
    /// </summary>
    [Allowed(MaxItems = 16)]
    public IReadOnlyList<string> Augment { get; init; } = [];

    /// <summary>
    /// <c>auto</c>: the well-known constants of the data set, else mean and standard deviation of its training split, of each channel of
    /// images and of each column of vectors; <c>none</c>: values as stored. Default <c>auto</c>. Overruled by <see cref="Mean"/> and
    /// <see cref="Deviation"/>.
    /// </summary>
    [Allowed(OneOf = ["auto", "none"])]
    public string Normalise { get; init; } = "auto";

    /// <summary>
    /// What the values of arrays (npy) are divided by, above 0, at most 1e12. Default null: 255 where the training samples are images that
    /// have only whole numbers from 0 to 255 and one above 1, whatever type they are stored in,
    /// else 1. Other formats have a scale of their own.
    /// </summary>
    [Allowed(Above = 0, AtMost = 1e12)]
    public double? Scale { get; init; }

    /// <summary>Mean of each channel, for images after the division by <see cref="Scale"/>, or of each column of vectors; one value serves
    /// all. Default null: see <see cref="Normalise"/>.</summary>
    [Allowed(AtLeast = -1e12, AtMost = 1e12, MinItems = 1, MaxItems = 65_536)]
    public IReadOnlyList<double>? Mean { get; init; }

    /// <summary>Standard deviation of each channel or column, above 0; given together with <see cref="Mean"/>. Default null.</summary>
    [Allowed(Above = 0, AtMost = 1e12, MinItems = 1, MaxItems = 65_536)]
    public IReadOnlyList<double>? Deviation { get; init; }

    /// <summary>Column of a table (csv) that holds the class: its name in the header, or its
    /// number from 1. Default null: the last column.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>
    /// Whether the first row of a table (csv) names the columns: <c>auto</c> (yes where none of its cells is a number or a missing value),
    /// <c>yes</c> or
    /// <c>no</c>. Default <c>auto</c>.
    /// </summary>
    [Allowed(OneOf = ["auto", "yes", "no"])]
    public string Header { get; init; } = "auto";

    /// <summary>
    /// What separates the cells of a table (csv): <c>comma</c>, <c>semicolon</c>, <c>tab</c>, or <c>auto</c>, the one of them that the
    /// first row has most of. Default <c>auto</c>.
    /// </summary>
    [Allowed(OneOf = ["auto", "comma", "semicolon", "tab"])]
    public string Delimiter { get; init; } = "auto";

    /// <summary>
    /// What is done about cells of a table (csv) that have no value (empty, <c>?</c>, NA, NaN, null): <c>refuse</c> them, or put the
    /// <c>mean</c> of their column in train.csv there. Default <c>refuse</c>.
    /// </summary>
    [Allowed(OneOf = ["refuse", "mean"])]
    public string Missing { get; init; } = "refuse";

    /// <summary>Pixels a side to which images of an image folder are scaled and cut, 8 to 1024, or 0 for the usual size (tiny-imagenet 64,
    /// imagenet 224, images 32). Default 0.</summary>
    [Allowed(AtLeast = 0, AtMost = 1024)]
    public int ImageSize { get; init; }

    /// <summary>
    /// Channels of the images of an image folder: 1 makes all grey, 3 makes all coloured. Default null: coloured where any image of any
    /// split is (<c>tiny-imagenet</c> and <c>imagenet</c> always), else grey.
    /// </summary>
    [Allowed(AtLeast = 1, AtMost = 3)]
    public int? Channels { get; init; }

    /// <summary>Image files of an image folder that may be damaged and are then left out, 0 to 1,000,000,000; where there are more, all are
    /// named and nothing starts. Default 0.</summary>
    [Allowed(AtLeast = 0, AtMost = 1_000_000_000)]
    public int SkipBad { get; init; }

    /// <summary>Tokens of a window of a text, 2 to 65,536. Default 128.</summary>
    [Allowed(AtLeast = 2, AtMost = 65_536)]
    public int Window { get; init; } = 128;

    /// <summary>
    /// How a text is cut into windows: <c>concat</c> (one behind the other, beginning elsewhere in each epoch) or <c>document</c> (one for
    /// each line: its beginning, padded where it is shorter; padding is left out of the loss). Default <c>concat</c>.
    /// </summary>
    [Allowed(OneOf = ["concat", "document"])]
    public string Packing { get; init; } = "concat";

    /// <summary>Batches prepared ahead on a thread of their own, 0 (none, no thread) to 64. Default 2.</summary>
    [Allowed(AtLeast = 0, AtMost = 64)]
    public int Prefetch { get; init; } = 2;
}
