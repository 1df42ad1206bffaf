using System.Globalization;
using NeuroTrails.Formats;
using NeuroTrails.Models;
using static TorchSharp.torch;

namespace NeuroTrails.Checkpoints;

/// <summary>
/// One owner's file in a checkpoint: only what determines the run, so that equal runs have equal files. A masked tensor is stored by its
/// active values and a bitmap, and so are its moments; everything else as it is.
/// </summary>
public static class OwnerShard
{
    internal const string FormatKey = "format";
    internal const string Format = "neurotrails-owner-1";
    internal const string MaskSuffix = ".mask";
    internal const string ValuesSuffix = ".values";
    internal const string MomentInfix = ".moment.";
    private const string AverageSuffix = ".gradient_average";
    private const string GeneratorName = "generator";
    private const string OwnerKey = "owner";
    private const string StepKey = "step";

    /// <summary>Name of an owner's file inside a checkpoint folder.</summary>
    /// <param name="owner">The owner.</param>
    public static string FileName(OwnerId owner) => $"{owner}.safetensors";

    /// <summary>Writes an owner's state and waits until it is on the disk.</summary>
    /// <param name="tensors">What the owner holds.</param>
    /// <param name="draft">The checkpoint in the making.</param>
    /// <param name="owner">The owner.</param>
    /// <param name="step">Steps applied.</param>
    /// <returns>Name, size and hash of the file.</returns>
    public static ManifestFile Save(OwnerTensors tensors, CheckpointDraft draft, OwnerId owner, long step)
    {
        using var noGrad = no_grad();
        var sources = tensors
            .Parameters.SelectMany(Sources)
            .Concat(tensors.Buffers.Select(buffer => Dense(buffer.Spec.Name, buffer.Value)))
            .Append(Dense(GeneratorName, tensors.Generator.get_state()))
            .Concat(KeptShard.Sources(tensors));
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [FormatKey] = Format,
            [OwnerKey] = owner.ToString(),
            [StepKey] = step.ToString(CultureInfo.InvariantCulture),
        };
        return draft.WriteOwner(owner.ToString(), sources, metadata);
    }

    /// <summary>Replaces an owner's state by that in a checkpoint.</summary>
    /// <param name="tensors">What the owner holds; same part of the same network.</param>
    /// <param name="checkpoint">Folder of the checkpoint, <c>step-…</c>.</param>
    /// <param name="owner">The owner.</param>
    /// <exception cref="UserErrorException">The file belongs to another network, owner or step.</exception>
    /// <exception cref="SafetensorsFormatException">The file is damaged.</exception>
    /// <exception cref="SparseEncodingException">A mask is not that of its tensor.</exception>
    /// <exception cref="IOException">The file is missing, no regular file, or cannot be read.</exception>
    public static void Load(OwnerTensors tensors, string checkpoint, OwnerId owner)
    {
        using var noGrad = no_grad();
        using var shard = SafetensorsFile.Open(Path.Combine(checkpoint, FileName(owner)));
        var step = CheckpointNames.ParseStep(Path.GetFileName(Path.TrimEndingDirectorySeparator(checkpoint)));
        if (Mismatch(shard, owner.ToString(), step) is { } mismatch)
        {
            throw new UserErrorException(
                $"{shard.Path} belongs elsewhere: {mismatch}. Remove the folder of that checkpoint; the one before it is then the last."
            );
        }

        foreach (var parameter in tensors.Parameters)
        {
            using var scope = NewDisposeScope();
            LoadParameter(parameter, shard, tensors.Device);
        }

        foreach (var (spec, value) in tensors.Buffers)
        {
            using var scope = NewDisposeScope();
            value.copy_(Read(shard, spec.Name, [.. spec.Shape], value.dtype));
        }

        // As many bytes as the generator has now: torch takes any others for a fault of the program.
        using var present = tensors.Generator.get_state();
        using var state = Read(shard, GeneratorName, present.shape, ScalarType.Byte);
        if (!IsGenerator(state.bytes))
        {
            throw new UserErrorException(
                $"{shard.Path}: '{GeneratorName}' is no state of a generator. Remove the folder of that checkpoint; the one before it is "
                    + "then the last."
            );
        }

        tensors.Generator.set_state(state);
        KeptShard.Load(tensors, shard);
    }

    /// <summary>The mask of a tensor as it is stored, without its values.</summary>
    /// <param name="shard">An owner's file in a checkpoint.</param>
    /// <param name="spec">The tensor.</param>
    /// <returns>Bits as <see cref="MaskBitmap"/> has them; null where the tensor is dense.</returns>
    /// <exception cref="SafetensorsFormatException">The file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static byte[]? ReadMask(SafetensorsFile shard, TensorSpec spec)
    {
        if (!shard.Contains(spec.Name + MaskSuffix))
        {
            return null;
        }

        var bitmap = new byte[MaskBitmap.Bytes(spec.Count)];
        shard.ReadInto(spec.Name + MaskSuffix, bitmap);
        return bitmap;
    }

    /// <summary>Replaces an owner's weights and running statistics by those in a file; moments and
    /// generator stay those of a new run.</summary>
    /// <param name="tensors">What the owner holds, newly initialised; where a tensor has a mask,
    /// that says how many positions are active.</param>
    /// <param name="folder">Folder of the file.</param>
    /// <param name="owner">The owner.</param>
    /// <param name="except">Tensors that stay as they are.</param>
    internal static void LoadWeights(OwnerTensors tensors, string folder, OwnerId owner, IReadOnlySet<string> except)
    {
        using var noGrad = no_grad();
        using var shard = SafetensorsFile.Open(Path.Combine(folder, FileName(owner)));
        foreach (var parameter in tensors.Parameters.Where(parameter => !except.Contains(parameter.Spec.Name)))
        {
            using var scope = NewDisposeScope();
            LoadWeights(parameter, shard, tensors);
        }

        foreach (var (spec, value) in tensors.Buffers.Where(buffer => !except.Contains(buffer.Spec.Name)))
        {
            using var scope = NewDisposeScope();
            value.copy_(Read(shard, spec.Name, [.. spec.Shape], value.dtype));
        }
    }

    private static void LoadWeights(Parameter parameter, SafetensorsFile shard, OwnerTensors tensors)
    {
        var name = parameter.Spec.Name;
        long[] shape = [.. parameter.Spec.Shape];
        var type = parameter.Value.dtype;
        Tensor values,
            mask;
        if (shard.Contains(name + MaskSuffix))
        {
            var bitmap = shard.Read(name + MaskSuffix).Data.Span;
            mask = empty(shape, dtype: ScalarType.Bool);
            MaskBitmap.Unpack(bitmap, mask.bytes);
            var active = MaskBitmap.CountActive(bitmap, parameter.Spec.Count);
            values = zeros(shape, dtype: type).masked_scatter_(mask, Read(shard, name + ValuesSuffix, [active], type));
        }
        else
        {
            mask = ones(shape, dtype: ScalarType.Bool);
            values = Read(shard, name, shape, type);
        }

        if (parameter.Mask is not null)
        {
            mask = Topology.MaskFit.To(mask, values, parameter.Active, tensors.Generator);
            values = values * mask;
            parameter.SetMask(mask.to(tensors.Device).DetachFromDisposeScope(), parameter.Active);
        }

        parameter.Value.copy_(values);
    }

    // Looked at first, as torch ends the process over a state that is none: numbers left and place of the next, of 624; and whether seeded.
    private static bool IsGenerator(ReadOnlySpan<byte> state)
    {
        var (left, seeded, next) = (
            BitConverter.ToInt32(state[8..]),
            BitConverter.ToInt32(state[12..]),
            BitConverter.ToUInt64(state[16..])
        );
        return left is > 0 and <= 624 && seeded == 1 && next <= 624;
    }

    // How a file's own words on owner and step differ from its place; null where nothing speaks against it. A file that says nothing is
    // believed.
    internal static string? Mismatch(SafetensorsFile shard, string owner, long? step)
    {
        if (shard.Metadata.TryGetValue(OwnerKey, out var named) && named != owner)
        {
            return $"{owner}'s file says that it is {named}'s";
        }

        return step is { } wanted && shard.Metadata.TryGetValue(StepKey, out var at) && at != wanted.ToString(CultureInfo.InvariantCulture)
            ? $"{owner} is at step {at}"
            : null;
    }

    private static IEnumerable<TensorSource> Sources(Parameter parameter)
    {
        var name = parameter.Spec.Name;
        var mask = parameter.Mask;
        yield return mask is null ? Dense(name, parameter.Value) : Active(name + ValuesSuffix, parameter, parameter.Value);
        if (mask is not null)
        {
            yield return new(
                name + MaskSuffix,
                StoredDType.U8,
                [MaskBitmap.Bytes(parameter.Spec.Count)],
                () => MaskBitmap.Pack(TensorBytes.Copy(mask).Span)
            );
        }

        foreach (var (moment, value) in parameter.Moments)
        {
            yield return mask is null ? Dense(name + MomentInfix + moment, value) : Active(name + MomentInfix + moment, parameter, value);
        }

        if (parameter.GradientAverage is { } average)
        {
            yield return Dense(name + AverageSuffix, average);
        }
    }

    internal static TensorSource Dense(string name, Tensor value) =>
        new(name, StoredTypes.Of(value.dtype), value.shape, () => TensorBytes.Copy(value));

    private static TensorSource Active(string name, Parameter parameter, Tensor value) =>
        new(
            name,
            StoredTypes.Of(value.dtype),
            [parameter.Active],
            () =>
            {
                using var scope = NewDisposeScope();
                return TensorBytes.Copy(value.masked_select(parameter.Mask!));
            }
        );

    private static void LoadParameter(Parameter parameter, SafetensorsFile shard, Device device)
    {
        var name = parameter.Spec.Name;
        long[] shape = [.. parameter.Spec.Shape];
        var type = parameter.Value.dtype;
        Tensor Values(string stored) =>
            parameter.Mask is null
                ? Read(shard, stored, shape, type).to(device)
                : zeros(shape, dtype: type, device: device)
                    .masked_scatter_(parameter.Mask, Read(shard, stored, [parameter.Active], type).to(device));

        if (shard.Contains(name + MaskSuffix))
        {
            var bitmap = shard.Read(name + MaskSuffix).Data.Span;
            var mask = empty(shape, dtype: ScalarType.Bool);
            MaskBitmap.Unpack(bitmap, mask.bytes);
            parameter.SetMask(mask.to(device).DetachFromDisposeScope(), MaskBitmap.CountActive(bitmap, parameter.Spec.Count));
        }
        else
        {
            parameter.ClearMask();
        }

        parameter.Value.copy_(Values(parameter.Mask is null ? name : name + ValuesSuffix));
        var prefix = name + MomentInfix;
        foreach (var stored in shard.Tensors.Select(info => info.Name).Where(stored => stored.StartsWith(prefix, StringComparison.Ordinal)))
        {
            parameter.Moment(stored[prefix.Length..]).copy_(Values(stored));
        }

        if (shard.Contains(name + AverageSuffix))
        {
            parameter.GradientAverage?.Dispose();
            parameter.GradientAverage = Read(shard, name + AverageSuffix, shape, type).to(device).DetachFromDisposeScope();
        }
    }

    internal static Tensor Read(SafetensorsFile shard, string name, long[] shape, ScalarType type)
    {
        if (!shard.Contains(name))
        {
            throw new UserErrorException(
                $"{shard.Path} has no tensor '{name}': it belongs to another network or method. Put the run's own config.yaml back."
            );
        }

        var info = shard.Info(name);
        if (!info.Shape.SequenceEqual(shape) || info.DType != StoredTypes.Of(type))
        {
            throw new UserErrorException(
                $"{shard.Path}: '{name}' is {info.DType} [{string.Join(", ", info.Shape)}], but the network has {StoredTypes.Of(type)} "
                    + $"[{string.Join(", ", shape)}]. Put the run's own config.yaml back."
            );
        }

        // Into torch's own aligned memory, never a view of a read buffer: alignment changes which kernels run, and so the bits.
        var tensor = empty(shape, dtype: type);
        shard.ReadInto(name, tensor.bytes);
        return tensor;
    }
}
