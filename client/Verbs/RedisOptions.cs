using System.CommandLine;
using NeuroTrails.Client.Cli;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Verbs;

/// <summary>Options by which silos and clients find the cluster's Redis server. A password is never taken from the command line, which
/// everybody on the machine can read.</summary>
internal sealed class RedisOptions
{
    public const string Variable = "NEUROTRAILS_REDIS";

    private const string UserVariable = "NEUROTRAILS_REDIS_USER";
    private const string PasswordVariable = "NEUROTRAILS_REDIS_PASSWORD";

    private readonly Option<string?> _redis = new("--redis")
    {
        Description = $"Redis server in which the cluster meets; default ${Variable}",
        HelpName = "HOST:PORT",
    };
    private readonly Option<string?> _user = new("--redis-user")
    {
        Description = $"Its user; default ${UserVariable}, or its default user",
        HelpName = "NAME",
    };
    private readonly Option<string?> _password = new("--redis-password-file")
    {
        Description = $"File with the user's password; default ${PasswordVariable}",
        HelpName = "FILE",
    };
    private readonly Option<bool> _tls = new("--redis-tls") { Description = "Talks to it over TLS" };
    private readonly Option<string?> _authority = new("--redis-ca")
    {
        Description = "Certificates of the authority that signed its own, PEM; means --redis-tls",
        HelpName = "FILE",
    };

    public IReadOnlyList<Option> All => [_redis, _user, _password, _tls, _authority];

    public bool IsTyped(ParseResult parsed) => parsed.GetResult(_redis) is { Implicit: false };

    public RedisServer? Read(ParseResult parsed, ClientHost host, bool orVariable = true)
    {
        if (
            (parsed.GetValue(_redis) ?? (orVariable ? host.Variable(Variable) : null)) is not { } endpoint
            || string.IsNullOrWhiteSpace(endpoint)
        )
        {
            return All.Skip(1).FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } stray
                ? throw new WrongUsageException(
                    $"{stray.Name} says how to use a Redis server; name the server by --redis HOST:PORT, or leave {stray.Name} out."
                )
                : null;
        }

        var authority = parsed.GetValue(_authority);
        return new(endpoint)
        {
            User = parsed.GetValue(_user) ?? host.Variable(UserVariable),
            Password = parsed.GetValue(_password) is { } file ? ReadPassword(file) : host.Variable(PasswordVariable),
            Tls = parsed.GetValue(_tls) || authority is not null,
            Authority = authority is null ? null : Path.GetFullPath(authority),
        };
    }

    private static string ReadPassword(string file)
    {
        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"--redis-password-file {file} cannot be read: {fault.Message.TrimEnd('.')}. Give a file that holds the password alone.",
                fault
            );
        }
    }
}
