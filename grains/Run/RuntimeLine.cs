namespace NeuroTrails.Grains;

/// <summary>What the run computes with: versions of the packages. Written to every summary and manifest.</summary>
/// <param name="Text">One line.</param>
/// <param name="PeakMib">Largest resident memory of the process in MiB; null where other processes take part in runs.</param>
/// <param name="CpuJoules">Joules that the machine's processor packages have taken since some moment, null where it does not tell; itself
/// null where other machines may take part in runs.</param>
internal sealed record RuntimeLine(string Text, Func<double>? PeakMib = null, Func<double?>? CpuJoules = null);
