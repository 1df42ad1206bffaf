using NeuroTrails.Configuration;

namespace NeuroTrails.Tests.Configuration;

public sealed class NearestTests
{
    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ab", "ba", 1)]
    [InlineData("", "abc", 3)]
    [InlineData("same", "same", 0)]
    [InlineData("denisty", "density", 1)]
    public void Distances_are_the_known_ones(string left, string right, int distance) =>
        Assert.Equal(distance, Nearest.Distance(left, right));

    [Fact]
    public void Distance_is_symmetric_and_bounded_by_the_longer_text()
    {
        var random = new Random(3);
        for (var round = 0; round < 3000; round++)
        {
            var (left, right) = (Word(random), Word(random));
            var distance = Nearest.Distance(left, right);
            Assert.Equal(distance, Nearest.Distance(right, left));
            Assert.InRange(distance, Math.Abs(left.Length - right.Length), Math.Max(left.Length, right.Length));
            Assert.Equal(left == right, distance == 0);
        }
    }

    [Theory]
    [InlineData("trian", "train")]
    [InlineData("EVAL", "eval")]
    [InlineData("stat", "status")]
    [InlineData("xqzwv", null)]
    [InlineData("", null)]
    public void The_nearest_word_is_offered_only_when_it_is_near(string typed, string? word) =>
        Assert.Equal(word, Nearest.To(typed, ["train", "eval", "predict", "status", "doctor", "bench"]));

    private static string Word(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => (char)('a' + random.Next(3))));
}
