using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Model.NaiveMath;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>
/// Sizes of the naive model (R46, R128, D4): the rule's wish, the bounds, rounded down to the lot; and what could not be left again is not entered (T12).
/// </summary>
internal sealed partial class NaiveEngine
{
    private (decimal Quantity, ReasonCode? Reason) Size(NaivePosition position, decimal price, NaiveIntent intent)
    {
        StrategyRecord rules = Rules(position);
        InstrumentRecord market = Market(position);
        ExitRulesRecord exits = setup.ExitsOf(position.Strategy);
        bool isLong = intent.Target != Direction.Short;
        if (!TryLevels(position, isLong, price, intent.Volatility, out decimal stop, out _))
        {
            return (0, ReasonCode.NoHistory);
        }

        decimal equity = Math.Max(0, Equity(rules.Account));
        decimal distance = stop != 0 ? ShareUp(Math.Abs(price - stop), price) : exits.TrailingActivation is null ? exits.TrailingOffset ?? 0 : 0;
        bool hasEdge = Kelly(rules, intent) > 0;
        decimal? wish = rules.EquityFraction is { } fraction ? Down(equity, fraction)
            : rules.Notional is { } notional ? notional
            : rules.TargetVolatility is { } target ? intent.Volatility > 0 ? Down(equity, target, intent.Volatility) : null
            : rules.KellyMultiplier is { } multiplier ? hasEdge ? DownOfThree(multiplier, Kelly(rules, intent), equity) : 0
            : Notional(market, price, rules.Quantity!.Value);
        if (wish is not { } wanted)
        {
            return (0, ReasonCode.NoHistory);
        }

        decimal risk = rules.RiskPerTrade is { } share ? Down(equity, share, distance > 0 ? distance : 1) : Largest;
        decimal most = rules.MaximumFraction is { } part ? Down(equity, part) : Largest;
        decimal least = Math.Min(wanted, Math.Min(risk, most));
        decimal quantity = IsFixed(rules) && least == wanted ? Floor(rules.Quantity!.Value, market.QuantityStep)
            : least == Largest ? 0
            : QuantityFor(market, least, price);
        return quantity == 0 ? (0, rules.KellyMultiplier is not null && IsKelly(rules) && !hasEdge ? ReasonCode.NoEdge : ReasonCode.RoundsToZero)
            : CanBeLeft(market, quantity, price, isLong ? stop : 0, isLong) ? (quantity, null)
            : (0, ReasonCode.ExitNotFeasible);
    }

    private static bool IsFixed(StrategyRecord rules) =>
        (rules.EquityFraction ?? rules.Notional ?? rules.TargetVolatility ?? rules.KellyMultiplier) is null;

    private static bool IsKelly(StrategyRecord rules) => (rules.EquityFraction ?? rules.Notional ?? rules.TargetVolatility) is null;

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
        return Floor(exact, market.QuantityStep);
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
}
