using NeuroTrails.Running;

namespace NeuroTrails.Client.Display;

/// <summary>Shows a run while it trains; leaves the terminal in order when disposed.</summary>
internal interface IRunDisplay : IProgress<RunUpdate>, IAsyncDisposable;
