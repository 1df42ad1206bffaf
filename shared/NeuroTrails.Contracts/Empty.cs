namespace PlaceholderNeuroTrailsContracts;
/// <summary>Removed when the assembly has content.</summary>
public static class Empty;
