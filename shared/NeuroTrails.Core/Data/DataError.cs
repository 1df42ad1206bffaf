namespace NeuroTrails.Data;

/// <summary>The errors that a user's data can cause, worded alike: what was seen, what is expected, what to change.</summary>
internal static class DataError
{
    private const string Remedy = "Point --data (data.path) at an intact copy.";

    public static UserErrorException Damaged(string source, string seen, string expected, Exception? cause = null)
    {
        var message = $"{source}: {seen}; expected {expected}. {Remedy}";
        return cause is null ? new UserErrorException(message) : new UserErrorException(message, cause);
    }

    public static UserErrorException Option(string option, string seen, string allowed) =>
        new($"{option}: {seen} is not possible; allowed: {allowed}.");

    // The message of such an error without what to change, for lists that say that once.
    public static string WithoutRemedy(UserErrorException error) =>
        error.Message.EndsWith(" " + Remedy, StringComparison.Ordinal) ? error.Message[..^(Remedy.Length + 1)] : error.Message;
}
