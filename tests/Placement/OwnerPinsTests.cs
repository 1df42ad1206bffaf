using System.Globalization;
using NeuroTrails.Models;
using NeuroTrails.Silo.Placement;

namespace NeuroTrails.Tests.Placement;

public sealed class OwnerPinsTests
{
    [Theory]
    [InlineData("head0=a/cuda:0", 0, "a", "cuda:0")]
    [InlineData("head-2=b", 2, "b", null)]
    [InlineData("backbone=node-7/cpu", -1, "node-7", "cpu")]
    [InlineData(" head1 = a / cuda:3 ", 1, "a", "cuda:3")]
    [InlineData("head0=a/cpu:0", 0, "a", "cpu")]
    public void A_pin_names_owner_silo_and_device(string text, int head, string member, string? device)
    {
        var (owner, place) = Assert.Single(OwnerPins.Parse([text], 3));
        Assert.Equal((new OwnerId(head), member, device), (owner, place.Member, place.Device));
    }

    [Theory]
    [InlineData("")]
    [InlineData("head0")]
    [InlineData("head0=")]
    [InlineData("=a")]
    [InlineData("head=a")]
    [InlineData("head3=a")]
    [InlineData("head--1=a")]
    [InlineData("head+1=a")]
    [InlineData("head1.0=a")]
    [InlineData("head99999999999=a")]
    [InlineData("tail0=a")]
    [InlineData("head0=/cpu")]
    [InlineData("head0=a/")]
    public void What_is_no_pin_is_explained(string text)
    {
        var message = Assert.Throws<UserErrorException>(() => OwnerPins.Parse([text], 3)).Message;
        Assert.StartsWith(
            $"--place {text} is no place for an owner. Allowed: OWNER=SILO or OWNER=SILO/DEVICE",
            message,
            StringComparison.Ordinal
        );
        Assert.Contains("head0 to head2", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_owner_has_one_place() =>
        Assert.Equal(
            "--place head-1=b: head-1 has a place already, 'a/cpu'. Give each owner one place.",
            Assert.Throws<UserErrorException>(() => OwnerPins.Parse(["backbone=a", "head1=a/cpu", "head-1=b"], 3)).Message
        );

    [Fact]
    public void Nothing_given_pins_nothing() => Assert.Empty(OwnerPins.Parse([], 3));

    [Fact]
    public void What_is_written_is_what_is_read()
    {
        var random = new Random(1);
        for (var trial = 0; trial < 2000; trial++)
        {
            var heads = random.Next(1, 70);
            var pins = OwnerId
                .All(heads)
                .Where(_ => random.Next(3) == 0)
                .ToDictionary(
                    owner => owner,
                    _ =>
                        (
                            Member: $"silo-{random.Next(9)}",
                            Device: random.Next(3) switch
                            {
                                0 => null,
                                1 => "cpu",
                                _ => string.Create(CultureInfo.InvariantCulture, $"cuda:{random.Next(8)}"),
                            }
                        )
                );
            var texts = pins.Select(pin =>
                    $"{(pin.Key.IsBackbone ? "backbone" : (random.Next(2) == 0 ? "head" : "head-") + pin.Key.Head)}={pin.Value.Member}{(pin.Value.Device is null ? string.Empty : "/" + pin.Value.Device)}"
                )
                .ToArray();
            random.Shuffle(texts);
            Assert.Equal(pins.OrderBy(pin => pin.Key.Head), OwnerPins.Parse(texts, heads).OrderBy(pin => pin.Key.Head));
        }
    }

    [Fact]
    public void Random_text_is_read_or_refused_and_never_anything_else()
    {
        const string Letters = "head0123-=/:backone ,";
        var random = new Random(2);
        for (var trial = 0; trial < 20_000; trial++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(16)).Select(_ => Letters[random.Next(Letters.Length)])]);
            try
            {
                var place = Assert.Single(OwnerPins.Parse([text], 3)).Value;
                Assert.NotEmpty(place.Member);
                Assert.NotEqual(string.Empty, place.Device);
            }
            catch (UserErrorException refusal)
            {
                Assert.Contains(text, refusal.Message, StringComparison.Ordinal);
            }
        }
    }
}
