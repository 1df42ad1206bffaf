using System.Globalization;
using NeuroTrails.Data;
using NeuroTrails.Running;

namespace NeuroTrails.Silo;

/// <summary>Tells of a download in tenths, so that a log of it stays short.</summary>
internal sealed class DownloadNotices(Action<RunUpdate> tell) : IProgress<DownloadProgress>
{
    private (string File, long Tenth) _last;

    public void Report(DownloadProgress value)
    {
        var tenth = value.Total == 0 ? 10 : value.Received * 10 / value.Total;
        if (_last != (value.File, tenth))
        {
            _last = (value.File, tenth);
            tell(new RunNotice(string.Create(CultureInfo.InvariantCulture, $"{value.File}: {tenth * 10} % of {value.Total / 1e6:0.0} MB")));
        }
    }
}
