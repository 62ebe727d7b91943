using System.CommandLine;
using System.Globalization;
using OrderPlatform.Admin.Journals.Records;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Past;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Admin.Journals;

/// <summary>The options with which records are chosen.</summary>
internal sealed class RecordOptions
{
    private readonly Option<string[]> _template = new("--template")
    {
        Description = "Only these messages, by name or number; can be given again.",
        AllowMultipleArgumentsPerToken = false
    };
    private readonly Option<string?> _client = new("--client") { Description = "Only what is about a client, by name or number; reports of its orders, too." };
    private readonly Option<string?> _instrument = new("--instrument") { Description = "Only what is about an instrument, by symbol or number." };
    private readonly Option<ulong?> _order = new("--order") { Description = "Only what names an order, by our id, and the input that decided it." };
    private readonly Option<string?> _from = PlaceOption.Create("--from", "The first record: a sequence or a time.");
    private readonly Option<string?> _to = PlaceOption.Create("--to", "The last record: a sequence or a time.");

    public RecordOptions() => _template.Validators.Add(static result =>
    {
        foreach (string text in result.Tokens.Select(static token => token.Value).Where(static text => TemplateOf(text) is null))
        {
            result.AddError($"--template is '{text}': the schema has no such message; give a name as ExecutionReport, or its number as 31");
        }
    });

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_template);
        command.Options.Add(_client);
        command.Options.Add(_instrument);
        command.Options.Add(_order);
        command.Options.Add(_from);
        command.Options.Add(_to);
    }

    /// <summary>What was chosen.</summary>
    /// <exception cref="ArgumentException">There is no such client or instrument.</exception>
    public RecordFilter Filter(ParseResult parsed, JournalNames names)
    {
        string[] templates = parsed.GetValue(_template) ?? [];
        return new RecordFilter
        {
            Templates = templates.Length == 0 ? null : templates.Select(static text => TemplateOf(text)!.Value).ToHashSet(),
            Client = parsed.GetValue(_client) is { } client ? names.Clients.Find(client) : null,
            Instrument = parsed.GetValue(_instrument) is { } instrument ? names.Instruments.Find(instrument) : null,
            Order = parsed.GetValue(_order),
        };
    }

    /// <summary>The range.</summary>
    /// <exception cref="ArgumentException">It ends before it begins.</exception>
    public ReplayRange Range(ParseResult parsed) => new(PlaceOption.Read(parsed.GetValue(_from)), PlaceOption.Read(parsed.GetValue(_to)));

    private static ushort? TemplateOf(string text)
    {
        foreach (ushort id in MessagesSchema.TemplateIds)
        {
            if (string.Equals(MessagesSchema.TemplateName(id), text, StringComparison.OrdinalIgnoreCase) || id.ToString(CultureInfo.InvariantCulture) == text)
            {
                return id;
            }
        }

        return null;
    }
}
