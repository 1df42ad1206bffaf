using System.Security.Cryptography;
using NeuroTrails.Data;

namespace NeuroTrails.Tests.Data;

public sealed class GlyphTests
{
    [Fact]
    public void Bytes_are_the_same_on_every_machine()
    {
        var data = GlyphDataSet.Create(test: false, 100);
        var bytes = Enumerable.Range(0, 100).SelectMany(i => data.Stored(i).ToArray()).ToArray();
        Assert.Equal("98c952fc0e4b9918eeda8fbd7d1d7c88fef8b2e54dde2fc304038fdffc077b32", Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    [Fact]
    public void Samples_depend_on_seed_split_and_number_alone()
    {
        var (few, many) = (GlyphDataSet.Create(test: false, 20), GlyphDataSet.Create(test: false, 50));
        for (var i = 0; i < 20; i++)
        {
            Assert.True(few.Stored(i).SequenceEqual(many.Stored(i)));
            Assert.False(many.Stored(i).SequenceEqual(GlyphDataSet.Create(test: true, 20).Stored(i)));
            Assert.False(many.Stored(i).SequenceEqual(GlyphDataSet.Create(test: false, 20, seed: 1).Stored(i)));
        }
    }

    [Fact]
    public void Classes_are_balanced_and_named()
    {
        var data = GlyphDataSet.Create(test: true, GlyphDataSet.TestCount);
        Assert.Equal(10, data.ClassNames!.Count);
        Assert.All(Enumerable.Range(0, data.Count).GroupBy(data.Label), group => Assert.InRange(group.Count(), 102, 103));
    }

    [Fact]
    public void A_linear_model_stays_under_70_percent()
    {
        // At several strengths of weight decay, so that neither fitting the noise nor too little freedom is what holds it down.
        var (train, test) = (
            GlyphDataSet.Create(test: false, GlyphDataSet.TrainCount),
            GlyphDataSet.Create(test: true, GlyphDataSet.TestCount)
        );
        foreach (var decay in new[] { 1e-3, 3e-2 })
        {
            var model = SoftmaxRegression.Fit(train, decay, iterations: 300);
            Assert.InRange(model.GradientNorm, 0, 0.03);
            Assert.InRange(model.Accuracy(test), 0.30, 0.70);
        }
    }
}
