using System.CommandLine;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Admin.Journals.Records;
using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Admin.Journals;

/// <summary><c>journal tail</c>: the newest records, and with <c>--follow</c> those that a running engine writes.</summary>
internal static class JournalTailCommand
{
    private const int LookEveryMilliseconds = 20;

    public static Command Create()
    {
        Argument<string> journal = JournalArgument.Create();
        var last = new Option<long>("--last", "-n")
        {
            Description = "Of so many inputs, with the control records between them.",
            DefaultValueFactory = static _ => 10
        };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on with what is written, until Ctrl+C." };
        var count = new Option<long?>("--count") { Description = "End after so many records." };
        var command = new Command("tail", "The newest records. Example: op-admin journal tail journal/btc_ma_cross_v1 -n 3 --follow")
        {
            journal, last, follow, count,
        };
        last.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && long.TryParse(text, out long number) && number < 0)
            {
                result.AddError($"-n is {number}: give 0 or more inputs");
            }
        });
        count.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && long.TryParse(text, out long number) && number < 1)
            {
                result.AddError($"--count is {number}: give 1 or more records");
            }
        });
        command.SetAction(parsed => Failures.Guard(() =>
        {
            string folder = JournalArgument.Resolve(parsed.GetRequiredValue(journal));
            using var output = new RecordOutput(Console.OpenStandardOutput(), parsed.GetValue(Answer.JsonOption), isPipe: true);
            return Run(folder, parsed.GetValue(last), parsed.GetValue(follow), parsed.GetValue(count) ?? long.MaxValue, output);
        }));
        return command;
    }

    private static int Run(string journal, long last, bool follows, long count, RecordOutput output)
    {
        JournalReaderOptions reading = JournalArgument.ReadingOf(journal, out _);
        long end = LastOf(journal, reading);
        using var stop = new StopSignal();
        using JournalReader reader = OpenAt(journal, reading with { IsFollowing = reading.IsFollowing || follows }, Math.Max(0, end - last) + 1);
        while (output.Count < count && !output.IsClosed && !stop.Token.IsCancellationRequested)
        {
            if (reader.TryRead(out JournalRecord record))
            {
                output.Write(RecordWalk.ShownOf(record), record.IsControl ? record.Payload : JournaledInput.MessageOf(record));
                continue;
            }

            output.Flush();
            if (!follows)
            {
                if (reader.Torn is { } torn)
                {
                    Console.Error.WriteLine($"note: {TornText.Of(torn)}");
                }

                return ExitCodes.Done;
            }

            stop.Token.WaitHandle.WaitOne(LookEveryMilliseconds);
        }

        return stop.Token.IsCancellationRequested ? Failures.Cancelled : ExitCodes.Done;
    }

    // Of the newest segment alone, however long the journal is.
    private static long LastOf(string journal, JournalReaderOptions reading)
    {
        using JournalReader reader = JournalReader.Open(journal, reading with { FromSequence = long.MaxValue });
        while (reader.TryRead(out _))
        {
        }

        return reader.LastSequence;
    }

    private static JournalReader OpenAt(string journal, JournalReaderOptions reading, long sequence)
    {
        try
        {
            return JournalReader.Open(journal, reading with { FromSequence = sequence });
        }
        catch (JournalException failure) when (failure.Kind == JournalFault.MissingSegment)
        {
            // The oldest segments are gone: all that there is is fewer.
            return JournalReader.Open(journal, reading with { FromSequence = 0 });
        }
    }
}
