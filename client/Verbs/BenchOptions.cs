using System.CommandLine;
using System.Globalization;

namespace NeuroTrails.Client.Verbs;

/// <summary>Options that the benchmarks have in common.</summary>
internal static class BenchOptions
{
    public static Option<int> Count(string name, string description, int usual, int least, int most = int.MaxValue)
    {
        var allowed = most == int.MaxValue ? $"at least {least}" : $"{least} to {most}";
        var option = new Option<int>(name)
        {
            Description = $"{description}, {allowed}",
            HelpName = "N",
            DefaultValueFactory = _ => usual,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && long.TryParse(result.Tokens[0].Value, out var value) && (value < least || value > most))
            {
                result.AddError($"{name}: {value} is not allowed; allowed is a whole number {allowed}");
            }
        });
        return option;
    }

    public static Option<double> Density()
    {
        var option = new Option<double>("--density")
        {
            Description = "Share of the masked weights that is active, above 0, at most 1",
            HelpName = "SHARE",
            DefaultValueFactory = _ => 0.2,
        };
        option.Validators.Add(result =>
        {
            if (
                result.Tokens.Count == 1
                && double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var density)
                && !(density > 0 && density <= 1)
            )
            {
                result.AddError($"--density: {result.Tokens[0].Value} is not allowed; allowed is a number above 0, at most 1");
            }
        });
        return option;
    }

    public static Option<string> Device() =>
        new("--device")
        {
            Description = "cpu or cuda:N",
            HelpName = "DEVICE",
            DefaultValueFactory = _ => "cpu",
        };
}
