using System.CommandLine;
using System.Globalization;
using OrderPlatform.Host.Configuration;
using OrderPlatform.Strategies.Publishing;

namespace OrderPlatform.Host.Commands;

/// <summary><c>publish &lt;config.yaml&gt;</c>: sends data and signals of a strategy file to an engine that runs elsewhere, with acknowledgements.</summary>
internal static class PublishCommand
{
    public static Command Create()
    {
        Argument<string> configuration = CommandLine.File("config", "Strategy file, YAML or JSON: its data, and the signals that its strategy makes of them.");
        var data = new Option<string?>("--data") { Description = "Market data file instead of the configured data." };
        var symbol = new Option<string?>("--symbol") { Description = "Symbol of --data, BASE/QUOTE; default: from the file's name, else as configured." };
        var channel = new Option<string>("--channel") { Required = true, Description = "The engine's door, as its configuration has it." };
        var publisher = new Option<uint>("--publisher") { Required = true, Description = "The publisher's id, as the engine's configuration has it." };
        var response = new Option<string?>("--response-channel") { Description = "Where answers come; default: a free port of this machine's address." };
        var key = new Option<string?>("--key-env") { Description = "Environment variable with the publisher's key, hexadecimal; default: no tokens." };
        var signals = new Option<bool>("--signals") { Description = "Send signals alone; the default." };
        var market = new Option<bool>("--market-data") { Description = "Send market data alone." };
        var both = new Option<bool>("--both") { Description = "Send both, each only when what came before it has been answered." };
        var pace = new Option<string>("--pace") { DefaultValueFactory = static _ => "max", Description = "max, 1x, or any multiple of the data's time." };
        var timeout = new Option<double>("--connect-timeout") { Description = "Seconds that an engine may be away.", DefaultValueFactory = static _ => 10 };
        var directory = new Option<string?>("--aeron-dir") { Description = "Directory of a media driver that runs; default: one in this process." };
        Option<uint?>[] address = [Number("--client"), Number("--strategy"), Number("--instrument")];
        var command = new Command("publish", "Send signals and market data to an engine that runs elsewhere, and wait for each answer.") { configuration };
        Option[] options = [data, symbol, channel, publisher, response, key, signals, market, both, pace, timeout, directory, .. address];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed => Failures.Guard(() => PublishRun.Execute(new PublishArguments(
            parsed.GetRequiredValue(configuration), parsed.GetValue(data), parsed.GetValue(symbol), parsed.GetRequiredValue(channel),
            parsed.GetValue(publisher), parsed.GetValue(response), ReadKey(parsed.GetValue(key)),
            ReadWhat(parsed.GetValue(signals), parsed.GetValue(market), parsed.GetValue(both)),
            PaceText.ParseReplay(parsed.GetRequiredValue(pace)), ReadTimeout(parsed.GetValue(timeout)), parsed.GetValue(directory),
            parsed.GetValue(address[0]), parsed.GetValue(address[1]), parsed.GetValue(address[2])))));
        return command;
    }

    private static Option<uint?> Number(string name) => new(name) { Description = $"The {name[2..]}'s id in the engine; default 1." };

    private static PublishedKinds ReadWhat(bool signals, bool market, bool both) => (signals, market, both) switch
    {
        (_, false, false) => PublishedKinds.Signals,
        (false, true, false) => PublishedKinds.MarketData,
        (false, false, true) => PublishedKinds.Both,
        _ => throw new ConfigurationException("--signals, --market-data and --both exclude each other: give one of them"),
    };

    private static TimeSpan ReadTimeout(double seconds) => seconds is > 0 and <= 3_600
        ? TimeSpan.FromSeconds(seconds)
        : throw new ConfigurationException(
            $"--connect-timeout is {seconds.ToString(CultureInfo.InvariantCulture)}; allowed are more than 0 and at most 3600 seconds");

    private static byte[]? ReadKey(string? variable)
    {
        if (variable is null)
        {
            return null;
        }

        string text = Environment.GetEnvironmentVariable(variable)
            ?? throw new ConfigurationException($"--key-env: there is no environment variable {variable}");
        try
        {
            byte[] key = Convert.FromHexString(text);
            return key.Length >= PublisherToken.KeyLengthMin
                ? key
                : throw new ConfigurationException($"--key-env: {variable} has {key.Length} bytes; a key has {PublisherToken.KeyLengthMin} or more");
        }
        catch (FormatException)
        {
            // What it holds is a secret: it is not repeated.
            throw new ConfigurationException($"--key-env: {variable} is no text of hexadecimal digits");
        }
    }
}

/// <summary>What is published.</summary>
[Flags]
internal enum PublishedKinds
{
    /// <summary>Signals.</summary>
    Signals = 1,

    /// <summary>Market data.</summary>
    MarketData = 2,

    /// <summary>Both.</summary>
    Both = Signals | MarketData,
}

/// <summary>What a user said to publish.</summary>
internal sealed record PublishArguments(
    string Configuration, string? Data, string? Symbol, string Channel, uint Publisher, string? ResponseChannel, byte[]? Key, PublishedKinds What, double? Pace,
    TimeSpan ConnectTimeout, string? AeronDirectory, uint? Client, uint? Strategy, uint? Instrument);
