using System.CommandLine;
using NeuroTrails.Client.Cli;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Verbs;

/// <summary>Options by which silos and clients prove who they are. Each has an environment variable that stands in for it.</summary>
internal sealed class TlsOptions
{
    private static readonly (string Option, string Variable, string Description)[] Files =
    [
        ("--tls-certificate", "NEUROTRAILS_TLS_CERTIFICATE", "TLS: own certificate, PEM"),
        ("--tls-key", "NEUROTRAILS_TLS_KEY", "TLS: its private key, PEM; left out where the certificate's file holds it too"),
        ("--tls-ca", "NEUROTRAILS_TLS_CA", "TLS: certificates of the cluster's authority, PEM; who shows none signed by it is refused"),
    ];

    private readonly Option<string?>[] _files =
    [
        .. Files.Select(file => new Option<string?>(file.Option)
        {
            Description = $"{file.Description}; default ${file.Variable}",
            HelpName = "FILE",
        }),
    ];

    public IReadOnlyList<Option> All => _files;

    public TlsFiles? Read(ParseResult parsed, ClientHost host)
    {
        var named = Files
            .Zip(
                _files,
                (file, option) =>
                {
                    var text = parsed.GetValue(option) ?? host.Variable(file.Variable);
                    return string.IsNullOrWhiteSpace(text) ? null : Path.GetFullPath(text);
                }
            )
            .ToList();
        return (named[0], named[1], named[2]) switch
        {
            (null, null, null) => null,
            ({ } certificate, var key, { } authority) => new(certificate, key ?? certificate, authority),
            _ => throw new WrongUsageException(
                $"TLS needs --tls-certificate and --tls-ca, and --tls-key unless the certificate's file holds the key; given: "
                    + $"{Seen(named)}. Give what is missing, or none of them (nor "
                    + $"{string.Join(", ", Files.Select(file => file.Variable))})."
            ),
        };
    }

    private static string Seen(List<string?> named) =>
        string.Join(
            ", ",
            Files
                .Zip(named, (file, path) => (file.Option, path))
                .Where(pair => pair.path is not null)
                .Select(pair => $"{pair.Option} {pair.path}")
        );
}
