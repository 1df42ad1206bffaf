using System.Net;
using NeuroTrails.Silo.Web;
using NeuroTrails.Tests.Checkpoints;

namespace NeuroTrails.Tests.Web;

public sealed class WebEndpointTests
{
    private const string Token = "0123456789abcdef";

    [Theory]
    [InlineData("8123", "127.0.0.1:8123")]
    [InlineData("0", "127.0.0.1:0")]
    [InlineData("localhost:8123", "127.0.0.1:8123")]
    [InlineData("127.0.0.2:80", "127.0.0.2:80")]
    [InlineData("[::1]:8123", "[::1]:8123")]
    public void On_this_machine_no_token_is_needed(string text, string expected) =>
        Assert.Equal(
            (expected, null),
            (WebEndpoint.Read(text, null, _ => null).Address.ToString(), WebEndpoint.Read(text, null, _ => null).Token)
        );

    [Theory]
    [InlineData("")]
    [InlineData("http://localhost:8123")]
    [InlineData("8123x")]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData(":8123")]
    [InlineData("localhost:")]
    public void What_is_no_address_is_explained(string text)
    {
        var fault = Assert.Throws<UserErrorException>(() => WebEndpoint.Read(text, null, _ => null));
        Assert.True(
            fault.Message.StartsWith($"--web {text} is no [HOST:]PORT. Allowed: ", StringComparison.Ordinal)
                || fault.Message.Contains("has no address here. Change --web.", StringComparison.Ordinal),
            fault.Message
        );
    }

    [Theory]
    [InlineData("0.0.0.0:8123")]
    [InlineData("[::]:8123")]
    [InlineData("10.1.2.3:8123")]
    public void Beyond_this_machine_a_token_is_required(string text)
    {
        var fault = Assert.Throws<UserErrorException>(() => WebEndpoint.Read(text, null, _ => null));
        Assert.StartsWith($"--web {text} can be reached from other machines, so it needs a token", fault.Message, StringComparison.Ordinal);
        Assert.Contains("--web-token-file", fault.Message, StringComparison.Ordinal);
        Assert.Contains(WebEndpoint.TokenVariable, fault.Message, StringComparison.Ordinal);
        Assert.Equal(Token, WebEndpoint.Read(text, null, name => name == WebEndpoint.TokenVariable ? Token : null).Token);
    }

    [Fact]
    public void A_file_goes_before_the_variable_and_its_line_end_does_not_count()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("token"), Token + "-file\r\n");
        var request = WebEndpoint.Read("0.0.0.0:1", folder.File("token"), _ => Token);
        Assert.Equal(Token + "-file", request.Token);
        Assert.DoesNotContain(Token, $"{request}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("0123456789 abcdef")]
    [InlineData("0123456789äbcdef")]
    [InlineData("0123456789abcdef\n0123456789abcdef")]
    public void What_is_no_token_is_refused_without_showing_it(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("token"), text);
        var fault = Assert.Throws<UserErrorException>(() => WebEndpoint.Read("8123", folder.File("token"), _ => null));
        Assert.Contains("holds is no token. Allowed: 16 or more", fault.Message, StringComparison.Ordinal);
        Assert.True(text.Length == 0 || !fault.Message.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named() =>
        Assert.StartsWith(
            "--web-token-file /nowhere/token cannot be read",
            Assert.Throws<UserErrorException>(() => WebEndpoint.Read("1", "/nowhere/token", _ => null)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_token_is_known_by_its_digest_and_a_pass_is_no_token()
    {
        var token = new WebToken(Token);
        Assert.True(token.Is(Token) && token.IsPass(token.Pass));
        Assert.False(
            token.Is(token.Pass)
                || token.IsPass(Token)
                || token.Is(null)
                || token.Is(string.Empty)
                || token.Is(Token + " ")
                || new WebToken(Token + "x").IsPass(token.Pass)
        );
        Assert.Equal(IPAddress.Loopback, WebEndpoint.Read("1", null, _ => null).Address.Address);
    }
}
