using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Admin.Journals.Records;
using OrderPlatform.Admin.TimeTravel;
using OrderPlatform.Host.Commands;
using OrderPlatform.SbeTool.Inspection.Decoding;

namespace OrderPlatform.Admin.Journals.Snapshots;

/// <summary><c>snapshot show</c>: every row of every table of a state, as a snapshot has it.</summary>
internal static class SnapshotShow
{
    public static Command Create()
    {
        Argument<string> journal = JournalArgument.Create();
        var place = new Argument<string>("state")
        {
            Description = "A sequence, a time, end, or a snapshot's file.",
            DefaultValueFactory = static _ => SeenState.End
        };
        var table = new Option<string[]>("--table") { Description = "Only this table; can be given again." };
        var client = new Option<string?>("--client") { Description = "Only rows that are a client's, by name or number." };
        table.Validators.Add(static result =>
        {
            foreach (string text in result.Tokens.Select(static token => token.Value).Where(static text => !SnapshotRows.Tables.Contains(text,
                StringComparer.OrdinalIgnoreCase)))
            {
                result.AddError($"--table is '{text}': there is {string.Join(", ", SnapshotRows.Tables)}");
            }
        });
        var command = new Command(
            "show", "Every row of every table of a state, one on a line. Example: op-admin snapshot show journal/btc_ma_cross_v1 58000 --table Position --table Order") { journal, place, table, client };
        command.SetAction(parsed => Failures.Guard(() =>
        {
            using OpenPast past = OpenPast.Open(parsed.GetRequiredValue(journal));
            uint? only = parsed.GetValue(client) is { } text ? past.Names.Clients.Find(text) : null;
            SeenState state = SeenState.Read(past, parsed.GetRequiredValue(place));
            if (only is not null && state.Engine is null)
            {
                throw new ArgumentException($"--client: {state.What} cannot be restored, so nobody knows whose its rows are: {state.Refusal}");
            }

            RowKeys? keys = state.Engine is null ? null : new RowKeys(state.Engine.State, past.Names);
            string[] tables = parsed.GetValue(table) ?? [];
            var rows = SnapshotRows.Of(state.Content)
                .Where(row => tables.Length == 0 || tables.Contains(row.Table, StringComparer.OrdinalIgnoreCase))
                .Where(row => only is not { } wanted || keys!.ClientOf(row.Table, row.Row) == wanted);
            if (parsed.GetValue(Answer.JsonOption))
            {
                WriteJson(past.Journal, state, rows, keys);
            }
            else
            {
                WriteText(state, rows, keys);
            }

            return ExitCodes.Done;
        }));
        return command;
    }

    private static void WriteText(SeenState state, IEnumerable<(string Table, long Row, ReadOnlyMemory<byte> Bytes)> rows, RowKeys? keys)
    {
        DynamicDecoder decoder = PlatformSchema.Decoder();
        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16);
        output.WriteLine(state.What);
        if (state.Refusal is { } refusal)
        {
            output.WriteLine($"note: this build cannot restore it: {refusal}");
        }

        foreach ((string table, long row, ReadOnlyMemory<byte> bytes) in rows)
        {
            var text = new StringBuilder($"{table} {row}");
            if (keys?.Of(table, row) is { } key)
            {
                text.Append(" (").Append(key).Append(')');
            }

            decoder.Decode(bytes.Span, new TextFields(text));
            output.WriteLine(text);
        }
    }

    private static void WriteJson(string journal, SeenState state, IEnumerable<(string Table, long Row, ReadOnlyMemory<byte> Bytes)> rows, RowKeys? keys)
    {
        DynamicDecoder decoder = PlatformSchema.Decoder();
        using Stream output = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("command", "snapshot show");
            json.WriteString("journal", journal);
            json.WriteString("state", state.What);
            json.WriteString("refusal", state.Refusal);
            json.WriteStartArray("rows");
            foreach ((string table, long row, ReadOnlyMemory<byte> bytes) in rows)
            {
                json.WriteStartObject();
                json.WriteString("table", table);
                json.WriteNumber("row", row);
                json.WriteString("key", keys?.Of(table, row));
                json.WriteStartObject("fields");
                decoder.Decode(bytes.Span, new JsonFields(json));
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
