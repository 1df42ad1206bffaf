using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

public sealed class BatchPrefetcherTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Any_walk_over_the_steps_gets_the_batches_of_direct_loading(int ahead)
    {
        var data = BatchTests.Noise(50, new SampleShape(1, 5, 4), 1);
        var loader = new TrainingBatches(data, new SamplePipeline([new PadCrop(1)], Normalisation.None(1)), 8, 3);
        using var prefetcher = new BatchPrefetcher(loader.Load, ahead, firstStep: 2, end: 300);
        var random = new Random(ahead);
        var step = 2L;
        for (var i = 0; i < 1000; i++)
        {
            // Mostly onwards, sometimes the same again, back or ahead, now and then beyond the end.
            step = random.Next(10) switch
            {
                0 => step,
                1 => random.Next(1, 310),
                _ => step + 1,
            };
            var batch = prefetcher.Take(step);
            var direct = loader.Load(step);
            Assert.Equal(direct.Labels, batch.Labels);
            Assert.Equal(direct.Pixels, batch.Pixels);
            if (random.Next(4) > 0)
            {
                prefetcher.Return(batch);
            }
        }
    }

    [Fact]
    public void No_more_than_the_bound_is_loaded_ahead_and_nothing_past_the_end()
    {
        var data = BatchTests.Noise(10, SampleShape.Vector(3), 1);
        var loader = new TrainingBatches(data, new SamplePipeline([], Normalisation.None(1)), 2, 3);
        var highest = -1L;
        using var prefetcher = new BatchPrefetcher(
            (step, reuse) =>
            {
                Interlocked.Exchange(ref highest, Math.Max(highest, step));
                return loader.Load(step, reuse);
            },
            2,
            end: 21
        );
        for (var step = 1; step <= 20; step++)
        {
            prefetcher.Take(step);

            // Two wait in the queue and one more may be on its way.
            Assert.InRange(Interlocked.Read(ref highest), step, Math.Min(step + 3, 20));
        }
    }

    [Fact]
    public void A_fault_surfaces_at_its_step_and_the_step_can_be_tried_again()
    {
        var data = BatchTests.Noise(10, SampleShape.Vector(3), 1);
        var loader = new TrainingBatches(data, new SamplePipeline([], Normalisation.None(1)), 2, 3);
        var broken = true;
        using var prefetcher = new BatchPrefetcher(
            (step, reuse) => step == 3 && Volatile.Read(ref broken) ? throw new UserErrorException("disk gone") : loader.Load(step, reuse),
            2
        );
        for (var step = 1; step < 3; step++)
        {
            prefetcher.Take(step);
        }

        Assert.Equal("disk gone", Assert.Throws<UserErrorException>(() => prefetcher.Take(3)).Message);
        Assert.Equal("disk gone", Assert.Throws<UserErrorException>(() => prefetcher.Take(3)).Message);
        Volatile.Write(ref broken, false);

        // The retry that is already under way may still have seen the fault; the one after it has not.
        var batch = Retry();
        Assert.Equal(loader.Load(3).Labels, batch.Labels);

        HostBatch Retry()
        {
            try
            {
                return prefetcher.Take(3);
            }
            catch (UserErrorException)
            {
                return prefetcher.Take(3);
            }
        }
    }

    [Fact]
    public void Disposing_ends_the_thread_even_while_nobody_takes()
    {
        var data = BatchTests.Noise(10, SampleShape.Vector(3), 1);
        var loader = new TrainingBatches(data, new SamplePipeline([], Normalisation.None(1)), 2, 3);
        for (var i = 0; i < 200; i++)
        {
            var prefetcher = new BatchPrefetcher(loader.Load, 1 + (i % 3));
            if (i % 2 == 0)
            {
                prefetcher.Take(1);
            }

            prefetcher.Dispose();
            prefetcher.Dispose();
            Assert.Throws<ObjectDisposedException>(() => prefetcher.Take(1));
        }
    }
}
