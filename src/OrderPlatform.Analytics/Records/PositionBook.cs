using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Analytics;

/// <summary>The newest state of every position and account of a run, valued at the newest prices: the engine values a position at its events only.</summary>
internal sealed class PositionBook
{
    private readonly Dictionary<PositionKey, PositionView> _positions = [];
    private readonly Dictionary<uint, Money> _cash = [];
    private readonly Dictionary<uint, Price> _marks = [];

    internal Money Cash => Sum(_cash.Values);

    internal Money Deposits { get; private set; }

    internal Money Equity => Cash + Sum(_positions.Select(p => ValueOf(p.Key, p.Value)));

    internal Money Realised => Sum(_positions.Values.Select(static p => p.Realised));

    internal Money Unrealised => Sum(_positions.Select(p => ValueOf(p.Key, p.Value) - p.Value.Cost));

    internal Money Fees => Sum(_positions.Values.Select(static p => p.Fees));

    internal Money Funding => Sum(_positions.Values.Select(static p => p.Funding));

    /// <summary>An account and the cash it begins with.</summary>
    /// <returns><c>false</c> if it was known.</returns>
    internal bool TryAdd(uint accountId, Money cash) => _cash.TryAdd(accountId, cash);

    internal void SetMark(uint instrumentId, Price mark) => _marks[instrumentId] = mark;

    /// <summary>News of a position.</summary>
    /// <returns>What they changed of its realised P&amp;L and fees.</returns>
    internal (Money Realised, Money Fees) On(in PositionEventDecoder e)
    {
        var key = new PositionKey(e.StrategyId, e.InstrumentId, e.AccountId, e.Leg);
        PositionView before = _positions.GetValueOrDefault(key);
        var after = new PositionView(
            new Quantity(e.Quantity), new Money(e.Cost), new Price(e.AveragePrice), new Money(e.RealisedPnl), new Money(e.Fees), new Money(e.Funding));
        _positions[key] = after;
        _cash[e.AccountId] = new Money(e.Cash);
        return (after.Realised - before.Realised, after.Fees - before.Fees);
    }

    internal void On(in CashEventDecoder e)
    {
        _cash[e.AccountId] = new Money(e.Cash);
        Deposits += e.Kind is CashKind.Deposit or CashKind.Withdrawal ? new Money(e.Amount) : Money.Zero;
    }

    /// <summary>Signed quantity of an instrument over all strategies and accounts.</summary>
    internal Quantity Held(uint instrumentId) =>
        _positions.Where(p => p.Key.Instrument == instrumentId).Aggregate(Quantity.Zero, static (sum, p) => sum + p.Value.Quantity);

    /// <summary>What is held, in order of strategy, instrument, account and leg.</summary>
    internal IEnumerable<OpenPosition> Open(RunNames names) => _positions
        .Where(static p => !p.Value.Quantity.IsZero)
        .OrderBy(static p => (p.Key.Strategy, p.Key.Instrument, p.Key.Account, p.Key.Leg))
        .Select(p => new OpenPosition(
            names.Instrument(p.Key.Instrument), p.Value.Quantity, p.Value.AveragePrice, _marks.GetValueOrDefault(p.Key.Instrument), ValueOf(p.Key, p.Value) - p.Value.Cost));

    private static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, static (sum, amount) => sum + amount);

    private Money ValueOf(PositionKey key, PositionView position) =>
        _marks.TryGetValue(key.Instrument, out Price mark) && !position.Quantity.IsZero ? mark.Value(position.Quantity) : position.Cost;

    private readonly record struct PositionKey(uint Strategy, uint Instrument, uint Account, PositionLeg Leg);

    private readonly record struct PositionView(Quantity Quantity, Money Cost, Price AveragePrice, Money Realised, Money Fees, Money Funding);
}
