using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

public sealed class BatchTests
{
    private static readonly SamplePipeline Busy = new(
        [new PadCrop(3), new HorizontalFlip()],
        new Normalisation([0.2f, 0.5f], [0.3f, 0.25f]),
        new Cutout(5)
    );

    internal static ByteDataSet Noise(int count, SampleShape shape, int seed)
    {
        var random = new Random(seed);
        var pixels = new byte[count * shape.Length];
        random.NextBytes(pixels);
        return new ByteDataSet("noise", shape, pixels, [.. Enumerable.Range(0, count).Select(_ => random.Next(7))], 7);
    }

    [Fact]
    public void Order_is_a_permutation_that_changes_with_seed_and_epoch()
    {
        var random = new Random(1);
        for (var round = 0; round < 2000; round++)
        {
            var (count, seed, epoch) = (random.Next(1, 60), random.NextInt64(long.MaxValue), random.NextInt64(1000));
            var order = EpochOrder.Of(seed, epoch, count);
            Assert.Equal(Enumerable.Range(0, count), order.Order());
            Assert.Equal(order, EpochOrder.Of(seed, epoch, count));
            if (count > 30)
            {
                Assert.NotEqual(order, EpochOrder.Of(seed, epoch + 1, count));
                Assert.NotEqual(order, EpochOrder.Of(seed ^ 1, epoch, count));
            }
        }
    }

    [Fact]
    public void Order_visits_every_place_equally_often()
    {
        const int Count = 8,
            Epochs = 16_000;
        var visits = new int[Count, Count];
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            var order = EpochOrder.Of(5, epoch, Count);
            for (var place = 0; place < Count; place++)
            {
                visits[place, order[place]]++;
            }
        }

        // Mean 2,000, deviation about 42: six deviations either way.
        Assert.All(visits.Cast<int>(), count => Assert.InRange(count, 1750, 2250));
    }

    [Fact]
    public void The_order_is_the_documented_one_for_ever() =>
        Assert.Equal("2,6,4,8,7,5,9,0,3,1", string.Join(",", EpochOrder.Of(1, 2, 10)));

    [Fact]
    public void Any_batch_loads_alone_and_from_any_thread_with_the_same_bits()
    {
        var data = Noise(103, new SampleShape(2, 9, 7), 3);
        var loader = new TrainingBatches(data, Busy, 10, seed: 11);
        Assert.Equal(10, loader.BatchesPerEpoch);
        var steps = Enumerable.Range(1, 40).Select(step => loader.Load(step)).ToArray();
        Parallel.For(
            0,
            400,
            i =>
            {
                var step = i * 7 % 40;
                var again = new TrainingBatches(data, Busy, 10, seed: 11).Load(step + 1);
                Assert.Equal(steps[step].Labels, again.Labels);
                Assert.Equal(steps[step].Pixels, again.Pixels);
                Assert.Equal(steps[step].Pixels, loader.Load(loader.Position(step + 1), new HostBatch(10, data.Shape)).Pixels);
            }
        );
    }

    [Fact]
    public void An_epoch_visits_each_sample_once_and_leaves_the_rest_of_a_batch_out()
    {
        var data = new FloatDataSet("numbers", SampleShape.Vector(1), [.. Enumerable.Range(0, 23).Select(i => (float)i)], new int[23], 1);
        var loader = new TrainingBatches(data, new SamplePipeline([], Normalisation.None(1)), 5, seed: 1);
        Assert.Equal(new BatchPosition(2, 1), loader.Position(10));
        for (var epoch = 0; epoch < 50; epoch++)
        {
            var seen = Enumerable.Range(0, 4).SelectMany(batch => loader.Load(new BatchPosition(epoch, batch)).Pixels).ToArray();
            Assert.Equal(EpochOrder.Of(1, epoch, 23)[..20].Select(i => (float)i), seen);
        }
    }

    [Fact]
    public void Evaluation_keeps_order_and_the_last_short_batch_and_ignores_augmentation()
    {
        var data = Noise(23, new SampleShape(2, 4, 3), 4);
        var loader = new EvaluationBatches(data, Busy, 10);
        Assert.Equal((3, 23), (loader.Count, loader.Samples));
        Assert.Equal([10, 10, 3], Enumerable.Range(0, 3).Select(i => loader.Load(i).Count));
        var pixels = new float[24];
        for (var i = 0; i < 23; i++)
        {
            data.Read(i, pixels);
            var batch = loader.Load(i / 10);
            Assert.Equal(data.Label(i), batch.Labels[i % 10]);
            for (var p = 0; p < 24; p++)
            {
                Assert.Equal((pixels[p] - (p < 12 ? 0.2f : 0.5f)) / (p < 12 ? 0.3f : 0.25f), batch.Pixels[(i % 10 * 24) + p]);
            }
        }
    }

    [Fact]
    public void A_fitting_batch_is_used_again()
    {
        var loader = new EvaluationBatches(Noise(23, new SampleShape(2, 4, 3), 4), Busy, 10);
        var first = loader.Load(0);
        Assert.Same(first, loader.Load(1, first));
        Assert.NotSame(first, loader.Load(2, first));
    }

    [Fact]
    public void A_batch_larger_than_the_data_is_refused()
    {
        var error = Assert.Throws<UserErrorException>(() => new TrainingBatches(Noise(23, new SampleShape(2, 4, 3), 4), Busy, 24, 1));
        Assert.Equal("training.batch: 24 with 23 samples in noise is not possible; allowed: 1 to 23.", error.Message);
    }

    [Fact]
    public void Held_out_samples_are_disjoint_deterministic_and_of_the_asked_number()
    {
        var random = new Random(2);
        for (var round = 0; round < 1000; round++)
        {
            var data = Noise(random.Next(2, 50), SampleShape.Vector(2), round);
            var held = random.Next(1, data.Count);
            var (train, validation) = HoldOut.Split(data, held, seed: round);
            var (first, second) = (Origins(train), Origins(validation!));
            Assert.Equal(held, second.Length);
            Assert.Equal(Enumerable.Range(0, data.Count), first.Concat(second).Order());
            Assert.Equal(second, Origins(HoldOut.Split(data, held, seed: round).Validation!));
        }

        Assert.Equal(5, HoldOut.Split(Noise(50, SampleShape.Vector(2), 1), 0.1, 1).Validation!.Count);
        Assert.Null(HoldOut.Split(Noise(50, SampleShape.Vector(2), 1), 0, 1).Validation);
        Assert.All(
            [50.0, 1.5, 0.001, 0.999, double.NaN],
            share => Assert.Throws<UserErrorException>(() => HoldOut.Split(Noise(50, SampleShape.Vector(2), 1), share, 1))
        );
    }

    private static int[] Origins(IDataSet subset) => [.. Enumerable.Range(0, subset.Count).Select(((SubsetDataSet)subset).Origin)];
}
