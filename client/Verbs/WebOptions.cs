using System.CommandLine;
using NeuroTrails.Client.Cli;
using NeuroTrails.Running;
using NeuroTrails.Silo.Web;

namespace NeuroTrails.Client.Verbs;

/// <summary>Options of the verbs that serve the live page.</summary>
internal sealed class WebOptions
{
    private readonly Option<string?> _web = new("--web")
    {
        Description = "Serves the live page there; on this machine only unless a host says otherwise, which takes a token",
        HelpName = "[HOST:]PORT",
    };
    private readonly Option<string?> _token = new("--web-token-file")
    {
        Description = $"File with the token that the page asks for; default ${WebEndpoint.TokenVariable}",
        HelpName = "FILE",
    };

    public Option Web => _web;

    public IReadOnlyList<Option> All => [_web, _token];

    public PageRequest? Read(ParseResult parsed, ClientHost host, string? usual = null) =>
        (parsed.GetValue(_web) ?? usual) is { } text ? WebEndpoint.Read(text, parsed.GetValue(_token), host.Variable)
        : parsed.GetValue(_token) is not null
            ? throw new WrongUsageException(
                "--web-token-file is for the live page; ask for that by --web [HOST:]PORT, or leave --web-token-file out."
            )
        : null;
}
