using System.Globalization;

namespace NeuroTrails.Client.Compare;

/// <summary>Gives a run as many steps as cost what another run's training costs.</summary>
internal static class FlopsBudget
{
    private const int MostTries = 12;
    private const long MostSteps = 1_000_000_000;

    /// <summary>The number of steps whose training comes nearest to so many operations.</summary>
    /// <param name="plan">Plans a run of so many steps.</param>
    /// <param name="begin">The run with its own number of steps.</param>
    /// <param name="target">Operations.</param>
    public static Candidate Fit(Func<long, Candidate> plan, Candidate begin, double target)
    {
        // Methods may cost another amount in each part of a run, so that steps are scaled until that changes nothing.
        var (best, current) = (begin, begin);
        var tried = new HashSet<long> { begin.Plan.TotalSteps };
        while (tried.Count < MostTries)
        {
            var steps = (long)Math.Clamp(Math.Round(current.Plan.TotalSteps * target / current.TrainingFlops), 1, MostSteps);
            if (!tried.Add(steps))
            {
                break;
            }

            current = plan(steps);
            best = Distance(current) < Distance(best) ? current : best;
        }

        return best;

        double Distance(Candidate candidate) => Math.Abs(candidate.TrainingFlops - target);
    }

    /// <summary>The setting that gives a run so many steps.</summary>
    public static string Assignment(long steps) => string.Create(CultureInfo.InvariantCulture, $"training.steps={steps}");
}
