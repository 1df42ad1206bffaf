namespace NeuroTrails.Grains;

/// <summary>Why a run ended.</summary>
/// <param name="Message">For a person.</param>
/// <param name="IsUsers">Whether the user can put it right.</param>
internal sealed record RunFailure(string Message, bool IsUsers);
