using System.CommandLine;
using OrderPlatform.Host.Configuration;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Host.Commands;

/// <summary>What a user said of a replay.</summary>
internal sealed record ReplayArguments
{
    /// <summary>The journal's folder.</summary>
    public required string Journal { get; init; }

    /// <summary>Folder of the report's files, or null for none.</summary>
    public string? Out { get; init; }

    /// <summary>Whether to start from the newest usable snapshot.</summary>
    public bool FromSnapshot { get; init; }

    /// <summary>Inputs between two snapshots, or null for none.</summary>
    public long? SnapshotEvery { get; init; }

    /// <summary>What is looked at.</summary>
    public ReplayRange Range { get; init; } = ReplayRange.Whole;

    /// <summary>Recorded time per real time, or null for full speed.</summary>
    public double? Pace { get; init; }

    /// <summary>Whether the outputs of the range are printed.</summary>
    public bool PrintsOutputs { get; init; }

    /// <summary>Where the digests of the range go, or null.</summary>
    public string? WriteDigests { get; init; }

    /// <summary>Inputs between two digests of the state, or null for the default.</summary>
    public int? StateEvery { get; init; }

    /// <summary>A digest file or a journal to compare with, or null.</summary>
    public string? Against { get; init; }

    /// <summary>Whether there is a report: it needs every input from the first on, and takes its time.</summary>
    public bool HasReport => !FromSnapshot && Range.From is null && WriteDigests is null && Against is null;
}

/// <summary>The arguments and options of replay.</summary>
internal sealed class ReplayOptions
{
    private readonly Argument<string> _journal = CommandLine.File("journal", "Folder of a journal.");
    private readonly Option<string?> _out = new("--out") { Description = "Folder of report.html and the CSV files; default: none are written." };
    private readonly Option<bool> _fromSnapshot = new("--from-snapshot")
    {
        Description = "Start from the newest usable snapshot: final sequence and digest, but no report, which needs the whole journal.",
    };

    private readonly Option<long?> _snapshotEvery = SnapshotReplay.EveryOption();
    private readonly Option<string?> _from = new("--from")
    {
        Description = "Look at what comes from here on: a sequence, or a UTC time such as 2025-01-31T12:00:00Z.",
    };

    private readonly Option<string?> _to = new("--to") { Description = "Stop behind this sequence or time: final sequence and digest are those of there." };
    private readonly Option<string> _pace = new("--pace")
    {
        Description = "Feed the range at a multiple of recorded time, 1x, 10x, 1000x; default: max.",
        DefaultValueFactory = static _ => "max",
    };

    private readonly Option<bool> _printOutputs = new("--print-outputs") { Description = "Print each output of the range on a line: sequence, time, message." };
    private readonly Option<string?> _writeDigests = new("--write-digests")
    {
        Description = "Write the digests of the range into this new file, for --against with another build.",
    };

    private readonly Option<int?> _stateEvery = new("--state-every")
    {
        Description = "With --write-digests: inputs between two digests of the state; default: 1024.",
    };

    private readonly Option<string?> _against = new("--against")
    {
        Description = "Name the first input where this replay parts from a digest file of another build, or from another journal."
            + " Exit code 0: they agree, 3: they part.",
    };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_journal);
        foreach (Option option in new Option[] { _out, _from, _to, _pace, _printOutputs, _writeDigests, _stateEvery, _against, _fromSnapshot, _snapshotEvery })
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="ConfigurationException">A value is out of range.</exception>
    /// <exception cref="ArgumentException">Options do not go together.</exception>
    public ReplayArguments Read(ParseResult parsed)
    {
        var arguments = new ReplayArguments
        {
            Journal = parsed.GetRequiredValue(_journal),
            Out = parsed.GetValue(_out),
            FromSnapshot = parsed.GetValue(_fromSnapshot),
            SnapshotEvery = parsed.GetValue(_snapshotEvery),
            Range = new ReplayRange(ParsePlace("--from", parsed.GetValue(_from)), ParsePlace("--to", parsed.GetValue(_to))),
            Pace = PaceText.ParseReplay(parsed.GetRequiredValue(_pace)),
            PrintsOutputs = parsed.GetValue(_printOutputs),
            WriteDigests = parsed.GetValue(_writeDigests),
            StateEvery = parsed.GetValue(_stateEvery),
            Against = parsed.GetValue(_against),
        };
        if (arguments is { Out: not null, HasReport: false })
        {
            throw new ArgumentException("--out needs the whole journal: leave --from-snapshot, --from, --write-digests and --against away, or --out");
        }

        if (arguments.StateEvery is { } every && (every < 1 || arguments.WriteDigests is null))
        {
            throw new ArgumentException(every < 1
                ? $"--state-every is {every}, give 1 or more inputs"
                : "--state-every needs --write-digests: a comparison takes the states that the file has");
        }

        return arguments;
    }

    private static ReplayPlace? ParsePlace(string option, string? text) => text is null ? null
        : ReplayPlace.TryParse(text, out ReplayPlace place) ? place
        : throw new ConfigurationException($"{option} is '{text}'; allowed are a sequence from 1, and a UTC time such as 2025-01-31 or 2025-01-31T12:00:00.5Z");
}
