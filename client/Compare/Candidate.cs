using NeuroTrails.Training;

namespace NeuroTrails.Client.Compare;

/// <summary>A method with settings that fit it and the data.</summary>
/// <param name="Method">Its name.</param>
/// <param name="Settings">Assignments besides preset and file, each path once; neither the seed nor what is measured is among them.</param>
/// <param name="Plan">What follows from them.</param>
internal sealed record Candidate(string Method, IReadOnlyList<string> Settings, RunPlan Plan)
{
    public long Parameters => Plan.Method.FinishedSize(Plan).ActiveParameters;

    public double TrainingFlops =>
        Teacher is null
            ? Plan.TrainingFlops
            : Plan.OwnTrainingFlops + ((double)Teacher.Plan.InferenceFlops * Plan.Options.Training.Batch * Plan.TotalSteps);

    // The method of this comparison whose run of the same seed it learns from; null for none.
    public Candidate? Teacher { get; init; }

    // What a step costs in dense arithmetic, which is what is computed; for estimates of time.
    public double StepCost => (double)Plan.Size.Macs * Plan.Options.Training.Batch;

    // Lays assignments over others: of each path the last one stays, where the first one stood.
    public static IReadOnlyList<string> Lay(params IEnumerable<string> assignments)
    {
        var (paths, last) = (new List<string>(), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var assignment in assignments)
        {
            var path = assignment.Split('=', 2)[0].Trim();
            if (!last.ContainsKey(path))
            {
                paths.Add(path);
            }

            last[path] = assignment;
        }

        return [.. paths.Select(path => last[path])];
    }
}
