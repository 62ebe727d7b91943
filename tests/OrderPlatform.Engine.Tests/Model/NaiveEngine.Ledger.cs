using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Model.NaiveMath;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>
/// The books of the naive model (D20): average cost, spot pays its value in cash and others their realised profit, fees apart and by asset, a fee in base takes
/// from the quantity of a spot purchase.
/// </summary>
internal sealed partial class NaiveEngine
{
    private const int BalancesOfAccount = 4;

    private readonly Dictionary<(uint Account, string Asset), NaiveBalance> _balances = [];

    /// <summary>What a fill is once the asset of its fee is known for what it is to this account.</summary>
    private (FeeCurrency Currency, string? Third) FeeOf(NaivePosition position, Report report)
    {
        InstrumentRecord market = Market(position);
        FeeCurrency currency = report.FeeCurrency;
        if (currency == FeeCurrency.Other && report.FeeAsset is { } named)
        {
            bool isBase = market.Kind == InstrumentKind.Spot && named == market.BaseAsset && Math.Abs(Scaled.Of(report.Fee)) < Scaled.Of(report.Quantity);
            currency = named == setup.AccountOf(Rules(position).Account).Asset ? market.Kind == InstrumentKind.Inverse ? FeeCurrency.Base : FeeCurrency.Quote
                : isBase ? FeeCurrency.Base
                : currency;
        }

        bool isThird = report.Fee != 0 && !IsOwnCurrency(currency, market) && !(market.Kind == InstrumentKind.Spot && currency == FeeCurrency.Base);
        string? third = !isThird ? null
            : currency == FeeCurrency.Other ? report.FeeAsset ?? string.Empty
            : currency == FeeCurrency.Base ? market.BaseAsset
            : market.QuoteAsset;
        return (currency, third);
    }

    /// <summary>The balance of a third asset; none where the account has as many as it may.</summary>
    private NaiveBalance? BalanceOf(uint account, string? asset)
    {
        if (asset is null)
        {
            return null;
        }

        if (!_balances.TryGetValue((account, asset), out NaiveBalance? balance))
        {
            if (_balances.Keys.Count(key => key.Account == account) == BalancesOfAccount)
            {
                Said.Add("alert TableFull");
                return null;
            }

            balance = new NaiveBalance();
            _balances.Add((account, asset), balance);
        }

        return balance;
    }

    /// <summary>Books a fill by average cost.</summary>
    /// <returns>Whether every number fits; if not, nothing is booked. The round that it ended, if it did.</returns>
    private bool TryBook(NaiveOrder order, Report report, out NaiveRound? ended)
    {
        NaivePosition position = order.Position;
        InstrumentRecord market = Market(position);
        ended = null;
        decimal quantity = Scaled.Of(report.Quantity);
        decimal price = Scaled.Of(report.Price);
        decimal fee = Scaled.Of(report.Fee);
        (FeeCurrency currency, string? third) = FeeOf(position, report);
        NaiveBalance? balance = BalanceOf(Rules(position).Account, third);
        int sign = order.Side == Side.Buy ? 1 : -1;
        decimal paid = Worth(market, price, sign * quantity);
        if (!Fits(paid))
        {
            return false;
        }

        bool inBase = currency == FeeCurrency.Base && market.Kind == InstrumentKind.Spot;
        decimal feeValue = inBase ? Product(price, fee) : IsOwnCurrency(currency, market) ? fee : 0;
        decimal decided = order.DecisionPrice == 0 ? paid : Worth(market, order.DecisionPrice, sign * quantity);
        decimal slippage = order.DecisionPrice == price || !Fits(decided) ? 0 : Hold(paid - decided);
        decimal cash = -(market.Kind == InstrumentKind.Spot ? paid : 0) - (inBase ? 0 : feeValue);
        var fill = new NaiveFill(sign * quantity - (inBase ? fee : 0), paid - (inBase ? feeValue : 0), feeValue, slippage, price);
        NaivePosition before = position.Copy();
        uint account = Rules(position).Account;
        NaiveRound? round = Move(position, fill);
        cash += market.Kind == InstrumentKind.Spot ? 0 : position.Realised - before.Realised;
        position.OtherFees += inBase || IsOwnCurrency(currency, market) ? 0 : fee;
        if (!SumsFit(position, round, account, cash) || !Fits(order.Executed + quantity) || !Fits((balance?.Amount ?? 0) - fee))
        {
            position.TakeBack(before);
            return false;
        }

        _cash[account] += cash;
        if (balance is not null)
        {
            balance.Amount -= fee;
            balance.Fees += fee;
        }

        position.Traded = Hold(position.Traded + Math.Abs(paid));
        position.Slippage = Hold(position.Slippage + slippage);
        ended = round;
        return true;
    }

    /// <summary>Whether all that a fill moved can still be written down (D19).</summary>
    private bool SumsFit(NaivePosition position, NaiveRound? ended, uint account, decimal cash)
    {
        NaivePosition[] all = [.. OfAccount(account)];
        decimal[] sums =
        [
            position.Quantity, position.Cost, position.Realised, position.Fees, position.OtherFees, _cash[account] + cash,
            all.Where(held => Market(held).Kind == InstrumentKind.Spot).Sum(held => held.Cost),
            all.Sum(held => held.Fees - held.SeededFees),
            all.Sum(held => held.Realised - held.SeededRealised),
            all.Where(held => held.Strategy == position.Strategy).Sum(held => held.Realised - held.Fees + held.Funding),
            .. SumsOf(position.Round), .. SumsOf(ended ?? position.Round),
        ];
        return sums.All(Fits);
    }

    private static decimal[] SumsOf(NaiveRound round) =>
        [round.EntryQuantity, round.EntryValue, round.ExitQuantity, round.ExitValue, round.Realised, round.Fees, round.Slippage];

    private NaiveRound? Move(NaivePosition position, NaiveFill fill)
    {
        InstrumentRecord market = Market(position);
        decimal held = position.Quantity;
        if (held != 0 && Worth(market, fill.Price, held) is var seen && Fits(seen))
        {
            position.Round.See(seen - position.Cost + position.Round.Realised);
        }

        position.Fees += fill.Fee;
        if (held == 0 || Math.Sign(held) == Math.Sign(fill.Quantity))
        {
            Open(position, fill);
            return null;
        }

        decimal rest = fill.Quantity + held;
        bool crosses = rest != 0 && Math.Sign(rest) != Math.Sign(held);
        NaiveFill closing = !crosses ? fill : fill with
        {
            Quantity = -held,
            Value = Worth(market, fill.Price, -held),
            Fee = MultiplyDivide(fill.Fee, Math.Abs(held), Math.Abs(fill.Quantity)),
            Slippage = MultiplyDivide(fill.Slippage, Math.Abs(held), Math.Abs(fill.Quantity)),
        };
        Close(position, closing);
        if (position.Quantity != 0)
        {
            return null;
        }

        NaiveRound ended = position.Round;
        ended.See(ended.Realised);
        if (crosses)
        {
            Open(position, fill with
            {
                Quantity = rest,
                Value = fill.Value - closing.Value,
                Fee = fill.Fee - closing.Fee,
                Slippage = fill.Slippage - closing.Slippage,
            });
        }

        return ended;
    }

    private void Open(NaivePosition position, NaiveFill fill)
    {
        if (position.Quantity == 0)
        {
            position.Round = new NaiveRound
            {
                Number = position.Round.Number + 1,
                Direction = (Direction)Math.Sign(fill.Quantity),
                EntryTimeNanos = _now,
            };
        }

        position.Quantity += fill.Quantity;
        position.Cost += fill.Value;
        position.Flows += fill.Value;
        position.Round.EntryQuantity += Math.Abs(fill.Quantity);
        position.Round.EntryValue += Math.Abs(fill.Value);
        Count(position.Round, fill);
    }

    /// <summary>Takes out the share of the cost; the last one takes out the rest.</summary>
    private static void Close(NaivePosition position, NaiveFill fill)
    {
        decimal before = position.Realised;
        decimal share = Math.Abs(fill.Quantity) == Math.Abs(position.Quantity) ? position.Cost
            : MultiplyDivide(position.Cost, Math.Abs(fill.Quantity), Math.Abs(position.Quantity));
        position.Quantity += fill.Quantity;
        position.Cost -= share;
        position.Flows += fill.Value;
        position.Round.ExitQuantity += Math.Abs(fill.Quantity);
        position.Round.ExitValue += Math.Abs(fill.Value);
        position.Round.Realised += position.Realised - before;
        Count(position.Round, fill);
    }

    private static void Count(NaiveRound round, NaiveFill fill)
    {
        round.Fees += fill.Fee;
        round.Slippage += fill.Slippage;
        round.Fills++;
    }

    /// <summary>What a fill moves: quantity, value, fee and slippage in the account's currency.</summary>
    private sealed record NaiveFill(decimal Quantity, decimal Value, decimal Fee, decimal Slippage, decimal Price);
}
