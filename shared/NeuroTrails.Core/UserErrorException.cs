namespace NeuroTrails;

/// <summary>
/// Something the user can put right: bad configuration, missing or damaged files, an unknown device.
/// The message says what was seen, what is allowed and which option to change; the command line
/// prints it without a stack trace and exits with 2.
/// </summary>
public class UserErrorException : Exception
{
    /// <summary>Creates an error without a message; prefer the overloads that explain.</summary>
    public UserErrorException() { }

    /// <summary>Creates an error with the sentence that the user will read.</summary>
    /// <param name="message">What was seen, what is allowed, which option to change.</param>
    public UserErrorException(string message)
        : base(message) { }

    /// <summary>Creates an error with the sentence that the user will read and the fault behind it.</summary>
    /// <param name="message">What was seen, what is allowed, which option to change.</param>
    /// <param name="innerException">The technical cause, for the log.</param>
    public UserErrorException(string message, Exception innerException)
        : base(message, innerException) { }
}
