using System.Collections.Concurrent;
using NeuroTrails.Running;

namespace NeuroTrails.Tests.Cluster;

/// <summary>What a run told those who watch.</summary>
internal sealed class Told : IProgress<RunUpdate>
{
    private readonly ConcurrentQueue<RunUpdate> _updates = new();

    public IEnumerable<string> Warnings => _updates.OfType<RunNotice>().Where(notice => notice.Warning).Select(notice => notice.Message);

    public IEnumerable<string> Notices => _updates.OfType<RunNotice>().Select(notice => notice.Message);

    public void Report(RunUpdate value) => _updates.Enqueue(value);
}
