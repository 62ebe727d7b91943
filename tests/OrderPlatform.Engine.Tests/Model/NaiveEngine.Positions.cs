using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>
/// The positions of the naive model: one a strategy and instrument in a netting account, a long and a short leg in a hedging one.
/// </summary>
internal sealed partial class NaiveEngine
{
    private readonly Dictionary<(uint Strategy, uint Instrument, PositionLeg Leg), NaivePosition> _positions = [];
    private readonly List<NaivePosition> _inOrder = [];

    /// <summary>The newest first.</summary>
    private IEnumerable<NaivePosition> OfInstrument(uint instrument)
    {
        for (int i = _inOrder.Count - 1; i >= 0; i--)
        {
            if (_inOrder[i].Instrument == instrument)
            {
                yield return _inOrder[i];
            }
        }
    }

    private bool IsHedging(uint strategy) => setup.AccountOf(setup.StrategyOf(strategy)!.Account).PositionMode == PositionMode.Hedging;

    /// <summary>The leg of what opens a side, unless somebody names one.</summary>
    private ReasonCode? LegProblem(uint strategy, PositionLeg wanted, Direction opens, out PositionLeg leg)
    {
        bool isSilent = wanted is PositionLeg.Net or PositionLeg.NULL_VALUE;
        leg = PositionLeg.Net;
        if (!IsHedging(strategy))
        {
            return isSilent ? null : ReasonCode.InvalidValue;
        }

        leg = !isSilent ? wanted : opens == Direction.Short ? PositionLeg.Short : PositionLeg.Long;
        return leg is PositionLeg.Long or PositionLeg.Short ? null : ReasonCode.InvalidValue;
    }

    /// <summary>Finds or makes a position; an instrument that settles in another currency than the account's has none.</summary>
    private ReasonCode? PositionProblem(uint strategy, uint instrument, PositionLeg leg, out NaivePosition? position)
    {
        if (_positions.TryGetValue((strategy, instrument, leg), out position))
        {
            return null;
        }

        StrategyRecord rules = _strategies[strategy];
        InstrumentRecord market = setup.InstrumentOf(instrument)!;
        if (SettlesIn(market) != setup.AccountOf(rules.Account).Asset)
        {
            return ReasonCode.WrongCurrency;
        }

        position = new NaivePosition { Strategy = strategy, Instrument = instrument, Leg = leg, Rules = rules, Market = market };
        _positions.Add((strategy, instrument, leg), position);
        _inOrder.Add(position);
        return null;
    }

    private NaivePosition? OtherLeg(NaivePosition position)
    {
        PositionLeg other = position.Leg == PositionLeg.Long ? PositionLeg.Short : PositionLeg.Long;
        return position.Leg == PositionLeg.Net ? null : _positions.GetValueOrDefault((position.Strategy, position.Instrument, other));
    }

    private bool IsHeld(uint strategy, uint instrument, PositionLeg leg) =>
        _positions.TryGetValue((strategy, instrument, leg), out NaivePosition? position) && position.Quantity != 0;
}
