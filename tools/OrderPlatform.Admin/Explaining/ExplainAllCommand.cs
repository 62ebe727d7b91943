using System.CommandLine;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Host.Commands;
using OrderPlatform.Runtime.Explaining;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Admin.Explaining;

/// <summary><c>explain all</c>: whether every order, refusal, signal and round of a journal has its whole chain, and what is missing.</summary>
internal static class ExplainAllCommand
{
    public static Command Create()
    {
        Argument<string> journal = JournalArgument.Create();
        Option<string?> from = PlaceOption.Create("--from", "Only what began at this input or time, or later.");
        Option<string?> to = PlaceOption.Create("--to", "Only up to this input or time.");
        var command = new Command("all", "Check that every order, refusal, signal and round has its whole chain; exit code 4 if a link is missing.") { journal, from, to };
        command.SetAction(parsed => Failures.Guard(() =>
        {
            var range = new ReplayRange(PlaceOption.Read(parsed.GetValue(from)), PlaceOption.Read(parsed.GetValue(to)));
            var read = ExplainedJournal.Read(parsed.GetRequiredValue(journal), range.To);
            var check = ExplanationCheck.Of(read.Index, fact => range.IsReachedBy(fact.Sequence, fact.TimeNanos));
            Answer answer = new Answer("explain all", read.Path)
                .Fact("complete", "complete", Value.Flag(check.IsComplete))
                .Fact("orders", "orders", Value.Number(check.Orders))
                .Fact("refusals", "refusals", Value.Number(check.Refusals))
                .Fact("signals", "signals", Value.Number(check.Signals))
                .Fact("trades", "rounds", Value.Number(check.Trades))
                .Fact("incomplete", "incomplete chains", Value.Number(check.Incomplete));
            ExplanationAnswer.AddMissing(answer, check.Missing);
            return answer.Write(parsed, ExplainCommand.Conclude(answer, read, check.IsComplete));
        }));
        return command;
    }
}
