using System.Text;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Exits;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Performance;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Harness.Scaled;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>The engine's outputs and state in the words of the naive model.</summary>
internal static class EngineText
{
    public static IEnumerable<string> Said(Reply reply) => reply.All.Select(Line).OfType<string>();

    public static string State(EngineState state)
    {
        var lines = new StateLines();
        Describe(state, lines);
        return $"{lines}\n{Orders(state)}";
    }

    public static string Orders(EngineState state) => string.Join('\n', state.Orders.Rows.ToArray().Select(order =>
        $"order {order.ClientOrderId}: {order.Status} {Of(order.Cumulative.Raw):0.########} leaves {Of(order.Leaves.Raw):0.########} "
        + $"ended {Of(order.Ended.Raw):0.########}"));

    /// <summary>Positions, protections, accounts and days.</summary>
    public static void Describe(EngineState state, StateLines lines)
    {
        for (int row = 0; row < state.Positions.Count; row++)
        {
            Describe(state, lines, row);
        }

        for (int row = 0; row < state.Accounts.Count; row++)
        {
            Account account = state.Accounts[row];
            lines.Add("== account", account.Id);
            lines.Add("cash", Of(account.Cash.Raw));
            lines.Add("reserved", Of(account.Reserved.Raw));
            lines.Add("equity", Of(Valuation.Equity(state, row).Raw));
            lines.Add("exposure", Of(Valuation.Exposure(state, row).Raw));
            lines.Add("transfers", Of(account.Transfers.Raw));
            AssetBalance[] balances = [.. state.Balances.Rows.ToArray().Where(balance => balance.Account == row)];
            foreach (AssetBalance balance in balances.OrderBy(balance => Name(balance.Asset), StringComparer.Ordinal))
            {
                if (!balance.Amount.IsZero || !balance.Fees.IsZero)
                {
                    lines.Add(Name(balance.Asset), Of(balance.Amount.Raw));
                    lines.Add(Name(balance.Asset), Of(balance.Fees.Raw));
                }
            }
        }

        for (int row = 0; row < state.Clients.Count; row++)
        {
            Client client = state.Clients[row];
            Day(lines, "== client", client.Id, client.State, Valuation.ResultOfClient(state, row), client.DayOpeningResult, client.DayOpeningEquity,
                Valuation.EquityOfClient(state, row));
        }

        foreach (Strategy strategy in state.Strategies.Rows)
        {
            Day(lines, "== strategy", strategy.Id, strategy.State, Valuation.ResultOfStrategy(strategy), strategy.DayOpeningResult, strategy.DayOpeningEquity,
                Money.Zero);
        }
    }

    private static void Day(StateLines lines, string name, uint id, TradingState state, Money result, Money opening, Money equity, Money now)
    {
        lines.Add(name, id);
        lines.Add("state", (int)state);
        lines.Add("result", Of(result.Raw));
        lines.Add("result at the day's opening", Of(opening.Raw));
        lines.Add("equity at the day's opening", Of(equity.Raw));
        lines.Add("equity of client", Of(now.Raw));
    }

    private static void Describe(EngineState state, StateLines lines, int row)
    {
        Position position = state.Positions[row];
        Protection protection = state.Positions.ProtectionOf(row);
        Tally tally = state.Positions.TallyOf(row);
        lines.Add("== position of strategy", state.Strategies[position.Strategy].Id);
        lines.Add("instrument", state.Instruments[position.Instrument].Id);
        lines.Add("leg", (int)position.Leg);
        lines.Add("quantity", Of(position.Quantity.Raw));
        lines.Add("cost", Of(position.Cost.Raw));
        lines.Add("average", Of(Valuation.AveragePrice(state, position).Raw));
        lines.Add("realised", Of(position.Realised.Raw));
        lines.Add("unrealised", Of(position.Unrealised.Raw));
        lines.Add("fees", Of(position.Fees.Raw));
        lines.Add("other fees", Of(position.OtherFees.Raw));
        lines.Add("funding", Of(position.Funding.Raw));
        lines.Add("funding that waits for", Of(position.PendingFunding.Raw));
        lines.Add("pending", Of(position.PendingOpening.Raw));
        lines.Add("working", Working(state, position) ?? 0);
        lines.Add("wants", position.Intent.State == IntentState.None ? 0 : 10 + (int)position.Intent.Target);
        lines.Add("round", position.Round.Number);
        lines.Add("adverse", Of(position.Round.Adverse.Raw));
        lines.Add("favourable", Of(position.Round.Favourable.Raw));
        lines.Add("stop", Of(protection.StopPrice.Raw));
        lines.Add("target", Of(protection.TargetPrice.Raw));
        lines.Add("trailing", Of(protection.TrailingPrice.Raw));
        lines.Add("exit at", protection.ExitAtNanos);
        lines.Add("orders that passed", tally.ChecksPassed);
        lines.Add("orders that failed", tally.ChecksFailed);
        lines.Add("executed", Of(tally.Executed.Raw));
        lines.Add("traded", Of(tally.Traded.Raw));
        lines.Add("slippage", Of(tally.Slippage.Raw));
        lines.Add("wins", tally.Wins);
        lines.Add("losses", tally.Losses);
        lines.Add("won", Of(tally.Won.Raw));
        lines.Add("lost", Of(tally.Lost.Raw));
    }

    private static string? Line(object output) => output switch
    {
        Sent sent => $"new {sent.Id} {sent.Side} {sent.Type} {sent.Quantity:0.########} {sent.Price ?? 0:0.########}",
        CancelSent cancel => $"cancel {cancel.Id}",
        Voted vote => $"vote {vote.Result} {vote.Fresh} 0 {vote.Score:0.########} {vote.Threshold:0.########}",
        Sized sized => $"sized {sized.Bound} 0 0 {sized.Equity:0.########} {sized.Kelly:0.########} {sized.Wish:0.########} "
            + $"{sized.Risk ?? NaiveMath.Largest:0.########} {sized.Fraction ?? NaiveMath.Largest:0.########} {sized.StopDistance:0.########} "
            + $"{sized.Notional:0.########} {sized.Quantity:0.########}",
        Decision decision => $"decision {decision.Action} {decision.Reason} {decision.Target:0.########}",
        Refused refused => $"refused {refused.Check} {refused.Reason}",
        TradeNews trade => $"trade {trade.Direction} {trade.Exit} {trade.Leg} {trade.Number} {trade.Fills} {trade.ExitTimeNanos - trade.EntryTimeNanos} "
            + $"{trade.Strategy} {trade.Instrument} {trade.EntryQuantity:0.########} {trade.EntryValue:0.########} {trade.ExitValue:0.########} "
            + $"{trade.EntryPrice:0.########} {trade.ExitPrice:0.########} {trade.Realised:0.########} {trade.Fees:0.########} {trade.Funding:0.########} "
            + $"{trade.Slippage:0.########} {trade.Adverse:0.########} {trade.Favourable:0.########}",
        FundingNews funding => $"funding {funding.Strategy} {funding.Instrument} {funding.Quantity:0.########} {funding.Rate:0.########} "
            + $"{funding.Mark:0.########} {funding.Payment:0.########}",
        CashNews cash => $"cash {cash.Account} {(uint)cash.Kind} {cash.Amount:0.########} {cash.Cash:0.########}",
        StateNews news => $"state {news.Scope} {news.Id} {news.State} {news.Reason}",

        // That a doubt lasts is said after a while; the model has no clock for it. Where a liquidation is near is an estimate, which known answers prove.
        Alert { Reason: ReasonCode.OutcomeUnknown or ReasonCode.LiquidationNear } => null,
        Alert alert => $"alert {alert.Reason}",
        _ => null,
    };

    private static ulong? Working(EngineState state, in Position position) =>
        position.WorkingParent >= 0 ? state.Orders[state.Parents[position.WorkingParent].FirstOrder].ClientOrderId : null;

    private static string Name(ulong asset) => Encoding.ASCII.GetString(BitConverter.GetBytes(asset)).TrimEnd('\0');
}
