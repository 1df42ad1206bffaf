using NeuroTrails.Data;
using NeuroTrails.Execution;
using TorchSharp;

namespace NeuroTrails.Tests.Data;

public sealed class BatchTensorsTests
{
    [Theory]
    [InlineData(false, 3)]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    public void Tensors_hold_the_batch_in_the_asked_layout(bool channelsLast, int channels)
    {
        var data = BatchTests.Noise(9, new SampleShape(channels, 5, 4), 1);
        var batch = new TrainingBatches(data, new SamplePipeline([], Normalisation.None(channels)), 6, 2).Load(1);
        using var scope = torch.NewDisposeScope();
        var (images, labels) = BatchTensors.ToDevice(batch, torch.CPU, torch.ScalarType.Float32, channelsLast);
        Assert.Equal([6, channels, 5, 4], images.shape);
        Assert.Equal(channelsLast ? [20L * channels, 1, 4 * channels, channels] : [20L * channels, 20, 4, 1], images.stride());
        Assert.Equal(batch.Pixels, images.contiguous().data<float>().ToArray());
        Assert.Equal(torch.ScalarType.Int64, labels.dtype);
        Assert.Equal(batch.Labels, labels.data<long>().ToArray());
    }

    [Fact]
    public void The_batch_may_change_afterwards_and_types_are_converted()
    {
        var data = BatchTests.Noise(4, new SampleShape(2, 3, 3), 1);
        var loader = new EvaluationBatches(data, new SamplePipeline([], Normalisation.None(2)), 4);
        var batch = loader.Load(0);
        using var scope = torch.NewDisposeScope();
        var (images, _) = BatchTensors.ToDevice(batch, torch.CPU, torch.ScalarType.Float64, channelsLast: true);
        Array.Clear(batch.Pixels);
        Assert.Equal(torch.ScalarType.Float64, images.dtype);
        Assert.Equal(loader.Load(0).Pixels.Select(value => (double)value), images.contiguous().data<double>().ToArray());
    }

    [Fact]
    public void Nothing_but_the_two_tensors_outlives_the_call()
    {
        var batch = new HostBatch(4, new SampleShape(3, 4, 4));
        using var scope = torch.NewDisposeScope();
        for (var i = 0; i < 10; i++)
        {
            var (images, labels) = BatchTensors.ToDevice(batch, torch.CPU, torch.ScalarType.Float32, channelsLast: true);
            Assert.Equal(2, scope.DisposablesCount);
            images.Dispose();
            labels.Dispose();
        }
    }
}
