namespace NeuroTrails.Client.Cli;

/// <summary>What a verb itself says of its own options: it is printed as it stands, where the words of the rooms below are first put into
/// the verb's (<see cref="VerbWords"/>).</summary>
internal sealed class WrongUsageException(string message) : UserErrorException(message);
