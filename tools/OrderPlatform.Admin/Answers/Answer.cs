using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace OrderPlatform.Admin.Answers;

/// <summary>What a verb answers: facts, tables and notes, for people as text, for programs as one JSON object.</summary>
/// <param name="command">The verb.</param>
/// <param name="journal">The journal it is about, or null.</param>
internal sealed class Answer(string command, string? journal)
{
    // A page that goes to a file or a pipe is not cut to a screen.
    private const int PipedWidth = 4_000;

    // Of a table's border style.
    private const int ColumnGap = 3;

    private static readonly JsonWriterOptions Json = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<(string Key, string Label, Value Value)> _facts = [];
    private readonly List<AnswerTable> _tables = [];
    private readonly List<string> _notes = [];

    /// <summary><c>--json</c>, of every verb.</summary>
    public static readonly Option<bool> JsonOption = new("--json") { Description = "One JSON object instead of text.", Recursive = true };

    /// <summary>Adds a fact: one value under a key.</summary>
    public Answer Fact(string key, string label, Value value)
    {
        _facts.Add((key, label, value));
        return this;
    }

    /// <summary>Adds a table.</summary>
    public AnswerTable Table(string key, string title, params Column[] columns)
    {
        var table = new AnswerTable(key, title, columns);
        _tables.Add(table);
        return table;
    }

    /// <summary>Adds a sentence that whoever reads the answer should know.</summary>
    public Answer Note(string text)
    {
        _notes.Add(text);
        return this;
    }

    /// <summary>Prints it as the command line asks for.</summary>
    /// <returns>The exit code that it is given.</returns>
    public int Write(ParseResult parsed, int exitCode = ExitCodes.Done)
    {
        if (parsed.GetValue(JsonOption))
        {
            WriteJson(Console.Out);
        }
        else
        {
            WriteText(Console.Out);
        }

        return exitCode;
    }

    /// <summary>As one JSON object.</summary>
    public void WriteJson(TextWriter output)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Json))
        {
            json.WriteStartObject();
            json.WriteString("command", command);
            if (journal is not null)
            {
                json.WriteString("journal", journal);
            }

            WriteFacts(json);
            foreach (AnswerTable table in _tables)
            {
                WriteTable(json, table);
            }

            WriteNotes(json);
            json.WriteEndObject();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }

    /// <summary>For people.</summary>
    public void WriteText(TextWriter output)
    {
        if (_facts.Count > 0)
        {
            int width = _facts.Max(static fact => fact.Label.Length) + 2;
            foreach ((_, string label, Value value) in _facts)
            {
                output.WriteLine($"{label.PadRight(width)}{value}");
            }
        }

        bool isScreen = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = isScreen ? AnsiSupport.Detect : AnsiSupport.No });
        if (!isScreen)
        {
            console.Profile.Width = PipedWidth;
        }

        foreach (AnswerTable table in _tables)
        {
            output.WriteLine();
            WriteTable(console, output, table);
        }

        if (_notes.Count > 0)
        {
            output.WriteLine();
        }

        foreach (string note in _notes)
        {
            output.WriteLine($"note: {note}");
        }
    }

    private static void WriteTable(IAnsiConsole console, TextWriter output, AnswerTable table)
    {
        if (table.Title.Length > 0)
        {
            output.WriteLine(table.Rows.Count == 0 ? $"{table.Title}: none" : table.Title);
        }

        if (table.Rows.Count == 0)
        {
            return;
        }

        // A column in which nothing stands tells nothing.
        int[] places = [.. Enumerable.Range(0, table.Columns.Count).Where(place => table.Rows.Any(row => row[place] != Value.None))];
        int width = places.Sum(place => ColumnGap + Math.Max(table.Columns[place].Heading.Length, table.Rows.Max(row => row[place].ToString().Length)));
        if (places.Length == 1 || width > console.Profile.Width)
        {
            WriteBlocks(output, table, places);
            return;
        }

        var shown = new Table().Border(TableBorder.Simple);
        foreach (int place in places)
        {
            var column = new TableColumn(Markup.Escape(table.Columns[place].Heading)) { NoWrap = true };
            shown.AddColumn(table.Rows.Any(row => row[place].IsNumeric) ? column.RightAligned() : column);
        }

        foreach (Value[] row in table.Rows)
        {
            shown.AddRow(places.Select(place => Markup.Escape(row[place].ToString())).ToArray());
        }

        Write(console, shown);
    }

    // Without the empty rows of the border's top and bottom, and without spaces at the ends of lines.
    private static void Write(IAnsiConsole console, Table table)
    {
        IEnumerable<SegmentLine> lines = Segment.SplitLines(((IRenderable)table).Render(RenderOptions.Create(console), console.Profile.Width));
        foreach (SegmentLine line in lines)
        {
            string text = string.Concat(line.Select(static segment => segment.Text)).TrimEnd();
            if (text.Length > 0)
            {
                console.Profile.Out.Writer.WriteLine(text);
            }
        }
    }

    // What is wider than the screen cannot be read as a table: a block for each row, a line for each of its values.
    private static void WriteBlocks(TextWriter output, AnswerTable table, int[] places)
    {
        int width = places.Length == 1 ? 0 : places.Max(place => table.Columns[place].Heading.Length) + 2;
        foreach (Value[] row in table.Rows)
        {
            if (places.Length > 1)
            {
                output.WriteLine();
            }

            foreach (int place in places.Where(place => row[place] != Value.None))
            {
                output.WriteLine($"  {(places.Length == 1 ? "" : table.Columns[place].Heading.PadRight(width))}{row[place]}");
            }
        }
    }

    private void WriteFacts(Utf8JsonWriter json)
    {
        foreach ((string key, _, Value value) in _facts)
        {
            json.WritePropertyName(key);
            value.Write(json);
        }
    }

    private static void WriteTable(Utf8JsonWriter json, AnswerTable table)
    {
        json.WriteStartArray(table.Key);
        foreach (Value[] row in table.Rows)
        {
            json.WriteStartObject();
            for (int i = 0; i < row.Length; i++)
            {
                json.WritePropertyName(table.Columns[i].Key);
                row[i].Write(json);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteNotes(Utf8JsonWriter json)
    {
        if (_notes.Count == 0)
        {
            return;
        }

        json.WriteStartArray("notes");
        foreach (string note in _notes)
        {
            json.WriteStringValue(note);
        }

        json.WriteEndArray();
    }
}
