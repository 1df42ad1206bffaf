using System.Runtime.InteropServices;
using NeuroTrails.Data;
using TorchSharp;

namespace NeuroTrails.Execution;

/// <summary>Where batches become tensors: the way from the data room to torch.</summary>
public static class BatchTensors
{
    /// <summary>Copies a batch into torch's own memory and moves it to a device. The batch can be used again afterwards.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="device">Where to.</param>
    /// <param name="type">Type of the images, a floating one.</param>
    /// <param name="channelsLast">Whether the images lie in memory as [B, H, W, C], which
    /// convolutions prefer; their sizes are [B, C, H, W] either way.</param>
    /// <returns>Images [B, C, H, W] and labels [B] as int64, both the caller's to dispose or its dispose scope's. Of windows of tokens: the
    /// tokens [B, L] and the next ones [B, L], both int64; −1 where there is none.</returns>
    public static (torch.Tensor Images, torch.Tensor Labels) ToDevice(
        HostBatch batch,
        torch.Device device,
        torch.ScalarType type,
        bool channelsLast
    )
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Shape.IsTokens)
        {
            return Tokens(batch, device);
        }

        using var scope = torch.NewDisposeScope();
        var images = (channelsLast ? ChannelsLast(batch) : ChannelsFirst(batch)).to(device).to(type);
        var labels = torch.empty([batch.Count], torch.ScalarType.Int64, torch.CPU);
        MemoryMarshal.AsBytes<long>(batch.Labels).CopyTo(labels.bytes);
        return (images.MoveToOuterDisposeScope(), labels.to(device).MoveToOuterDisposeScope());
    }

    // Padding is computed as token 0: nothing before it sees it, and nothing is asked of it.
    private static (torch.Tensor Tokens, torch.Tensor Next) Tokens(HostBatch batch, torch.Device device)
    {
        using var scope = torch.NewDisposeScope();
        var length = batch.Shape.Width;
        var tokens = torch.empty([batch.Count, length], torch.ScalarType.Int64, torch.CPU);
        var next = torch.empty([batch.Count, length], torch.ScalarType.Int64, torch.CPU);
        var to = MemoryMarshal.Cast<byte, long>(tokens.bytes);
        var after = MemoryMarshal.Cast<byte, long>(next.bytes);
        for (var i = 0; i < batch.Tokens.Length; i++)
        {
            to[i] = Math.Max(batch.Tokens[i], 0);
            after[i] = (i + 1) % length == 0 ? -1 : batch.Tokens[i + 1];
        }

        return (tokens.to(device).MoveToOuterDisposeScope(), next.to(device).MoveToOuterDisposeScope());
    }

    private static torch.Tensor ChannelsFirst(HostBatch batch)
    {
        var shape = batch.Shape;
        var images = torch.empty([batch.Count, shape.Channels, shape.Height, shape.Width], torch.ScalarType.Float32, torch.CPU);
        MemoryMarshal.AsBytes<float>(batch.Pixels).CopyTo(images.bytes);
        return images;
    }

    // Written in its final order and seen through a permutation: cheaper than permute, contiguous, permute, which copies once more.
    private static torch.Tensor ChannelsLast(HostBatch batch)
    {
        var shape = batch.Shape;
        var images = torch.empty([batch.Count, shape.Height, shape.Width, shape.Channels], torch.ScalarType.Float32, torch.CPU);
        var target = MemoryMarshal.Cast<byte, float>(images.bytes);
        for (var sample = 0; sample < batch.Count; sample++)
        {
            Interleave(batch.Pixels.AsSpan(sample * shape.Length, shape.Length), target.Slice(sample * shape.Length, shape.Length), shape);
        }

        return images.permute(0, 3, 1, 2);
    }

    private static void Interleave(ReadOnlySpan<float> planes, Span<float> pixels, SampleShape shape)
    {
        var (channels, plane) = (shape.Channels, shape.Plane);
        for (var channel = 0; channel < channels; channel++)
        {
            var from = planes.Slice(channel * plane, plane);
            for (var i = 0; i < plane; i++)
            {
                pixels[(i * channels) + channel] = from[i];
            }
        }
    }
}
