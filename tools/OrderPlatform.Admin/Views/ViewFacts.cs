using OrderPlatform.Admin.Answers;
using OrderPlatform.Runtime.Past.Views;

namespace OrderPlatform.Admin.Views;

/// <summary>The facts above a state's tables.</summary>
internal static class ViewFacts
{
    /// <summary>Which state it is.</summary>
    public static void AddPlace(Answer answer, ViewedState view)
    {
        answer.Fact("sequence", "after input", Value.Number(view.State.Sequence));
        answer.Fact("time", "time", Value.Time(view.State.NowNanos));
        if (view.Torn is { } torn)
        {
            answer.Note($"{torn.File}: {torn.TornBytes} bytes after sequence {torn.LastSequence} are no whole record: a process was killed there");
        }
    }

    /// <summary>Which it is, and how the engine is.</summary>
    public static void Add(Answer answer, ViewedState view)
    {
        StateView state = view.State;
        AddPlace(answer, view);
        answer.Fact("running", "engine", view.IsRunning ? Value.Text("running") : Value.Text("not running"));
        answer.Fact("tradingState", "trading state", Value.Enum(state.TradingState));
        answer.Fact("shard", "shard", Value.Number(state.Shard));
        answer.Fact("epoch", "epoch", Value.Number(state.Epoch));
        answer.Fact("openOrders", "open orders", Value.Number(state.Orders.Count));
        answer.Fact("inDoubt", "in doubt", Value.Number(state.Orders.Count(static order => order.InDoubt)));
        answer.Fact("timers", "timers", Value.Number(state.Timers.Count));
        answer.Fact("malformedInputs", "malformed inputs", Value.Number(state.MalformedInputs));
        answer.Fact("ledgerBalances", "ledger balances", Value.Flag(!state.LedgerBroken));
    }
}
