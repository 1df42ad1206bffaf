using NeuroTrails.Data;
using NeuroTrails.Training;

namespace NeuroTrails.Tests.Training;

public sealed class BatchFaultTests
{
    [Fact]
    public void Samples_with_values_that_are_not_finite_are_counted()
    {
        var random = new Random(3);
        float[] wrong = [float.NaN, float.PositiveInfinity, float.NegativeInfinity];
        for (var round = 0; round < 2000; round++)
        {
            var batch = new HostBatch(random.Next(1, 9), new SampleShape(2, 3, 2));
            var bad = new HashSet<int>();
            for (var i = random.Next(4); i > 0; i--)
            {
                var at = random.Next(batch.Pixels.Length);
                batch.Pixels[at] = wrong[random.Next(3)];
                bad.Add(at / 12);
            }

            var fault = BatchFault.Of(batch);
            Assert.Equal(bad.Count == 0 ? null : $"{bad.Count} of the {batch.Count} samples", fault?.Split(" in its batch")[0]);
        }
    }

    [Theory]
    [InlineData(9e14f, null)]
    [InlineData(-2e15f, "its batch holds values of up to 2E+15 after normalising, too large to compute with")]
    public void Values_too_large_to_be_squared_are_told(float value, string? expected)
    {
        var batch = new HostBatch(2, SampleShape.Vector(3));
        batch.Pixels[4] = value;
        Assert.Equal(expected, BatchFault.Of(batch));
    }
}
