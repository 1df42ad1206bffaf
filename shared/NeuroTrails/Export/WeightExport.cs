using System.Buffers.Binary;
using NeuroTrails.Checkpoints;
using NeuroTrails.Data;
using NeuroTrails.Formats;
using NeuroTrails.Models;
using NeuroTrails.Training;
using static TorchSharp.torch;

namespace NeuroTrails.Export;

/// <summary>Writes the weights of an ensemble for programs that have the network already, such as one in PyTorch.</summary>
/// <remarks>
/// Every parameter and running statistic is dense, in the type of the run's masters (float32 or float64), with zeros where it is masked;
/// every norm also has the counter that PyTorch wants. Owners are loaded one after the other.
/// </remarks>
internal sealed class WeightExport(RunPlan plan, long step, Func<OwnerId, OwnerTensors> load, bool masks)
{
    public void WriteSafetensors(Stream output, IReadOnlyDictionary<string, string> metadata)
    {
        using var owners = new OneOwner(load);
        SafetensorsWriter.Write(output, Sources(owners), metadata, TensorOrder.AsGiven);
    }

    // Writes an archive of arrays, as numpy.savez_compressed does.
    public void WriteNpz(Stream output)
    {
        using var owners = new OneOwner(load);
        NpzFile.Write(output, Sources(owners).Select(source => KeyValuePair.Create(source.Name, ToArray(source))));
    }

    // The widest types first, or a reader that maps the file finds values at places that no value of their type may have.
    private IEnumerable<TensorSource> Sources(OneOwner owners)
    {
        var names = new WeightNames(plan);
        var type = StoredTypes.Of(plan.MasterType);
        var counter = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(counter, step * plan.MicroBatches);
        return
        [
            .. names.Counters.Select(name => new TensorSource(name, StoredDType.I64, [], () => counter)),
            .. names.All.Select(tensor => new TensorSource(
                tensor.Name,
                type,
                [.. tensor.Spec.Shape],
                () => TensorBytes.Copy(owners.Value(tensor.Owner, tensor.Spec))
            )),
            .. masks ? Masks(names, owners) : [],
        ];
    }

    // Which tensors have a mask, the checkpoint alone knows: one that may have every position has none.
    private List<TensorSource> Masks(WeightNames names, OneOwner owners)
    {
        var masked = plan
            .Owners.SelectMany(owner =>
                owners
                    .Get(owner)
                    .Parameters.Where(parameter => parameter.Mask is not null)
                    .Select(parameter => (owner, parameter.Spec.Name))
            )
            .ToHashSet();
        return
        [
            .. names
                .All.Where(tensor => masked.Contains((tensor.Owner, tensor.Spec.Name)))
                .Select(tensor => new TensorSource(
                    WeightNames.MaskPrefix + tensor.Name,
                    StoredDType.BOOL,
                    [.. tensor.Spec.Shape],
                    () => TensorBytes.Copy(owners.Trained(tensor.Owner, tensor.Spec).Mask!)
                )),
        ];
    }

    private static NpyArray ToArray(TensorSource source) =>
        NpyArray.Of(
            source.DType switch
            {
                StoredDType.BOOL => NpyType.Boolean,
                StoredDType.I64 => NpyType.Int64,
                StoredDType.F64 => NpyType.Float64,
                _ => NpyType.Float32,
            },
            [.. source.Shape.Select(extent => checked((int)extent))],
            source.Data().ToArray()
        );

    // Loads owners as they are asked for, and holds the last one only.
    private sealed class OneOwner(Func<OwnerId, OwnerTensors> load) : IDisposable
    {
        private OwnerId _owner;
        private OwnerTensors? _held;

        public OwnerTensors Get(OwnerId owner)
        {
            if (_held is null || _owner != owner)
            {
                Dispose();
                using var noGrad = no_grad();
                (_held, _owner) = (load(owner), owner);
            }

            return _held;
        }

        public Parameter Trained(OwnerId owner, TensorSpec spec) =>
            Get(owner).Parameters.First(parameter => parameter.Spec.Name == spec.Name);

        public Tensor Value(OwnerId owner, TensorSpec spec) =>
            spec.Role == TensorRole.Buffer
                ? Get(owner).Buffers.First(buffer => buffer.Spec.Name == spec.Name).Value
                : Trained(owner, spec).Value;

        public void Dispose()
        {
            _held?.Dispose();
            _held = null;
        }
    }
}
