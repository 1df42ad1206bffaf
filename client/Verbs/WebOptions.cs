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

    /// <summary>The option that asks for the page.</summary>
    public Option Web => _web;

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [_web, _token];

    /// <summary>Where the page shall be; null where it was not asked for.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="host">Knows the environment.</param>
    /// <param name="usual">Where it is if it was not said; null for nowhere.</param>
    /// <exception cref="UserErrorException">It cannot be there.</exception>
    public PageRequest? Read(ParseResult parsed, ClientHost host, string? usual = null) =>
        (parsed.GetValue(_web) ?? usual) is { } text ? WebEndpoint.Read(text, parsed.GetValue(_token), host.Variable)
        : parsed.GetValue(_token) is not null
            ? throw new WrongUsageException(
                "--web-token-file is for the live page; ask for that by --web [HOST:]PORT, or leave --web-token-file out."
            )
        : null;
}
