using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Messages;

namespace OrderPlatform.Analytics;

/// <summary>
/// The newest state of every position and account of a run, valued at the newest prices: the engine's outputs value a position at its events only. Sums are in
/// the clients' currency: an account in another one is converted at the mark of its conversion instrument, and counts nothing until that is known.
/// </summary>
internal sealed class RunPositions(RunNames names)
{
    private readonly Dictionary<PositionKey, PositionView> _positions = [];
    private readonly Dictionary<uint, AccountView> _accounts = [];
    private readonly Dictionary<uint, Price> _marks = [];
    private readonly Dictionary<uint, Price> _firstMarks = [];

    internal Money Cash => Total(static account => account.Cash);

    /// <summary>Cash at the start, converted at the first marks.</summary>
    internal Money InitialEquity => Sum(_accounts.Values.Select(account => Converted(account, account.InitialCash, _firstMarks)));

    internal Money Deposits => Total(static account => account.Deposits);

    internal Money Equity => Cash + Total(WorthOf);

    internal Money Realised => Total(static (_, position) => position.Realised - position.BroughtRealised);

    internal Money Unrealised => Total((key, position) => ValueOf(key, position) - position.Cost);

    internal Money Fees => Total(static (_, position) => position.Fees - position.BroughtFees);

    internal Money Funding => Total(static (_, position) => position.Funding);

    internal bool HoldsAny => _positions.Values.Any(static position => !position.Quantity.IsZero);

    internal void Add(in AccountConfigurationDecoder account)
    {
        var cash = new Money(account.InitialCash);
        uint conversion = account.TryGetConversionInstrumentId(out uint instrument) ? instrument : 0;
        _accounts.TryAdd(account.AccountId, new AccountView(cash, cash, conversion, Money.Zero));
    }

    internal void SetMark(uint instrumentId, Price mark)
    {
        _marks[instrumentId] = mark;
        _firstMarks.TryAdd(instrumentId, mark);
    }

    internal Price Mark(uint instrumentId) => _marks.GetValueOrDefault(instrumentId);

    /// <summary>News of a position.</summary>
    /// <param name="e">The news.</param>
    /// <param name="isSeed">Whether they come of a seed: what it brings along is no result of this run.</param>
    /// <returns>What they changed of its realised P&amp;L and fees.</returns>
    internal (Money Realised, Money Fees) On(in PositionEventDecoder e, bool isSeed)
    {
        var key = new PositionKey(e.StrategyId, e.InstrumentId, e.AccountId, e.Leg);
        PositionView before = _positions.GetValueOrDefault(key);
        var after = new PositionView(
            new Quantity(e.Quantity), new Money(e.Cost), new Price(e.AveragePrice), new Money(e.RealisedPnl), new Money(e.Fees), new Money(e.Funding),
            isSeed ? new Money(e.RealisedPnl) : before.BroughtRealised, isSeed ? new Money(e.Fees) : before.BroughtFees);
        _positions[key] = after;
        _accounts[e.AccountId] = _accounts.GetValueOrDefault(e.AccountId) with { Cash = new Money(e.Cash) };
        return (after.Realised - before.Realised, after.Fees - before.Fees);
    }

    internal void On(in CashEventDecoder e)
    {
        AccountView account = _accounts.GetValueOrDefault(e.AccountId);
        Money deposit = e.Kind is CashKind.Deposit or CashKind.Withdrawal ? new Money(e.Amount) : Money.Zero;
        _accounts[e.AccountId] = account with { Cash = new Money(e.Cash), Deposits = account.Deposits + deposit };
    }

    /// <summary>Signed quantity of an instrument over all strategies and accounts.</summary>
    internal Quantity Held(uint instrumentId)
    {
        Quantity held = Quantity.Zero;
        foreach (KeyValuePair<PositionKey, PositionView> position in _positions)
        {
            held += position.Key.Instrument == instrumentId ? position.Value.Quantity : Quantity.Zero;
        }

        return held;
    }

    /// <summary>What is held, in order of strategy, instrument, account and leg.</summary>
    internal IEnumerable<OpenPosition> Open() => _positions
        .Where(static p => !p.Value.Quantity.IsZero)
        .OrderBy(static p => (p.Key.Strategy, p.Key.Instrument, p.Key.Account, p.Key.Leg))
        .Select(p => new OpenPosition(
            names.Instrument(p.Key.Instrument), p.Value.Quantity, p.Value.AveragePrice, Mark(p.Key.Instrument), ValueOf(p.Key, p.Value) - p.Value.Cost));

    private static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, static (sum, amount) => sum + amount);

    private static Money Converted(AccountView account, Money amount, Dictionary<uint, Price> marks) =>
        account.Conversion == 0 || amount.IsZero
            ? amount
            : new Money(FixedPoint.MultiplyDivide(amount.Raw, marks.GetValueOrDefault(account.Conversion).Raw, FixedPoint.One));

    private Money Total(Func<AccountView, Money> of) => Sum(_accounts.Values.Select(account => Converted(account, of(account), _marks)));

    private Money Total(Func<PositionKey, PositionView, Money> of) =>
        Sum(_positions.Select(p => Converted(_accounts.GetValueOrDefault(p.Key.Account), of(p.Key, p.Value), _marks)));

    // Spot is owned; of a contract only the profit is.
    private Money WorthOf(PositionKey key, PositionView position) =>
        names.Contract(key.Instrument).Kind == InstrumentKind.Spot ? ValueOf(key, position) : ValueOf(key, position) - position.Cost;

    private Money ValueOf(PositionKey key, PositionView position) =>
        !position.Quantity.IsZero && _marks.TryGetValue(key.Instrument, out Price mark) && !mark.IsZero
            ? ContractValue.Of(names.Contract(key.Instrument), mark, position.Quantity)
            : position.Cost;

    private readonly record struct PositionKey(uint Strategy, uint Instrument, uint Account, PositionLeg Leg);

    private readonly record struct PositionView(
        Quantity Quantity, Money Cost, Price AveragePrice, Money Realised, Money Fees, Money Funding, Money BroughtRealised, Money BroughtFees);

    private readonly record struct AccountView(Money Cash, Money InitialCash, uint Conversion, Money Deposits);
}
