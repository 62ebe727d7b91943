using System.CommandLine;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Admin.Journals.Records;
using OrderPlatform.Analytics;
using OrderPlatform.Host.Commands;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Past;

namespace OrderPlatform.Admin.Journals;

/// <summary><c>journal stat</c>: what a journal is made of.</summary>
internal static class JournalStat
{
    public static Command Create()
    {
        Argument<string> journal = JournalArgument.Create();
        var command = new Command(
            "stat", "What a journal is made of: messages, bytes, clients, strategies, instruments, rates, gaps, starts. Example: op-admin journal stat journal/btc_ma_cross_v1")
        {
            journal,
        };
        command.SetAction(parsed => Failures.Guard(() =>
        {
            string folder = JournalArgument.Resolve(parsed.GetRequiredValue(journal));
            JournalNames names = JournalNames.Read(folder, JournalArgument.ReadingOf(folder, out _));
            var census = new JournalCensus();
            var walk = new RecordWalk { Journal = folder };
            walk.Run(census.Add);
            var answer = new Answer("journal stat", folder);
            AddFacts(answer, census);
            AddTables(answer, census, names);
            if (walk.Torn is { } torn)
            {
                answer.Note(TornText.Of(torn));
            }

            return answer.Write(parsed);
        }));
        return command;
    }

    private static void AddFacts(Answer answer, JournalCensus census)
    {
        bool isEmpty = census.Inputs == 0;
        answer.Fact("inputs", "inputs", Value.Number(census.Inputs));
        answer.Fact("controls", "control records", Value.Number(Of(census, RecordKind.Control)));
        answer.Fact("payloadBytes", "bytes of messages", Value.Number(census.Templates.Values.Sum(static one => one.Bytes)));
        answer.Fact("firstSequence", "first sequence", isEmpty ? Value.None : Value.Number(census.FirstSequence));
        answer.Fact("lastSequence", "last sequence", isEmpty ? Value.None : Value.Number(census.LastSequence));
        answer.Fact("firstTime", "from", Value.Time(census.FirstNanos));
        answer.Fact("lastTime", "to", Value.Time(census.LastNanos));
        answer.Fact("largestGap", "largest gap", census.Gap.Nanos == 0 ? Value.None : Value.Text(TimeText.Duration(census.Gap.Nanos)));
        answer.Fact("largestGapNanos", "largest gap, ns", Value.Number(census.Gap.Nanos));
        answer.Fact("largestGapBefore", "before sequence", census.Gap.Sequence == 0 ? Value.None : Value.Number(census.Gap.Sequence));
        answer.Fact("busiestSecond", "busiest second", Value.Time(census.Busiest.TimeNanos));
        answer.Fact("busiestSecondInputs", "inputs in it", Value.Number(census.Busiest.Count));
        answer.Fact("checkpoints", "checkpoints", Value.Number(census.Templates.GetValueOrDefault((RecordKind.Control, CheckpointDecoder.TemplateId)).Count));
        answer.Fact("cleanEnd", "clean end", Value.Flag(census.IsCleanEnd));
    }

    private static void AddTables(Answer answer, JournalCensus census, JournalNames names)
    {
        AnswerTable templates = answer.Table("templates", "Messages", "kind", "templateId", "template", "count", "bytes");
        foreach (((RecordKind kind, ushort template), (long count, long bytes)) in census.Templates)
        {
            templates.Row(Value.Text(kind == RecordKind.Input ? "input" : "control"), Value.Number(template),
                Value.Text(MessagesSchema.TemplateName(template)), Value.Number(count), Value.Number(bytes));
        }

        Add(answer.Table("clients", "Inputs that name a client", "client", "inputs"), names.Clients, census.Clients);
        Add(answer.Table("strategies", "Inputs that name a strategy", "strategy", "inputs"), names.Strategies, census.Strategies);
        Add(answer.Table("instruments", "Inputs that name an instrument", "instrument", "inputs"), names.Instruments, census.Instruments);
        AnswerTable rates = answer.Table("rates", census.IsByDay ? "By day" : "By hour", new Column("time", "from"), "inputs",
            new Column("perSecond", "a second"));
        foreach ((long time, long count) in census.Rates)
        {
            rates.Row(Value.Time(time), Value.Number(count), Value.Decimal((long)((Int128)count * Engine.Numbers.FixedPoint.One /
                (census.IsByDay ? 86_400 : 3_600))));
        }

        AnswerTable starts = answer.Table("starts", "Starts", "epoch", "sequence", "time");
        foreach ((int epoch, long sequence, long time) in census.Starts)
        {
            starts.Row(Value.Number(epoch), Value.Number(sequence), Value.Time(time));
        }
    }

    private static void Add(AnswerTable table, NameTable names, SortedDictionary<uint, long> counts)
    {
        foreach ((uint id, long count) in counts)
        {
            table.Row(Value.Text(names[id]), Value.Number(count));
        }
    }

    private static long Of(JournalCensus census, RecordKind kind) => census.Templates.Where(one => one.Key.Kind == kind).Sum(static one => one.Value.Count);
}
