using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Model.NaiveMath;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>
/// Sizes of the naive model (R46, R128, D4): the rule's wish, the bounds, rounded down to the lot; and what could not be left again is not entered (T12).
/// </summary>
internal sealed partial class NaiveEngine
{
    private NaiveSize Size(NaivePosition position, decimal price, NaiveIntent intent)
    {
        StrategyRecord rules = Rules(position);
        ExitRulesRecord exits = ExitsOf(position.Strategy);
        var size = new NaiveSize { Equity = Equity(rules.Account) };
        bool isLong = intent.Target != Direction.Short;
        if (!TryLevels(position, isLong, price, VolatilityFor(position, intent.Volatility), out decimal stop, out _))
        {
            return size with { Reason = ReasonCode.NoHistory };
        }

        size.Distance = stop != 0 ? ShareUp(Math.Abs(price - stop), price) : exits.TrailingActivation is null ? exits.TrailingOffset ?? 0 : 0;
        if (!TryWish(position, price, intent, size))
        {
            return size with { Reason = ReasonCode.NoHistory };
        }

        Bound(rules, size);
        InstrumentRecord market = Market(position);
        size.Quantity = IsFixed(rules) && size.By is SizingBound.Fixed or SizingBound.None ? Floor(rules.Quantity!.Value, market.QuantityStep)
            : QuantityFor(market, size.Notional, price);
        ReasonCode? reason = size.Quantity == 0 ? IsKelly(rules) && size.Kelly <= 0 ? ReasonCode.NoEdge : ReasonCode.RoundsToZero
            : CanBeLeft(market, size.Quantity, price, isLong ? stop : 0, isLong) ? null
            : ReasonCode.ExitNotFeasible;
        return reason is null ? size : size with { Quantity = 0, Reason = reason };
    }

    /// <summary>What the rule asks for; a target of volatility needs one.</summary>
    private bool TryWish(NaivePosition position, decimal price, NaiveIntent intent, NaiveSize size)
    {
        StrategyRecord rules = Rules(position);
        decimal equity = Math.Max(0, size.Equity);
        if (rules.EquityFraction is { } fraction)
        {
            (size.Rule, size.Wish) = (SizingBound.EquityFraction, Down(equity, fraction));
        }
        else if (rules.Notional is { } notional)
        {
            (size.Rule, size.Wish) = (SizingBound.Fixed, notional);
        }
        else if (rules.TargetVolatility is { } target)
        {
            decimal? volatility = intent.Volatility > 0 ? intent.Volatility : Deviation(position.Instrument, ExitsOf(position.Strategy).Window);
            (size.Rule, size.Wish) = (SizingBound.VolatilityTarget, volatility > 0 ? Down(equity, target, volatility.Value) : 0);
            return volatility is not null;
        }
        else if (rules.KellyMultiplier is { } multiplier)
        {
            size.Kelly = Kelly(rules, intent);
            (size.Rule, size.Wish) = (SizingBound.Kelly, size.Kelly > 0 ? DownOfThree(multiplier, size.Kelly, equity) : 0);
        }
        else
        {
            (size.Rule, size.Wish) = (SizingBound.Fixed, Notional(Market(position), price, rules.Quantity!.Value));
        }

        return true;
    }

    /// <summary>The least of the wish and what the bounds allow; without a stop all can be lost.</summary>
    private static void Bound(StrategyRecord rules, NaiveSize size)
    {
        decimal equity = Math.Max(0, size.Equity);
        size.Risk = rules.RiskPerTrade is { } share ? Down(equity, share, size.Distance > 0 ? size.Distance : 1) : Largest;
        size.Fraction = rules.MaximumFraction is { } part ? Down(equity, part) : Largest;
        decimal least = Math.Min(size.Wish, Math.Min(size.Risk, size.Fraction));
        size.By = least == Largest ? SizingBound.None
            : least == size.Wish ? size.Rule
            : least == size.Risk ? SizingBound.RiskPerTrade
            : SizingBound.PositionFraction;
        size.Notional = size.By == SizingBound.None ? 0 : least;
    }

    private static bool IsFixed(StrategyRecord rules) =>
        (rules.EquityFraction ?? rules.Notional ?? rules.TargetVolatility ?? rules.KellyMultiplier) is null;

    private static bool IsKelly(StrategyRecord rules) =>
        rules.KellyMultiplier is not null && (rules.EquityFraction ?? rules.Notional ?? rules.TargetVolatility) is null;

    /// <summary>p − (1 − p) × L / W, never more than exact; none where the signal names no win or no loss.</summary>
    private static decimal Kelly(StrategyRecord rules, NaiveIntent intent) =>
        intent.ExpectedReturn <= 0 || intent.RiskScore <= 0 || rules.KellyWinRate is not { } win ? 0
        : win - Ceiling((1 - win) * intent.RiskScore / intent.ExpectedReturn, Unit);

    /// <summary>How much of an instrument an amount is, never worth more.</summary>
    private static decimal QuantityFor(InstrumentRecord market, decimal amount, decimal price)
    {
        decimal exact = amount <= 0 || price <= 0 ? 0
            : market.Kind == InstrumentKind.Inverse ? amount * price / market.Multiplier
            : amount / (price * market.Multiplier);

        // What is larger than any number is no quantity (D19).
        return exact > Largest ? 0 : Floor(exact, market.QuantityStep);
    }

    /// <summary>
    /// Whether what an entry would leave can be sold again at its stop. An entry that the venue itself would refuse is left to its own check.
    /// </summary>
    private bool CanBeLeft(InstrumentRecord market, decimal quantity, decimal price, decimal stop, bool isLong)
    {
        decimal least = market.MinimumQuantity ?? 0;
        decimal leastValue = market.Kind == InstrumentKind.Spot ? market.MinimumNotional ?? 0 : 0;
        bool IsOrder(decimal size, decimal at) => size > 0 && size >= least && size * at >= leastValue;
        bool losesFee = market.Kind == InstrumentKind.Spot && isLong && setup.Venue.Features.HasFlag(VenueFeatures.FeeFromReceived);
        decimal left = Floor(quantity * (1 - (losesFee ? Math.Max(0, setup.Venue.TakerFee) : 0)), market.QuantityStep);
        return !IsOrder(quantity, price) || IsOrder(left, stop == 0 ? price : stop);
    }

    private void SaySize(NaiveSize size) => Say(
        $"sized {size.By}", 0, 0, size.Equity, size.Kelly, size.Wish, size.Risk, size.Fraction, size.Distance, size.Notional, size.Quantity);

    /// <summary>A size with all that went into it (D4).</summary>
    private sealed record NaiveSize
    {
        public decimal Quantity { get; set; }

        public ReasonCode? Reason { get; set; }

        public SizingBound Rule { get; set; }

        public SizingBound By { get; set; }

        public decimal Equity { get; set; }

        public decimal Kelly { get; set; }

        public decimal Wish { get; set; }

        public decimal Risk { get; set; }

        public decimal Fraction { get; set; }

        public decimal Distance { get; set; }

        public decimal Notional { get; set; }
    }
}
