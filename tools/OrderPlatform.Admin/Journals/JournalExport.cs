using System.CommandLine;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Admin.Journals.Records;
using OrderPlatform.Engine;
using OrderPlatform.Host.Commands;
using OrderPlatform.Runtime.Past;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Admin.Journals;

/// <summary><c>journal export</c>: records for other programs, as CSV or JSON lines.</summary>
internal static class JournalExport
{
    public static Command Create()
    {
        Argument<string> journal = JournalArgument.Create();
        var options = new RecordOptions();
        var csv = new Option<string?>("--csv") { Description = "Into this folder, a file for each kind of message; groups are cells of JSON." };
        var jsonl = new Option<string?>("--jsonl") { Description = "Into this file, one JSON object a line." };
        var outputs = new Option<bool>("--outputs") { Description = "What the engine made of each input, too, by a replay." };
        var command = new Command(
            "export",
            "Records for other programs; decimals have all their digits. Example: op-admin journal export journal/btc_ma_cross_v1 --csv month --template Signal --template ExecutionReport")
        {
            journal, csv, jsonl, outputs,
        };
        options.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(csv) is null == result.GetValue(jsonl) is null)
            {
                result.AddError("export needs either --csv <folder> or --jsonl <file>");
            }
        });
        command.SetAction(parsed => Failures.Guard(() =>
        {
            string folder = JournalArgument.Resolve(parsed.GetRequiredValue(journal));
            RecordFilter filter = options.Filter(parsed, JournalNames.Read(folder, JournalArgument.ReadingOf(folder, out _)));
            ReplayRange range = options.Range(parsed);
            bool hasOutputs = parsed.GetValue(outputs);
            var walk = new RecordWalk
            {
                Journal = folder,
                From = range.From,
                To = range.To,
                HasEngine = hasOutputs || filter.NeedsEngine,
                HasOutputs = hasOutputs,
            };
            var answer = new Answer("journal export", folder);
            using var stop = new StopSignal();
            if (parsed.GetValue(csv) is { } to)
            {
                ToCsv(walk, filter, to, answer, stop.Token);
            }
            else
            {
                ToLines(walk, filter, parsed.GetValue(jsonl)!, answer, stop.Token);
            }

            if (walk.Torn is { } torn)
            {
                answer.Note(TornText.Of(torn));
            }

            return stop.Token.IsCancellationRequested ? Failures.Cancelled : answer.Write(parsed);
        }));
        return command;
    }

    private static void ToCsv(RecordWalk walk, RecordFilter filter, string to, Answer answer, CancellationToken cancellation)
    {
        using var folder = new CsvFolder(to);
        walk.Run((in ShownRecord record, ReadOnlySpan<byte> message, BusinessLogicProcessor? engine) =>
        {
            if (filter.Wants(record, message, engine))
            {
                folder.Write(record, message);
            }

            return !cancellation.IsCancellationRequested;
        });
        answer.Fact("folder", "folder", Value.Text(to));
        answer.Fact("records", "records", Value.Number(folder.Files.Sum(static file => file.Rows)));
        AnswerTable files = answer.Table("files", "", "file", "rows");
        foreach ((string name, long rows) in folder.Files)
        {
            files.Row(Value.Text(name), Value.Number(rows));
        }
    }

    private static void ToLines(RecordWalk walk, RecordFilter filter, string to, Answer answer, CancellationToken cancellation)
    {
        using var file = new FileStream(to, FileMode.CreateNew, FileAccess.Write);
        using var output = new RecordOutput(file, isJson: true, isPipe: false);
        walk.Run((in ShownRecord record, ReadOnlySpan<byte> message, BusinessLogicProcessor? engine) =>
        {
            if (filter.Wants(record, message, engine))
            {
                output.Write(record, message);
            }

            return !cancellation.IsCancellationRequested;
        });
        answer.Fact("file", "file", Value.Text(to));
        answer.Fact("records", "records", Value.Number(output.Count));
    }
}
