using System.CommandLine;
using System.Text;
using System.Text.RegularExpressions;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Admin.Journals.Records;
using OrderPlatform.Engine;
using OrderPlatform.Host.Commands;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Minimising;
using OrderPlatform.Runtime.Past;
using OrderPlatform.Runtime.Past.Predicates;

namespace OrderPlatform.Admin.Journals.Minimising;

/// <summary>
/// <c>minimise &lt;journal&gt; "&lt;predicate&gt;" --out &lt;folder&gt;</c>: the few inputs that still show a state, as a journal of their own (N8).
/// </summary>
internal static partial class MinimiseCommand
{
    private const string Example = "Example: op-admin minimise journal/btc_ma_cross_v1 \"position('ikenna', 'BTCUSDT') < 0\" --out repro --redact";

    public static Command Create()
    {
        Argument<string> journal = JournalArgument.Create();
        var text = new Argument<string>("predicate") { Description = $"The state: position('ikenna', 'BTCUSDT') < 0. There is {Functions.Signatures}." };
        var to = new Option<string>("--out") { Description = "A new folder for the journal of the inputs that are left.", Required = true };
        var redact = new Option<bool>("--redact") { Description = "Take out names, reasons and the numbers that clients and venues gave; what stands for what is printed, for you alone." };
        var shift = new Option<bool>("--shift-time") { Description = "With --redact: the first day becomes 2000-01-01." };
        var trials = new Option<int>("--trials")
        {
            Description = "The most trials; then the best so far is the result, as after Ctrl+C.",
            DefaultValueFactory = static _ => new MinimiserOptions().TrialsMax
        };
        trials.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var given }] && int.TryParse(given, out int number) && number < 0)
            {
                result.AddError($"--trials is {number}: give 0 or more");
            }
        });
        var command = new Command("minimise", $"Cut a journal to the few inputs after which something is still so. {Example}") { journal, text, to, redact,
            shift, trials };
        command.Validators.Add(result =>
        {
            if (result.GetValue(shift) && !result.GetValue(redact))
            {
                result.AddError("--shift-time goes with --redact");
            }
        });
        command.SetAction(parsed => Failures.Guard(() =>
        {
            var run = new MinimiseRun(JournalArgument.Resolve(parsed.GetRequiredValue(journal)), parsed.GetRequiredValue(text), parsed.GetRequiredValue(to));
            return Run(run, parsed.GetValue(trials), parsed.GetValue(redact) ? new Redacting(parsed.GetValue(shift)) : null, parsed);
        }));
        return command;
    }

    private static int Run(MinimiseRun run, int trials, Redacting? redacting, ParseResult parsed)
    {
        run.Require();
        if (Moving().Match(Quoted().Replace(run.Text, "''")) is { Success: true } moving)
        {
            throw new ArgumentException(
                $"the predicate asks for {moving.Groups[1].Value}(), which is another when inputs are gone and the rest is numbered anew: ask for what it led to, as position, fill, alert or state");
        }

        using var stop = new StopSignal();
        JournalNames names = JournalNames.Read(run.Journal, JournalArgument.ReadingOf(run.Journal, out _));
        StatePredicate predicate = StatePredicate.Parse(run.Text, names);
        MinimiserResult result;
        using (var progress = new MinimiseProgress())
        {
            var options = new MinimiserOptions { TrialsMax = trials, OnProgress = progress.Show };
            result = new JournalMinimiser(run.Journal, JournalArgument.ReadingOf(run.Journal, out _), predicate.Holds, options).Run(stop.Token);
        }

        if (result.Outcome == MinimiserOutcome.HoldsAtOnce)
        {
            throw new ArgumentException($"\"{run.Text}\" is so before the first input: ask for something that the inputs brought about");
        }

        Answer answer = Begin(run, result);
        if (result.Outcome == MinimiserOutcome.NeverHolds)
        {
            return answer.Write(parsed, ExitCodes.No);
        }

        IReadOnlyList<MinimisedInput> written = redacting?.Write(run, result.Inputs, names, answer) ?? Write(run.Folder, result.Inputs, predicate.Holds);
        answer.Fact("out", "written to", Value.Text(run.Folder));
        AddInputs(answer, result.Inputs, written);
        bool isStopped = stop.Token.IsCancellationRequested;
        if (result.Outcome == MinimiserOutcome.Stopped)
        {
            answer.Note($"the search was ended {(isStopped ? "by Ctrl+C" : "by --trials")}: fewer inputs may do");
        }

        return answer.Write(parsed, isStopped ? Failures.Cancelled : ExitCodes.Done);
    }

    private static IReadOnlyList<MinimisedInput> Write(string folder, IReadOnlyList<MinimisedInput> inputs, Func<BusinessLogicProcessor, bool> predicate)
    {
        MinimisedJournal.Write(folder, inputs, predicate);
        return inputs;
    }

    private static Answer Begin(MinimiseRun run, MinimiserResult result)
    {
        bool holds = result.Outcome != MinimiserOutcome.NeverHolds;
        Answer answer = new Answer("minimise", run.Journal)
            .Fact("predicate", "predicate", Value.Text(run.Text))
            .Fact("found", "became true", Value.Flag(holds))
            .Fact("sequence", "first after input", holds ? Value.Number(result.HoldsAfter) : Value.None)
            .Fact("inputsRead", "inputs read", Value.Number(result.InputsRead));
        if (holds)
        {
            answer.Fact("inputsLeft", "inputs left", Value.Number(result.Inputs.Count))
                .Fact("minimal", "none can go", Value.Flag(result.Outcome == MinimiserOutcome.Minimal))
                .Fact("trials", "trials", Value.Number(result.Trials));
        }

        return answer;
    }

    private static void AddInputs(Answer answer, IReadOnlyList<MinimisedInput> original, IReadOnlyList<MinimisedInput> written)
    {
        const int ShownMax = 200;
        AnswerTable table = answer.Table("inputs", "Inputs that are left", new Column("sequence", "input"), new Column("originalSequence", "was"), "time",
            "template", "content");
        var decoder = PlatformSchema.Decoder();
        for (int i = 0; i < Math.Min(ShownMax, written.Count); i++)
        {
            var text = new StringBuilder();
            try
            {
                decoder.Decode(written[i].Message, new TextFields(text));
            }
            catch (SbeTool.Inspection.Decoding.MessageFormatException problem)
            {
                text.Clear().Append("malformed: ").Append(problem.Reason);
            }

            table.Row(
                Value.Number(i + 1), Value.Number(original[i].OriginalSequence), Value.Time(written[i].TimestampNanos),
                    Value.Text(MessagesSchema.TemplateName(written[i].TemplateId)),
                Value.Text(text.ToString().TrimStart()));
        }

        if (written.Count > ShownMax)
        {
            answer.Note($"the first {ShownMax} of {written.Count} inputs are shown: see op-admin journal dump");
        }
    }

    [GeneratedRegex(@"'[^']*'|""[^""]*""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b(sequence|status|filled)\s*\(", RegexOptions.IgnoreCase)]
    private static partial Regex Moving();
}
