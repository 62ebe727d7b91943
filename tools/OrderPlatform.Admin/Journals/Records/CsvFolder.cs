using System.Text;
using OrderPlatform.Analytics;
using OrderPlatform.Messages;
using OrderPlatform.SbeTool.Inspection.Decoding;

namespace OrderPlatform.Admin.Journals.Records;

/// <summary>Records as CSV files, one for each kind of message, named after it. What cannot be read goes to <c>malformed.csv</c> with its bytes.</summary>
internal sealed class CsvFolder : IDisposable
{
    private const string Malformed = "malformed";

    private readonly string _folder;
    private readonly DynamicDecoder _decoder = PlatformSchema.Decoder();
    private readonly SortedDictionary<string, (StreamWriter File, long Rows)> _files = new(StringComparer.Ordinal);
    private readonly StringBuilder _line = new();
    private readonly CsvFields _fields;

    /// <summary>Makes the folder.</summary>
    /// <exception cref="ArgumentException">There are CSV files in it.</exception>
    public CsvFolder(string folder)
    {
        Directory.CreateDirectory(folder);
        if (Directory.EnumerateFiles(folder, "*.csv").FirstOrDefault() is { } file)
        {
            throw new ArgumentException($"{folder} has {Path.GetFileName(file)} already: give a new folder, or an empty one");
        }

        _folder = folder;
        _fields = new CsvFields(_line);
    }

    /// <summary>The files and how many rows each has.</summary>
    public IEnumerable<(string Name, long Rows)> Files => _files.Select(static file => (file.Key + ".csv", file.Value.Rows));

    /// <summary>Writes a record.</summary>
    public void Write(in ShownRecord record, ReadOnlySpan<byte> message)
    {
        Begin(record);
        try
        {
            _decoder.Decode(message, _fields);
            Append(MessagesSchema.TemplateName(record.TemplateId), CsvFields.ColumnsOf(PlatformSchema.MessageOf(record.TemplateId)!));
        }
        catch (MessageFormatException problem)
        {
            _fields.Reset();
            Begin(record);
            _fields.Cell(record.TemplateId.ToString(System.Globalization.CultureInfo.InvariantCulture));
            _fields.Cell(problem.Reason);
            _fields.Cell(Convert.ToHexStringLower(message));
            Append(Malformed, ["templateId", "reason", "bytes"]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _fields.Dispose();
        foreach ((StreamWriter file, _) in _files.Values)
        {
            file.Dispose();
        }
    }

    private void Begin(in ShownRecord record)
    {
        _line.Clear().Append(record.Sequence);
        _fields.Cell(TimeText.Iso(record.TimestampNanos));
        _fields.Cell(record.Kind switch { RecordKind.Input => "input", RecordKind.Control => "control", _ => "output" });
        _fields.Cell(record.Source == 0 ? null : record.Source.ToString());
        _fields.Cell(record.Sender);
    }

    private void Append(string name, IEnumerable<string> columns)
    {
        if (!_files.TryGetValue(name, out (StreamWriter File, long Rows) file))
        {
            file = (new StreamWriter(Path.Combine(_folder, name + ".csv"), append: false, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" }, 0);

            // Fields of a message may have these names, too.
            file.File.WriteLine(string.Join(',', ((string[])["recordSequence", "recordTime", "recordKind", "recordSource", "recordSender"]).Concat(columns)));
        }

        file.File.WriteLine(_line);
        _files[name] = (file.File, file.Rows + 1);
    }
}
