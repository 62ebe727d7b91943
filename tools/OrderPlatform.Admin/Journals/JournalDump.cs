using System.CommandLine;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Admin.Journals.Records;
using OrderPlatform.Engine;
using OrderPlatform.Host.Commands;
using OrderPlatform.Runtime.Past;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Admin.Journals;

/// <summary><c>journal dump</c>: records field by field, one on a line.</summary>
internal static class JournalDump
{
    public static Command Create()
    {
        Argument<string> journal = JournalArgument.Create();
        var options = new RecordOptions();
        var limit = new Option<long?>("--limit") { Description = "So many records at most." };
        var outputs = new Option<bool>("--outputs") { Description = "What the engine made of each input, too, by a replay." };
        var command = new Command(
            "dump",
            "Records field by field, one on a line: sequence, time, message; '#' begins a control record, '>' an output. With --json one object a line. Example: "
            + "op-admin journal dump journal/btc_ma_cross_v1 --template ExecutionReport --from 2025-01-20 --limit 5")
        {
            journal, limit, outputs,
        };
        options.AddTo(command);
        limit.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && long.TryParse(text, out long count) && count < 1)
            {
                result.AddError($"--limit is {count}: give 1 or more records");
            }
        });
        command.SetAction(parsed => Failures.Guard(() => Run(
            JournalArgument.Resolve(parsed.GetRequiredValue(journal)), options, parsed, parsed.GetValue(limit) ?? long.MaxValue, parsed.GetValue(outputs))));
        return command;
    }

    private static int Run(string journal, RecordOptions options, ParseResult parsed, long limit, bool hasOutputs)
    {
        RecordFilter filter = options.Filter(parsed, JournalNames.Read(journal, JournalArgument.ReadingOf(journal, out _)));
        ReplayRange range = options.Range(parsed);
        var walk = new RecordWalk
        {
            Journal = journal,
            From = range.From,
            To = range.To,
            HasEngine = hasOutputs || filter.NeedsEngine,
            HasOutputs = hasOutputs,
        };
        using var stop = new StopSignal();
        using (var output = new RecordOutput(Console.OpenStandardOutput(), parsed.GetValue(Answer.JsonOption), isPipe: true))
        {
            walk.Run((in ShownRecord record, ReadOnlySpan<byte> message, BusinessLogicProcessor? engine) =>
            {
                if (filter.Wants(record, message, engine))
                {
                    output.Write(record, message);
                }

                return output.Count < limit && !output.IsClosed && !stop.Token.IsCancellationRequested;
            });
        }

        if (walk.Torn is { } torn)
        {
            Console.Error.WriteLine($"note: {TornText.Of(torn)}");
        }

        return stop.Token.IsCancellationRequested ? Failures.Cancelled : ExitCodes.Done;
    }
}
