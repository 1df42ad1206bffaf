using System.CommandLine;
using System.Globalization;
using System.Text;
using NeuroTrails.Client.Cli;
using NeuroTrails.Client.Display;
using NeuroTrails.Running;

namespace NeuroTrails.Client.Verbs;

/// <summary><c>generate</c>: goes on with a text.</summary>
internal sealed class GenerateVerb : IVerb
{
    private readonly Option<string> _run = SharedOptions.Run();
    private readonly Option<string> _checkpoint = SharedOptions.Checkpoint();
    private readonly Option<string> _prompt = new("--prompt")
    {
        Description = "The text to go on with",
        HelpName = "TEXT",
        Required = true,
    };
    private readonly Option<int> _tokens = new("--tokens")
    {
        Description = "Tokens to add, 1 to 1,000,000; 300 unless given",
        HelpName = "N",
        DefaultValueFactory = _ => 300,
    };
    private readonly Option<double> _temperature = new("--temperature")
    {
        Description = "0 takes the most probable token each time, 1 draws as the ensemble expects; 0.8 unless given",
        HelpName = "T",
        DefaultValueFactory = _ => 0.8,
    };
    private readonly Option<double> _topP = new("--top-p")
    {
        Description = "Draws among the most probable tokens that together have this probability, above 0, at most 1; 0.95 unless given",
        HelpName = "P",
        DefaultValueFactory = _ => 0.95,
    };
    private readonly Option<long> _seed = new("--seed")
    {
        Description = "Seed of the draws; 1 unless given",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };
    private readonly Option<string?> _device = SharedOptions.Device();

    /// <inheritdoc/>
    public string Name => "generate";

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples { get; } =
    ["generate --run runs/shakespeare --prompt 'ROMEO:'", "generate --run runs/shakespeare --prompt 'ROMEO:' --temperature 0 --tokens 80"];

    /// <inheritdoc/>
    public Command Build(ClientHost host)
    {
        return new Command(Name, "Goes on with a text, by the mean of the heads' probabilities")
        {
            _run,
            _prompt,
            _tokens,
            _temperature,
            _topP,
            _seed,
            _checkpoint,
            _device,
        }.Reading(host, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, ClientHost host, CancellationToken stop)
    {
        if (parsed.GetValue(_prompt)!.Length == 0)
        {
            throw new UserErrorException("--prompt is empty; allowed: a text of one character or more to go on with.");
        }

        var request = new GenerationRequest(
            SharedOptions.ExistingRun(parsed.GetValue(_run), "--run"),
            SharedOptions.ReadCheckpoint(parsed.GetValue(_checkpoint)),
            Encoding.UTF8.GetBytes(parsed.GetValue(_prompt)!),
            Within("--tokens", parsed.GetValue(_tokens), 1, 1_000_000),
            Within("--temperature", parsed.GetValue(_temperature), 0, 100),
            Within("--top-p", parsed.GetValue(_topP), 1e-9, 1),
            parsed.GetValue(_seed),
            parsed.GetValue(_device)
        );
        // Nothing of a text is shown before it is known that it can be gone on with.
        var shown = parsed.GetValue(_prompt);

        // A character may take several tokens.
        var (decoder, letters) = (Encoding.UTF8.GetDecoder(), new char[8]);
        var text = await host.Engine()
            .GenerateAsync(
                request,
                new Notices(host, new(parsed)),
                bytes =>
                {
                    host.Output.Write(shown);
                    shown = null;
                    host.Output.Write(letters.AsSpan(0, decoder.GetChars(bytes, letters, flush: false)));
                    host.Output.Flush();
                },
                stop
            );
        host.Output.WriteLine();
        var heads = text.Disagreement is { } share
            ? string.Create(CultureInfo.InvariantCulture, $"; heads had different favourites at {share:P0} of the positions")
            : string.Empty;
        host.Output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"({Readable.Count(text.Tokens, "token")} by the weights of step {text.Step}, {text.Surprise:0.00} nats each{heads})"
            )
        );
        return ExitCode.Success;
    }

    private static T Within<T>(string option, T value, T least, T most)
        where T : struct, IComparable<T>, IFormattable =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
            ? value
            : throw new UserErrorException(
                string.Create(CultureInfo.InvariantCulture, $"{option}: {value} is not possible; allowed: {least} to {most}.")
            );
}
