using System.CommandLine;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Host.Commands;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Explaining;

namespace OrderPlatform.Admin.Explaining;

/// <summary><c>why-not</c>: what stopped each signal that became no order, with the numbers (R129).</summary>
internal static class WhyNotCommand
{
    public static Command Create()
    {
        Argument<string> journal = JournalArgument.Create();
        var signal = new Option<ulong?>("--signal") { Description = "Only the signal with this id, also if it passed; with all its filters." };
        var all = new Option<bool>("--all") { Description = "Signals that passed, too." };
        var client = new Option<string?>("--client") { Description = "Only this client's, by name or number." };
        var command = new Command(
            "why-not", "Say which filter or check stopped each signal, with the numbers. Example: op-admin why-not journal/paper --signal 4") { journal, signal, all, client };
        command.SetAction(parsed => Failures.Guard(() =>
        {
            var read = ExplainedJournal.Read(parsed.GetRequiredValue(journal), null);
            uint? owner = parsed.GetValue(client) is { } name ? read.Names.Clients.Find(name) : null;
            ulong? one = parsed.GetValue(signal);
            List<StoppedSignal> decisions = [.. StoppedSignal.All(read.Index).Where(it => (owner ?? it.Decision.Client) == it.Decision.Client
                && (one ?? it.Decision.RequestId) == it.Decision.RequestId)];
            if (one is { } number && decisions.Count == 0)
            {
                throw new SubjectException($"the journal has no signal {number}: `why-not --all` lists the signals");
            }

            var answer = new Answer("why-not", read.Path);
            AddCounts(answer, decisions);
            AddSignals(answer, read, decisions.Where(it => it.IsStopped || one is not null || parsed.GetValue(all)));
            if (one is not null)
            {
                AddFilters(answer, decisions);
            }

            return answer.Write(parsed, ExplainCommand.Conclude(answer, read, isGood: true));
        }));
        return command;
    }

    private static void AddCounts(Answer answer, List<StoppedSignal> decisions)
    {
        int stopped = decisions.Count(static it => it.IsStopped);
        answer.Fact("signals", "signals", Value.Number(decisions.Count));
        answer.Fact("passed", "passed", Value.Number(decisions.Count - stopped));
        answer.Fact("stopped", "stopped", Value.Number(stopped));
        AnswerTable table = answer.Table("reasons", "What stopped them", "count", "reason");
        foreach (IGrouping<string, StoppedSignal> reason in decisions.Where(static it => it.IsStopped).GroupBy(static it => it.Reason)
            .OrderByDescending(static it => it.Count()).ThenBy(static it => it.Key, StringComparer.Ordinal))
        {
            table.Row(Value.Number(reason.Count()), Value.Text(reason.Key));
        }
    }

    private static void AddSignals(Answer answer, ExplainedJournal journal, IEnumerable<StoppedSignal> shown)
    {
        var text = new LinkText(journal.Names);
        AnswerTable table = answer.Table("decisions", "Signals", "sequence", "time", "signalId", "strategy", "instrument", "direction", "filter", "reason", "value", "limit", "what");
        foreach (StoppedSignal it in shown)
        {
            DecisionEventDecoder.TryWrap(it.Decision.Message, out DecisionEventDecoder e);
            string what = string.Join("; ", [DecisionText.Of(it.Decision.Message), .. it.Refusals.Select(text.Of), .. it.Refusals.Count > 0 && it.Sizing is { } size ? [text.Of(size)] : (string[])[]]);
            FilterVerdict verdict = it.Filters?.Filters.FirstOrDefault(static one => one.Verdict == FilterOutcome.Decided) ?? default;
            table.Row(Value.Number(it.Decision.Sequence), Value.Time(it.Decision.TimeNanos), Value.Id(it.Decision.RequestId),
                Value.Text(journal.Names.Strategies[it.Decision.Strategy]), Value.Text(journal.Names.Instruments[it.Decision.Instrument]), Value.Enum(e.Direction),
                e.Filter == FilterKind.None ? Value.None : Value.Enum(e.Filter), e.Reason == ReasonCode.None ? Value.None : Value.Enum(e.Reason),
                Some(verdict.Value), Some(verdict.Limit), Value.Text(what));
        }
    }

    private static void AddFilters(Answer answer, List<StoppedSignal> decisions)
    {
        AnswerTable table = answer.Table("filters", "Filters", "sequence", "filter", "value", "limit", "verdict");
        foreach (Fact fact in decisions.Select(static it => it.Filters).OfType<Fact>())
        {
            foreach (FilterVerdict one in fact.Filters)
            {
                table.Row(Value.Number(fact.Sequence), Value.Enum(one.Filter), Some(one.Value), Some(one.Limit), Value.Enum(one.Verdict));
            }
        }
    }

    private static Value Some(string? text) => string.IsNullOrEmpty(text) ? Value.None : Value.Text(text);
}
