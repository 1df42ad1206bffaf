using NeuroTrails.Checkpoints;
using NeuroTrails.Files;
using NeuroTrails.Formats;
using NeuroTrails.Models;
using NeuroTrails.Training;

namespace NeuroTrails.Export;

/// <summary>
/// A file of weights that a new run starts from: one that <see cref="WeightExport"/> wrote, or one that another program saved under the
/// same names. It holds exactly the tensors of the run; masks and the counters of norms may be left out.
/// </summary>
internal sealed class WeightImport : IDisposable
{
    private const string WhatToGive = "Give an intact file, or the folder of a run.";
    private const string ForAnother = "Change model.name, ensemble.heads or ensemble.blocks_in_head, or give another file.";
    private readonly RunPlan _plan;
    private readonly WeightNames _names;
    private readonly WeightFile _file;
    private readonly bool _hasMasks;

    private WeightImport(WeightFile file, RunPlan plan)
    {
        (_file, _plan, _names) = (file, plan, new(plan));
        _hasMasks = file.Tensors.Keys.Any(name => name.StartsWith(WeightNames.MaskPrefix, StringComparison.Ordinal));
    }

    // Whether masks have to be guessed from the weights: the run is sparse, and the file has none.
    public bool GuessesMasks => !_hasMasks && _plan.Budgets.Count > 0;

    public static bool IsOne(string path) =>
        !Directory.Exists(path) && WeightFile.Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    // Opens a file and looks at every value of it. Nothing is written.
    public static WeightImport Open(string path, RunPlan plan)
    {
        var opened = new WeightImport(WeightFile.Open(path), plan);
        try
        {
            opened.CheckHeaders();
            foreach (var owner in plan.Owners)
            {
                opened.Tensors(owner);
            }

            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public void CopyTo(RunFolder to) =>
        InitialWeights.Write(
            to,
            _plan.Owners,
            [],
            (owner, path) =>
            {
                var tensors = Tensors(owner);
                AtomicFile.Write(
                    DurableFiles.Instance,
                    path,
                    output => SafetensorsWriter.Write(output, tensors),
                    SafetensorsWriter.Measure(tensors)
                );
            }
        );

    public void Dispose() => _file.Dispose();

    private void CheckHeaders()
    {
        if (_file.Metadata.TryGetValue(OwnerShard.FormatKey, out var format) && format == OwnerShard.Format)
        {
            throw Refused("it is one owner's part of a checkpoint", "a whole ensemble", "Give the folder of the run or of the checkpoint.");
        }

        var known = new HashSet<string>(StringComparer.Ordinal);
        var type = StoredTypes.Of(_plan.MasterType);
        foreach (var (_, spec, name) in _names.All)
        {
            Check(name, type, spec.Shape, mayMiss: false);
            if (spec.Maskable)
            {
                Check(WeightNames.MaskPrefix + name, StoredDType.BOOL, spec.Shape, mayMiss: true);
            }
        }

        foreach (var name in _names.Counters)
        {
            Check(name, StoredDType.I64, [], mayMiss: true);
        }

        if (_file.Tensors.Keys.Where(name => !known.Contains(name)).Min(StringComparer.Ordinal) is { } foreign)
        {
            throw Refused($"it has a tensor '{foreign}', {Shown(_file.Tensors[foreign])}", "no such tensor", ForAnother);
        }

        void Check(string name, StoredDType wanted, IReadOnlyList<long> shape, bool mayMiss)
        {
            known.Add(name);
            var expected = Shown((wanted.ToString(), shape));
            if (!_file.Tensors.TryGetValue(name, out var seen))
            {
                if (!mayMiss)
                {
                    throw Refused($"it has no tensor '{name}'", expected, ForAnother);
                }
            }
            else if (!seen.Shape.SequenceEqual(shape))
            {
                throw Refused($"'{name}' is {Shown(seen)}", expected, ForAnother);
            }
            else if (seen.Type != wanted.ToString())
            {
                var isOther =
                    seen.Type is nameof(StoredDType.F32) or nameof(StoredDType.F64) && wanted is StoredDType.F32 or StoredDType.F64;
                throw Refused(
                    $"'{name}' is {Shown(seen)}",
                    expected,
                    isOther ? "Change training.precision, or save it in that type." : "Save it in that type."
                );
            }
        }
    }

    // In the form of a checkpoint: a masked tensor by its mask and its active values.
    private List<TensorSource> Tensors(OwnerId owner)
    {
        var own = _names.OfOwner(owner).ToList();
        var read = _file.Read([.. own.SelectMany(tensor => Stored(tensor.Name))]);
        var type = StoredTypes.Of(_plan.MasterType);
        return [.. own.SelectMany(tensor => Sources(tensor.Spec, tensor.Name))];

        IEnumerable<string> Stored(string name) => new[] { name, WeightNames.MaskPrefix + name }.Where(_file.Tensors.ContainsKey);

        IEnumerable<TensorSource> Sources(TensorSpec spec, string name)
        {
            var values = WeightValues.Of(read[name], type);
            if (values.NotFinite is { } place)
            {
                throw Refused($"'{name}' has a value that is not finite, at position {place}", "finite numbers", WhatToGive);
            }

            var mask = read.TryGetValue(WeightNames.MaskPrefix + name, out var stored) ? stored.ToArray() : null;
            if (mask is not null && Array.FindIndex(mask, flag => flag > 1) is >= 0 and var odd)
            {
                throw Refused($"'{WeightNames.MaskPrefix + name}' has the byte {mask[odd]} at position {odd}", "0 or 1", WhatToGive);
            }

            if (mask is not null && values.Outside(mask) is { } outside)
            {
                throw Refused($"'{name}' is not zero at position {outside}, where its mask is false", "zero", WhatToGive);
            }

            if (spec.Maskable && GuessesMasks)
            {
                mask = values.NonZero();
            }

            return mask is null || !mask.Contains((byte)0)
                ? [new(spec.Name, type, [.. spec.Shape], () => read[name])]
                : values.Masked(spec, mask);
        }
    }

    private string Run =>
        $"{_plan.Network.Name} with {_plan.Heads} {(_plan.Heads == 1 ? "head" : "heads")} and "
        + $"ensemble.blocks_in_head {_plan.Options.Ensemble.BlocksInHead}";

    private UserErrorException Refused(string seen, string expected, string change) =>
        new($"--init-from: `{_file.Path}` does not fit: {seen}; expected {expected} ({Run}). {change}");

    private static string Shown((string Type, IReadOnlyList<long> Shape) tensor) => $"{tensor.Type} [{string.Join(", ", tensor.Shape)}]";
}
