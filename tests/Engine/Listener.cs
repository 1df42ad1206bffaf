using NeuroTrails.Running;

namespace NeuroTrails.Tests.Engine;

/// <summary>Hears what a run tells, at once and in order.</summary>
internal sealed class Listener(Action<RunUpdate> hear) : IProgress<RunUpdate>
{
    /// <summary>Keeps the sentences.</summary>
    public static Listener Of(List<RunNotice> notices) =>
        new(update =>
        {
            if (update is RunNotice notice)
            {
                notices.Add(notice);
            }
        });

    public void Report(RunUpdate value) => hear(value);
}
