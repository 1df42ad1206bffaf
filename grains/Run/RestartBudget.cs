namespace NeuroTrails.Grains;

/// <summary>How often a run may go back to its last checkpoint without getting further: a fault that repeats itself is not cured by going
/// back once more.</summary>
internal sealed class RestartBudget
{
    private const int Most = 5;

    // The network may be down for a while, as long as nobody is declared dead for it; but not for ever without a word.
    private const int MostOfNetwork = 20;
    private const int LongestPause = 5;

    // A silo that died is missed within seconds; until then its owners are looked for in vain.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);

    private long _reached;
    private int _spent;
    private int _settled;
    private bool _settles;
    private int _ofNetwork;

    public bool IsSpent => _spent >= Most || _ofNetwork >= MostOfNetwork;

    /// <summary>Counts a fault.</summary>
    /// <param name="step">Steps done when it came.</param>
    /// <param name="serving">Whether the owners were at work, or were still being looked for.</param>
    /// <param name="ofNetwork">Whether the network between two silos was at fault: that says
    /// nothing against the run, and is counted by itself.</param>
    /// <returns>How long to wait before going on.</returns>
    public TimeSpan Spend(long step, bool serving, bool ofNetwork = false)
    {
        if (ofNetwork)
        {
            (_ofNetwork, _spent) = step > _reached ? (0, 0) : (_ofNetwork + 1, _spent);
            _reached = Math.Max(_reached, step);
            return FirstPause * (1 << Math.Min(_ofNetwork, LongestPause));
        }

        _ofNetwork = step > _reached ? 0 : _ofNetwork;
        _spent = step > _reached ? 0 : _spent + 1;
        _reached = Math.Max(_reached, step);
        _settled = serving || _settles ? _spent : Math.Min(_settled, _spent);
        _settles = false;
        return FirstPause * (1 << _spent);
    }

    // It was for a silo's absence that the owners were looked for in vain: of all those attempts one counts, lest a run that kills its
    // silos goes on for ever.
    public void Forgive() => (_spent, _settles) = (_settled, true);
}
