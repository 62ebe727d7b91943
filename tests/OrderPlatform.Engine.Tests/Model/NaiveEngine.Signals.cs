using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Model.NaiveMath;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>Signals of the naive model: the filters in their order, and what goes on (R32 to R44, R122, R126, R129).</summary>
internal sealed partial class NaiveEngine
{
    private const int IdsRemembered = 64;

    private readonly Dictionary<uint, Queue<ulong>> _seen = [];

    public void Signal(SignalRecord signal)
    {
        var wish = new NaiveWish { Target = signal.Direction, Confidence = signal.Confidence };
        ReasonCode? held = NameProblem(signal.Client, signal.Strategy, signal.Instrument) ?? FindPosition(signal, wish);
        held ??= wish.Position is null ? null : Objection(signal, wish, Rules(wish.Position));
        if (held is { } reason)
        {
            Decide(DecisionAction.Hold, reason, wish.Position?.Quantity ?? 0);
            return;
        }

        Accept(signal, wish);
    }

    private void Accept(SignalRecord signal, NaiveWish wish)
    {
        NaivePosition position = wish.Position!;
        NaiveIntent intent = IntentOf(signal, wish);
        DecisionAction action = !intent.IsReady || position.Working is not null ? DecisionAction.Wait
            : position.Quantity == 0 ? DecisionAction.Enter
            : wish.Target == Direction.Neutral ? DecisionAction.Exit
            : DecisionAction.Reverse;
        ReasonCode waits = intent.WaitsForOpen ? ReasonCode.WaitingForNextBar : intent.WaitsForTime ? ReasonCode.WaitingForTime : ReasonCode.OrderInFlight;
        Decide(action, wish.Reason ?? (action == DecisionAction.Wait ? waits : ReasonCode.None), (int)wish.Target * wish.Size);
        position.PendingVolatility = wish.Target == Direction.Neutral ? position.PendingVolatility : intent.Volatility;
        if (wish.Other is { } other)
        {
            Want(other, intent with { Target = Direction.Neutral });
            Schedule(other);
        }

        Want(position, intent);
        Schedule(position);
    }

    private NaiveIntent IntentOf(SignalRecord signal, NaiveWish wish)
    {
        EntryTiming timing = Rules(wish.Position!).Timing;
        bool isTimed = timing == EntryTiming.AtTime && signal.ExecuteAtNanos > _now;
        ExitReason exit = wish.Target == Direction.Neutral && !wish.ClosesOnly ? ExitReason.Signal : ExitReason.Reversal;
        return new NaiveIntent(wish.Target, exit, AtMarket: false, timing == EntryTiming.CurrentOpen)
        {
            WaitsForTime = isTimed,
            ExecuteAtNanos = isTimed ? signal.ExecuteAtNanos!.Value : 0,
            ValidUntilNanos = signal.ValidUntilNanos ?? 0,
            DecisionPrice = Mark(signal.Instrument),
            ExpectedReturn = signal.ExpectedReturn ?? 0,
            RiskScore = signal.RiskScore ?? 0,
            Volatility = signal.Volatility ?? 0,
        };
    }

    private ReasonCode? NameProblem(uint client, uint strategy, uint instrument) =>
        setup.StrategyOf(strategy) is not { } rules ? ReasonCode.UnknownStrategy
        : !setup.Clients.Any(known => known.Id == client) ? ReasonCode.UnknownClient
        : rules.Client != client ? ReasonCode.NotTheOwner
        : setup.InstrumentOf(instrument) is null ? ReasonCode.UnknownInstrument
        : null;

    /// <summary>The leg of the signal's side, and the other one where that is held: a signal closes it. To be flat, the held one, the long one first.</summary>
    private ReasonCode? FindPosition(SignalRecord signal, NaiveWish wish)
    {
        uint strategy = signal.Strategy;
        Direction opens = signal.Direction;
        bool isExit = opens == Direction.Short && _strategies[strategy].Mode != TradingMode.LongShort;
        if (isExit || opens is not (Direction.Short or Direction.Long))
        {
            bool isShort = IsHeld(strategy, signal.Instrument, PositionLeg.Short) && !IsHeld(strategy, signal.Instrument, PositionLeg.Long);
            opens = isShort ? Direction.Short : Direction.Long;
        }

        ReasonCode? reason = LegProblem(strategy, PositionLeg.NULL_VALUE, opens, out PositionLeg leg)
            ?? PositionProblem(strategy, signal.Instrument, leg, out wish.Position);
        wish.Other = wish.Position is not null && OtherLeg(wish.Position) is { Quantity: not 0 } other ? other : null;
        return reason ?? (IsRepeated(signal) ? ReasonCode.DuplicateSignal : null);
    }

    /// <summary>Ids of a strategy and role that are among the last ones; id 0 is no id.</summary>
    private bool IsRepeated(SignalRecord signal)
    {
        if (signal.Id == 0)
        {
            return false;
        }

        if (!_seen.TryGetValue(signal.Strategy, out Queue<ulong>? ids))
        {
            _seen[signal.Strategy] = ids = new Queue<ulong>();
        }

        ulong key = signal.Id ^ ((ulong)(signal.Role ?? SignalRole.None) << 61);
        if (ids.Contains(key))
        {
            return true;
        }

        ids.Enqueue(key);
        if (ids.Count > IdsRemembered)
        {
            ids.Dequeue();
        }

        return false;
    }

    private ReasonCode? Objection(SignalRecord signal, NaiveWish wish, StrategyRecord rules)
    {
        SignalRulesRecord filters = setup.SignalsOf(rules.Id);
        if (signal.ValidUntilNanos < _now || (rules.Timing == EntryTiming.AtTime && signal.ExecuteAtNanos > signal.ValidUntilNanos))
        {
            return ReasonCode.SignalExpired;
        }

        long age = signal.GeneratedAtNanos >= _now ? 0 : _now - Math.Max(0, signal.GeneratedAtNanos);
        if (age > filters.MaximumAgeNanos)
        {
            return ReasonCode.SignalTooOld;
        }

        if (Math.Abs((int)signal.Direction) > 1 || signal.Role > SignalRole.Profit)
        {
            return ReasonCode.InvalidValue;
        }

        if (signal.Direction == Direction.Neutral && filters.Voting == VotingMethod.None && (rules.Neutral == NeutralSignal.Hold || IsIdle(wish.Position!)))
        {
            return ReasonCode.NeutralDirection;
        }

        TradingState worst = WorstState(wish.Position!);
        return worst != TradingState.Active && IsIdle(wish.Position!) && wish.Other is null
            ? worst == TradingState.Halted ? ReasonCode.Halted : ReasonCode.Reducing
            : VoteObjection(signal, wish, filters) ?? DecisionObjection(signal, wish, rules, filters);
    }

    private ReasonCode? DecisionObjection(SignalRecord signal, NaiveWish wish, StrategyRecord rules, SignalRulesRecord filters)
    {
        NaivePosition position = wish.Position!;
        bool isHeld = position.Quantity != 0 || wish.Other is not null;
        bool opens = wish.Target != Direction.Neutral && wish.Target != position.Side;
        if (opens && MomentumProblem(position, filters) is { } still)
        {
            wish.Reason = still;
            wish.ClosesOnly = isHeld;
            if (!isHeld)
            {
                return still;
            }
        }

        // A minimum asks for a confidence: a signal without one does not pass (D5).
        if (rules.MinimumConfidence is { } minimum && !(wish.Confidence >= minimum))
        {
            return ReasonCode.ConfidenceTooLow;
        }

        if (wish.Target == Direction.Short && rules.Mode == TradingMode.LongOnly)
        {
            wish.Target = Direction.Neutral;
            if (IsIdle(position))
            {
                return ReasonCode.NoPositionToSell;
            }
        }

        if (Mark(position.Instrument) == 0)
        {
            return ReasonCode.NoPrice;
        }

        CloseOnly(wish);
        return ThereOrOnItsWay(signal, wish, filters) ?? (wish.Target == Direction.Neutral ? null : SizeObjection(signal, wish, isHeld));
    }

    private ReasonCode? ThereOrOnItsWay(SignalRecord signal, NaiveWish wish, SignalRulesRecord filters)
    {
        NaivePosition position = wish.Position!;
        bool isOpposite = !wish.IsVote && signal.Direction != Direction.Neutral
            && (wish.Other is not null || (position.Quantity != 0 && signal.Direction != position.Side));
        if (isOpposite && filters.ReversalConfidence is { } least && !(wish.Confidence >= least))
        {
            return ReasonCode.ReversalNotConfident;
        }

        bool isSettled = position.Working is null && position.Intent is null;
        return isSettled && position.Side == wish.Target && wish.Target != Direction.Neutral ? ReasonCode.AlreadyInPosition : OnItsWay(wish);
    }

    private static ReasonCode? OnItsWay(NaiveWish wish)
    {
        NaivePosition position = wish.Position!;
        return position.Intent is { AtMarket: true, IsReady: true } ? ReasonCode.OrderInFlight
            : Coming(position) != wish.Target ? null
            : position.Intent is { WaitsForOpen: true } ? ReasonCode.WaitingForNextBar
            : position.Intent is { WaitsForTime: true } ? ReasonCode.WaitingForTime
            : ReasonCode.OrderInFlight;
    }

    /// <summary>What has no size, or could not be left again at its stop, does not open; against a position it still closes.</summary>
    private ReasonCode? SizeObjection(SignalRecord signal, NaiveWish wish, bool isHeld)
    {
        NaiveSize size = Size(wish.Position!, Mark(signal.Instrument), IntentOf(signal, wish));
        SaySize(size);
        wish.Size = size.Quantity;
        if (size.Reason is not { } reason)
        {
            return null;
        }

        wish.Reason = reason;
        wish.ClosesOnly = isHeld;
        CloseOnly(wish);
        return isHeld ? OnItsWay(wish) : reason;
    }

    /// <summary>Only what closes goes on: that may be the other leg.</summary>
    private static void CloseOnly(NaiveWish wish)
    {
        if (!wish.ClosesOnly)
        {
            return;
        }

        wish.Target = Direction.Neutral;
        wish.Size = 0;
        if (wish.Other is not null && wish.Position!.Quantity == 0)
        {
            wish.Position = wish.Other;
            wish.Other = null;
        }
    }

    /// <summary>The change of an hour's price: from the price in force at a full minute, the window before the last one, to now (R43, R44).</summary>
    private ReasonCode? MomentumProblem(NaivePosition position, SignalRulesRecord filters)
    {
        if (filters.MomentumMinimum is not { } minimum)
        {
            return null;
        }

        const long Minute = 60 * NaiveSetup.SecondNanos;
        long then = ((_now / Minute) - (filters.MomentumWindowMinutes ?? 60)) * Minute;
        List<(long Nanos, decimal Price)> prices = _prices.GetValueOrDefault(position.Instrument) ?? [];
        int index = prices.FindLastIndex(price => price.Nanos <= then);
        if (index < 0)
        {
            return ReasonCode.NoHistory;
        }

        // In whole microseconds; one that is larger than any number is not known.
        decimal change = Math.Abs(prices[^1].Price - prices[index].Price);
        decimal momentum = Rounded(Raw(change) * Raw(1) * 3_600_000_000, Raw(prices[index].Price) * ((_now - then) / 1_000));
        return !Fits(momentum) ? ReasonCode.NoHistory : momentum >= minimum ? null : ReasonCode.MomentumTooLow;
    }

    private static bool IsIdle(NaivePosition position) => position.Quantity == 0 && position.Working is null && position.Intent is null;

    private static Direction Coming(NaivePosition position) => position.Intent?.Target ?? position.Working?.Target ?? position.Side;

    private void Decide(DecisionAction action, ReasonCode reason, decimal target) => Said.Add($"decision {action} {reason} {target:0.########}");

    /// <summary>What a signal wants by now.</summary>
    private sealed class NaiveWish
    {
        public NaivePosition? Position;
        public NaivePosition? Other;
        public Direction Target;
        public decimal? Confidence;
        public bool IsVote;
        public bool ClosesOnly;
        public ReasonCode? Reason;
        public decimal Size;
    }
}
