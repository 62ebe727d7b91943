using OrderPlatform.Admin.Answers;
using OrderPlatform.Runtime.Explaining;

namespace OrderPlatform.Admin.Explaining;

/// <summary>An explanation as an answer: the chain, each filter, each check, what is missing; as JSON also every number of every link.</summary>
internal static class ExplanationAnswer
{
    /// <summary>Makes it.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="command">The verb.</param>
    /// <param name="explanation">The explanation.</param>
    /// <param name="hasNumbers">Whether all numbers are wanted, for programs.</param>
    public static Answer Of(ExplainedJournal journal, string command, Explanation explanation, bool hasNumbers)
    {
        var answer = new Answer(command, journal.Path);
        answer.Fact("subject", "subject", Value.Text(explanation.Subject));
        AddOwner(answer, journal, explanation);
        answer.Fact("complete", "complete", Value.Flag(explanation.IsComplete));
        AddChain(answer, journal, explanation);
        AddFilters(answer, explanation);
        AddChecks(answer, explanation);
        AddMissing(answer, explanation.Missing);
        if (hasNumbers)
        {
            AddNumbers(answer, explanation);
        }

        foreach (string note in explanation.Notes)
        {
            answer.Note(note);
        }

        return answer;
    }

    /// <summary>Client, strategy and instrument of an explanation, as people say them.</summary>
    public static string OwnerOf(ExplainedJournal journal, Explanation explanation)
    {
        Fact? fact = Owner(explanation);
        return fact is null ? "" : $"{journal.Names.Clients[fact.Client]}, {journal.Names.Strategies[fact.Strategy]}, {journal.Names.Instruments[fact.Instrument]}";
    }

    /// <summary>What is missing, as a table.</summary>
    public static void AddMissing(Answer answer, IReadOnlyList<MissingLink> missing)
    {
        AnswerTable table = answer.Table("missing", "Missing links", "subject", "link", "sequence", "what");
        foreach (MissingLink link in missing)
        {
            table.Row(Value.Text(link.Subject), Value.Enum(link.Kind), Value.Number(link.Sequence), Value.Text(link.What));
        }
    }

    private static Fact? Owner(Explanation explanation) => explanation.Links.FirstOrDefault(static one => one is { Client: not 0, Strategy: not 0, Instrument: not 0 });

    private static void AddOwner(Answer answer, ExplainedJournal journal, Explanation explanation)
    {
        if (Owner(explanation) is { } fact)
        {
            answer.Fact("client", "client", Value.Text(journal.Names.Clients[fact.Client]));
            answer.Fact("strategy", "strategy", Value.Text(journal.Names.Strategies[fact.Strategy]));
            answer.Fact("instrument", "instrument", Value.Text(journal.Names.Instruments[fact.Instrument]));
        }
    }

    private static void AddChain(Answer answer, ExplainedJournal journal, Explanation explanation)
    {
        var text = new LinkText(journal.Names);
        AnswerTable table = answer.Table("chain", "Chain", "link", "sequence", "time", "what");
        foreach (Fact link in explanation.Links)
        {
            table.Row(Value.Enum(link.Kind), Value.Number(link.Sequence), Value.Time(link.TimeNanos), Value.Text(text.Of(link)));
        }
    }

    private static void AddFilters(Answer answer, Explanation explanation)
    {
        AnswerTable table = answer.Table("filters", "Filters", "sequence", "filter", "value", "limit", "verdict");
        foreach (Fact fact in explanation.Links.Where(static one => one.Kind == LinkKind.Filters))
        {
            foreach (FilterVerdict one in fact.Filters)
            {
                table.Row(Value.Number(fact.Sequence), Value.Enum(one.Filter), Some(one.Value), Some(one.Limit), Value.Enum(one.Verdict));
            }
        }
    }

    private static void AddChecks(Answer answer, Explanation explanation)
    {
        AnswerTable table = answer.Table("checks", "Checks before the order", "sequence", "check", "scope", "value", "limit", "passed");
        foreach (CheckedLine one in explanation.Links.Where(static one => one.Kind == LinkKind.Checks).SelectMany(CheckedLine.Of))
        {
            table.Row(Value.Number(one.Sequence), Value.Enum(one.Check), Value.Enum(one.Scope), Value.Decimal(one.Value), Value.Limit(one.Limit), Value.Flag(one.Passed));
        }
    }

    private static void AddNumbers(Answer answer, Explanation explanation)
    {
        AnswerTable table = answer.Table("numbers", "Numbers", "step", "link", "sequence", "message", "name", "value");
        for (int step = 0; step < explanation.Links.Count; step++)
        {
            Fact link = explanation.Links[step];
            foreach (MessageField field in link.Fields)
            {
                table.Row(Value.Number(step), Value.Enum(link.Kind), Value.Number(link.Sequence), Value.Text(MessageFields.NameOf(link.Message)), Value.Text(field.Name),
                    Value.Text(field.Text));
            }
        }
    }

    private static Value Some(string text) => text.Length == 0 ? Value.None : Value.Text(text);
}
