using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>
/// Makes trades of one position's fills, by one of several conventions. Fills and prices come in order of time. Every fill's value is rounded once, as the
/// engine does, and split without a remainder: once flat, the P&amp;L of all trades is the sum of the cash flows exactly, whatever the convention. A fill's fee
/// is counted once: from fill to fill in the first trade that the fill is part of, else in the first trade that ends with or after it; a fill that turns the
/// position pays with the trade that it ends.
/// </summary>
/// <param name="method">What counts as one trade.</param>
/// <param name="matching">Which entry an exit closes.</param>
/// <param name="names">Client, strategy, venue, instrument and exit reason that the trades shall have.</param>
public sealed class TradeGrouping(GroupingMethod method, LotMatching matching, TradeRecord names = default)
{
    private readonly List<Lot> _lots = [];
    private readonly List<TradePortion> _portions = [];
    private readonly PricePath _path = new();
    private readonly List<GroupedTrade> _trades = [];
    private bool _isLong;
    private int _fillCount;
    private Money _feesDue;

    /// <summary>The trades that have ended, in order of their end.</summary>
    public IReadOnlyList<GroupedTrade> Trades => _trades;

    /// <summary>Signed quantity held.</summary>
    public Quantity Position => new(_lots.Sum(static lot => lot.Quantity) * (_isLong ? 1 : -1));

    /// <summary>A price of the market: it moves the excursions of what is held.</summary>
    public void OnMark(Price price)
    {
        if (_lots.Count > 0)
        {
            _path.Add(price);
        }
    }

    /// <summary>A fill.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Its quantity is not above zero.</exception>
    /// <exception cref="OverflowException">Its value leaves 64 bits.</exception>
    public void OnFill(in TradeFill fill)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fill.Quantity.Raw);
        var rest = new Lot(fill, _fillCount++, 0) { Quantity = fill.Quantity.Raw, Value = fill.Price.Value(fill.Quantity), Fee = fill.Fee };
        _feesDue += fill.Fee;
        bool reduces = _lots.Count > 0 && fill.IsBuy != _isLong;
        _path.Cut(fill.Price);
        if (reduces)
        {
            Reduce(rest);
        }

        if (rest.Quantity > 0)
        {
            if (_lots.Count == 0)
            {
                _isLong = fill.IsBuy;
                _path.Clear();
                _path.Cut(fill.Price);
            }

            _lots.Add(new Lot(fill, rest.Number, _path.Count - 1) { Quantity = rest.Quantity, Value = rest.Value, Fee = rest.Fee });
        }
    }

    private void Reduce(Lot exit)
    {
        while (exit.Quantity > 0 && _lots.Count > 0)
        {
            Lot lot = _lots[matching == LotMatching.OldestFirst ? 0 : ^1];
            long quantity = Math.Min(exit.Quantity, lot.Quantity);
            _portions.Add(new TradePortion(
                lot.Fill, lot.Number, lot.Segment, exit.Fill, exit.Number, _path.Count - 1, quantity, lot.Take(quantity), exit.Take(quantity)));
            if (lot.Quantity == 0)
            {
                _lots.RemoveAt(matching == LotMatching.OldestFirst ? 0 : _lots.Count - 1);
            }

            if (method == GroupingMethod.FillToFill)
            {
                End(lot.TakeFee() + exit.TakeFee());
            }
        }

        if (method == GroupingMethod.FlatToReduced || (method == GroupingMethod.FlatToFlat && _lots.Count == 0))
        {
            exit.TakeFee();
            End(_feesDue);
            _feesDue = Money.Zero;
        }
    }

    private void End(Money fees)
    {
        Int128 entryProduct = 0, exitProduct = 0;
        Money entryValue = default, exitValue = default;
        long quantity = 0, entryNanos = long.MaxValue;
        SortedDictionary<int, ulong> orders = [];
        foreach (TradePortion portion in _portions)
        {
            entryProduct += (Int128)portion.Entry.Price.Raw * portion.Quantity;
            exitProduct += (Int128)portion.Exit.Price.Raw * portion.Quantity;
            entryValue += portion.EntryValue;
            exitValue += portion.ExitValue;
            quantity += portion.Quantity;
            entryNanos = Math.Min(entryNanos, portion.Entry.TimeNanos);
            orders[portion.EntryNumber] = portion.Entry.OrderId;
            orders[portion.ExitNumber] = portion.Exit.OrderId;
        }

        Money gross = _isLong ? exitValue - entryValue : entryValue - exitValue;
        TradeExcursion excursion = TradeExcursion.Of(_portions, _isLong, _path);
        TradeRecord trade = names with
        {
            Number = _trades.Count + 1,
            Side = _isLong ? TradeSide.Long : TradeSide.Short,
            EntryTimeNanos = entryNanos,
            ExitTimeNanos = _portions[^1].Exit.TimeNanos,
            EntryPrice = new Price((long)WideNumber.DivideHalfAway(entryProduct, quantity)),
            ExitPrice = new Price((long)WideNumber.DivideHalfAway(exitProduct, quantity)),
            Quantity = new Quantity(quantity),
            GrossPnl = gross,
            Fees = fees,
            FillCount = orders.Count,

            // Prices are exact and values rounded: the end may lie a unit outside of what the prices say.
            AdverseExcursion = gross < excursion.Adverse ? gross : excursion.Adverse,
            FavourableExcursion = gross > excursion.Favourable ? gross : excursion.Favourable,
            Drawdown = excursion.Drawdown,
        };
        _trades.Add(new GroupedTrade(trade, [.. orders.Values.Distinct()]));
        _portions.Clear();
    }

    /// <summary>What is left of a fill.</summary>
    private sealed class Lot(TradeFill fill, int number, int segment)
    {
        internal TradeFill Fill { get; } = fill;

        internal int Number { get; } = number;

        internal int Segment { get; } = segment;

        internal long Quantity { get; set; }

        internal Money Value { get; set; }

        internal Money Fee { get; set; }

        /// <summary>Takes a part and gives its value; the last part takes what is left, so that nothing is lost to rounding.</summary>
        internal Money Take(long quantity)
        {
            Money value = quantity == Quantity ? Value : new Money(FixedPoint.MultiplyDivide(Value.Raw, quantity, Quantity));
            Quantity -= quantity;
            Value -= value;
            return value;
        }

        internal Money TakeFee()
        {
            Money fee = Fee;
            Fee = Money.Zero;
            return fee;
        }
    }
}
