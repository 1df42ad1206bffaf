using System.Globalization;

namespace NeuroTrails.Data;

/// <summary>What is remarkable of the labels of a set.</summary>
internal static class LabelRemarks
{
    private const int MostNamed = 10;

    // Classes that nothing can be learnt of, and test samples of such classes; a sentence each.
    public static IEnumerable<string> Of(DataRecord record)
    {
        if (record.Train.ClassCounts is not { } learnt)
        {
            yield break;
        }

        if (learnt.Count(count => count > 0) < 2)
        {
            var only = learnt.Index().First(count => count.Item > 0).Index;
            throw DataError.Damaged(
                $"{record.Name}/train",
                $"all {Count(record.Train.Samples)} samples are of class {Name(only)}",
                "samples of two classes at least"
            );
        }

        var missing = learnt.Index().Where(count => count.Item == 0).Select(count => count.Index).ToList();
        if (record.ClassNames is not null)
        {
            // Whoever names classes says himself which of them are empty.
        }
        else if (missing is [0])
        {
            yield return "labels begin at 1: class 0 has no training samples, and the network an output for it all the same; number "
                + "classes from 0 to be rid of it.";
        }
        else if (missing.Count > 0)
        {
            yield return $"{Count(missing.Count)} of {Count(learnt.Count)} classes {(missing.Count == 1 ? "has" : "have")} no training "
                + $"samples: {Names(missing)}.";
        }

        foreach (var (name, split) in new[] { ("validation", record.Validation), ("test", record.Test) })
        {
            var unseen = missing.Where(label => split?.ClassCounts?[label] > 0).ToList();
            if (unseen.Count > 0)
            {
                yield return $"{Count(unseen.Sum(label => split!.ClassCounts![label]))} {name} samples are of classes that training never "
                    + $"sees: {Names(unseen)}.";
            }
        }

        string Name(int label) => record.ClassNames is { } names ? $"'{names[label]}'" : Count(label);
        string Names(List<int> labels) =>
            string.Join(", ", labels.Take(MostNamed).Select(Name))
            + (labels.Count > MostNamed ? $" and {Count(labels.Count - MostNamed)} more" : string.Empty);
    }

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
