using System.Globalization;

namespace NeuroTrails.Client.Compare;

/// <summary>Gives a run as many steps as cost what another run's training costs.</summary>
internal static class FlopsBudget
{
    private const int MostTries = 12;
    private const long MostSteps = 1_000_000_000;

    // The number of steps whose training comes nearest to so many operations.
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

    public static string Assignment(long steps) => string.Create(CultureInfo.InvariantCulture, $"training.steps={steps}");
}
