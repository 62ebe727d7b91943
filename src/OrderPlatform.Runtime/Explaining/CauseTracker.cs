using OrderPlatform.Engine;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Explaining;

/// <summary>
/// Remembers which input began what no signal asked for. Such a wish may wait for an order's end, for room in an input or for a reconciliation, so the input
/// that makes the order may be a later one. After each input it looks at what the positions want.
/// </summary>
internal sealed class CauseTracker
{
    private readonly Dictionary<Wish, long> _waiting = [];
    private readonly List<Wish> _gone = [];

    /// <summary>Whether a reason to end a position is one that no signal and no request has.</summary>
    public static bool IsOwn(ExitReason reason) =>
        reason is ExitReason.StopLoss or ExitReason.TakeProfit or ExitReason.TrailingStop or ExitReason.TimeExit or ExitReason.Operator
            or ExitReason.RiskBreach or ExitReason.Liquidation;

    /// <summary>The input that began what an order of this input carries out: an earlier one where the wish waited, else this one.</summary>
    public long CauseOf(uint strategy, uint instrument, ExitReason reason, long sequence) =>
        _waiting.GetValueOrDefault(new Wish(strategy, instrument, reason), sequence);

    /// <summary>The wish that waits for a position and the input that began it; where none waits, this input and no reason.</summary>
    public (ExitReason Reason, long Sequence) AnyOf(uint strategy, uint instrument, long sequence)
    {
        foreach ((Wish wish, long since) in _waiting)
        {
            if (wish.Strategy == strategy && wish.Instrument == instrument)
            {
                return (wish.Reason, since);
            }
        }

        return (ExitReason.None, sequence);
    }

    /// <summary>Looks at what the positions want after an input.</summary>
    /// <param name="state">The engine.</param>
    /// <param name="began">Told of each wish that began with this input and waits.</param>
    public void After(EngineState state, Action<uint, uint, ExitReason> began)
    {
        _gone.Clear();
        _gone.AddRange(_waiting.Keys);
        foreach (ref Position position in state.Positions.Rows)
        {
            if (position.Intent is not { State: not IntentState.None, AtMarket: true } || !IsOwn(position.Intent.ExitReason))
            {
                continue;
            }

            var wish = new Wish(state.Strategies[position.Strategy].Id, state.Instruments[position.Instrument].Id, position.Intent.ExitReason);
            _gone.Remove(wish);
            if (_waiting.TryAdd(wish, state.Sequence))
            {
                began(wish.Strategy, wish.Instrument, wish.Reason);
            }
        }

        foreach (Wish wish in _gone)
        {
            _waiting.Remove(wish);
        }
    }

    private readonly record struct Wish(uint Strategy, uint Instrument, ExitReason Reason);
}
