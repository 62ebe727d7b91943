using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>What the naive model says of its state and its trades, for the comparison.</summary>
internal sealed partial class NaiveEngine
{
    /// <summary>Positions, protections, accounts and days.</summary>
    public void Describe(StateLines lines)
    {
        foreach (NaivePosition position in _inOrder)
        {
            Describe(lines, position);
        }

        foreach (Harness.AccountRecord account in setup.Accounts)
        {
            lines.Add("== account", account.Id);
            lines.Add("cash", _cash[account.Id]);
            lines.Add("reserved", Reserved(account.Id));
            lines.Add("equity", Equity(account.Id));
            lines.Add("exposure", ExposureOfAccount(account.Id));
            lines.Add("transfers", _transfers.GetValueOrDefault(account.Id));
            foreach (((uint owner, string asset), NaiveBalance balance) in _balances.OrderBy(pair => pair.Key.Asset, StringComparer.Ordinal))
            {
                if (owner == account.Id && (balance.Amount != 0 || balance.Fees != 0))
                {
                    lines.Add(asset, balance.Amount);
                    lines.Add(asset, balance.Fees);
                }
            }
        }

        foreach (((Scope scope, uint id), NaiveDay day) in _days)
        {
            lines.Add(scope == Scope.Client ? "== client" : "== strategy", id);
            lines.Add("state", (int)StateOf(scope, id));
            lines.Add("result", ResultOf((scope, id)));
            lines.Add("result at the day's opening", day.Result);
            lines.Add("equity at the day's opening", day.Equity);
            lines.Add("equity of client", scope == Scope.Client ? EquityOfClient(id) : 0);
        }
    }

    private void Describe(StateLines lines, NaivePosition position)
    {
        lines.Add("== position of strategy", position.Strategy);
        lines.Add("instrument", position.Instrument);
        lines.Add("leg", (int)position.Leg);
        lines.Add("quantity", position.Quantity);
        lines.Add("cost", position.Cost);
        lines.Add("average", Average(position));
        lines.Add("realised", position.Realised);
        lines.Add("unrealised", Unrealised(position));
        lines.Add("fees", position.Fees);
        lines.Add("other fees", position.OtherFees);
        lines.Add("funding", position.Funding);
        lines.Add("funding that waits for", position.PendingFunding);
        lines.Add("pending", Pending(position));
        lines.Add("working", position.Working?.Id ?? 0);
        lines.Add("wants", position.Intent is { } intent ? 10 + (int)intent.Target : 0);
        lines.Add("round", position.Round.Number);
        lines.Add("adverse", position.Round.Adverse);
        lines.Add("favourable", position.Round.Favourable);
        lines.Add("stop", position.Protection?.Stop ?? 0);
        lines.Add("target", position.Protection?.Target ?? 0);
        lines.Add("trailing", position.Protection?.Trailing ?? 0);
        lines.Add("exit at", position.Protection?.ExitAtNanos ?? 0);
        lines.Add("orders that passed", position.Passed);
        lines.Add("orders that failed", position.Failed);
        lines.Add("executed", Math.Min(NaiveMath.Largest, position.Orders.Sum(order => order.Executed)));
        lines.Add("traded", position.Traded);
        lines.Add("slippage", position.Slippage);
        lines.Add("wins", position.Wins);
        lines.Add("losses", position.Losses);
        lines.Add("won", position.Won);
        lines.Add("lost", position.Lost);
    }

    /// <summary>Whether the record of a position is the position as it is.</summary>
    public bool IsTrue(Harness.PositionNews news)
    {
        NaivePosition? position = _positions.GetValueOrDefault((news.Strategy, news.Instrument, news.Leg));
        return position is not null && (news.Quantity, news.Cost, news.Average, news.Realised, news.Unrealised, news.Fees, news.Funding) ==
            (position.Quantity, position.Cost, Average(position), position.Realised, Unrealised(position), position.Fees, position.Funding);
    }

    /// <summary>Whether the record of a protection is that of one of its legs; it does not say which.</summary>
    public bool IsTrue(Harness.Protected news) => _inOrder.Any(position => position.Strategy == news.Strategy && position.Instrument == news.Instrument
        && (news.Quantity, news.Stop ?? 0, news.Target ?? 0, news.Trailing ?? 0, news.ExitAtNanos ?? 0) == (position.Protection is null ? 0 : position.Quantity,
            position.Protection?.Stop ?? 0, position.Protection?.Target ?? 0, position.Protection?.Trailing ?? 0, position.Protection?.ExitAtNanos ?? 0));

    private void SayTrade(NaiveOrder order, NaiveRound round)
    {
        NaivePosition position = order.Position;
        decimal net = NaiveMath.Hold(round.Realised + round.Funding - round.Fees);
        position.Wins += net > 0 ? 1u : 0;
        position.Losses += net < 0 ? 1u : 0;
        position.Won += Math.Max(0, net);
        position.Lost -= Math.Min(0, net);
        ExitReason exit = order.Exit == ExitReason.None ? ExitReason.Manual : order.Exit;
        Say($"trade {round.Direction} {exit} {position.Leg} {round.Number} {round.Fills} {_now - round.EntryTimeNanos}", position.Strategy, position.Instrument,
            round.EntryQuantity, round.EntryValue, round.ExitValue, AveragePrice(Market(position), round.EntryQuantity, round.EntryValue),
            AveragePrice(Market(position), round.ExitQuantity, round.ExitValue), round.Realised, round.Fees, round.Funding, round.Slippage, round.Adverse,
            round.Favourable);
    }
}
