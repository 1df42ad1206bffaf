namespace NeuroTrails;

/// <summary>
/// Something the user can put right: bad configuration, missing or damaged files, an unknown device.
/// The message says what was seen, what is allowed and which option to change; the command line
/// prints it without a stack trace and exits with 2.
/// </summary>
/// <param name="message">What was seen, what is allowed, which option to change.</param>
/// <param name="innerException">The cause, if any.</param>
public class UserErrorException(string message, Exception? innerException = null) : Exception(message, innerException);
