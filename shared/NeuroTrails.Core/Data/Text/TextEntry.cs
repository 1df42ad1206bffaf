namespace NeuroTrails.Data;

/// <summary>Texts, read as bytes: each byte is a token of a vocabulary of 256.</summary>
internal static class TextEntry
{
    /// <summary>Texts of the user's own.</summary>
    public static DataSetEntry Any { get; } =
        new(
            "text",
            "plain text of your own: every .txt file of a folder, byte by byte, for language models",
            (_, options, _) => Refuse(options)
        )
        {
            IsText = true,
            Marks = ["*.txt"],
            ManualSteps =
            [
                "The folder needs .txt files: test.txt and validation.txt, if you have them, are those splits; all others are learnt from, "
                    + "in the order of their names.",
            ],
        };

    /// <summary>Tiny Shakespeare: 1,115,394 bytes.</summary>
    public static DataSetEntry TinyShakespeare { get; } =
        new("tinyshakespeare", "1.1 MB of Shakespeare's plays, byte by byte, for language models", (_, options, _) => Refuse(options))
        {
            IsText = true,
            Marks = ["input.txt"],
            ManualSteps =
            [
                "The folder needs input.txt (1,115,394 bytes) of karpathy/char-rnn: "
                    + "https://github.com/karpathy/char-rnn/blob/master/data/tinyshakespeare/input.txt",
            ],
        };

    private static SourceSplits Refuse(DataOptions options) =>
        throw new UserErrorException($"data.name: {options.Name} is a text, which has no samples of this kind. Open it with TextSplits.");
}
