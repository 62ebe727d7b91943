using OrderPlatform.Admin.Answers;
using OrderPlatform.Admin.Journals.Records;
using OrderPlatform.Admin.Views;
using OrderPlatform.Runtime.Past;

namespace OrderPlatform.Admin.TimeTravel;

/// <summary>A moment of a journal as an answer.</summary>
internal static class MomentAnswer
{
    /// <summary>Tables that can be shown, by name.</summary>
    public static readonly IReadOnlyDictionary<string, Action<StateTables, Answer>> Tables = new Dictionary<string, Action<StateTables, Answer>>(StringComparer.OrdinalIgnoreCase)
    {
        ["orders"] = static (tables, answer) => tables.Orders(answer),
        ["parents"] = static (tables, answer) => tables.Parents(answer),
        ["positions"] = static (tables, answer) => tables.Positions(answer, hasFlat: true),
        ["clients"] = static (tables, answer) => tables.Clients(answer),
        ["strategies"] = static (tables, answer) => tables.Strategies(answer),
        ["accounts"] = static (tables, answer) => tables.Accounts(answer),
        ["limits"] = static (tables, answer) => tables.Limits(answer),
        ["breakers"] = static (tables, answer) => tables.Breakers(answer),
        ["rates"] = static (tables, answer) => tables.Rates(answer),
        ["timers"] = static (tables, answer) => tables.Timers(answer),
        ["markets"] = static (tables, answer) => tables.Markets(answer),
    };

    /// <summary>Where it is, and how the shard is.</summary>
    public static void AddPlace(Answer answer, Moment moment)
    {
        answer.Fact("sequence", "after input", Value.Number(moment.State.Sequence));
        answer.Fact("time", "time", Value.Time(moment.State.NowNanos));
        answer.Fact("tradingState", "trading state", Value.Enum(moment.State.TradingState));
        answer.Fact("epoch", "epoch", Value.Number(moment.State.Epoch));
    }

    /// <summary>The input and what it led to.</summary>
    public static void AddInput(Answer answer, Moment moment)
    {
        answer.Fact("input", "input", moment.Input.IsEmpty ? Value.None : Value.Text(MessageLine.Of(moment.Input.Span)));
        AnswerTable outputs = answer.Table("outputs", "Outputs", "output");
        foreach (ReadOnlyMemory<byte> output in moment.Outputs)
        {
            outputs.Row(Value.Text(MessageLine.Of(output.Span)));
        }
    }

    /// <summary>All tables.</summary>
    public static void AddState(Answer answer, StateTables tables)
    {
        foreach (Action<StateTables, Answer> table in Tables.Values)
        {
            table(tables, answer);
        }
    }
}
