using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Model.NaiveMath;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>
/// The naive model's days and its continuous watch (R114, R119, D1): daily loss, drawdown, leverage and concentration at their limits let only what reduces go
/// out, until the day ends (but for a drawdown) or a person resumes.
/// </summary>
internal sealed partial class NaiveEngine
{
    private readonly Dictionary<(Scope Scope, uint Id), NaiveDay> _days = DaysAtStart(setup);
    private readonly Dictionary<(Scope Scope, uint Id), (TradingState State, ReasonCode Reason)> _states = [];
    private readonly Dictionary<uint, decimal> _transfers = [];

    private readonly Dictionary<(Scope Scope, uint Id), LimitsRecord> _limits = setup.Limits.ToDictionary(limits => (limits.Scope, limits.Id));
    private static readonly LimitsRecord Unlimited = new();

    /// <summary>New limits of a client or a strategy; a drawdown that was not limited before counts from here.</summary>
    public void SetLimits(LimitsRecord limits, bool isSane)
    {
        (Scope, uint) of = (limits.Scope, limits.Id);
        ReasonCode? reason = !isSane ? ReasonCode.InvalidValue
            : _days.ContainsKey(of) ? null
            : limits.Scope switch { Scope.Client => ReasonCode.UnknownClient, Scope.Strategy => ReasonCode.UnknownStrategy, _ => ReasonCode.InvalidValue };
        if (reason is not null)
        {
            Said.Add($"alert {reason}");
            return;
        }

        bool hadDrawdown = HasDrawdown(LimitsOf(limits.Scope, limits.Id));
        _limits[of] = limits;
        if (!hadDrawdown && HasDrawdown(limits))
        {
            StartPeak(of);
        }
    }

    private LimitsRecord LimitsOf(Scope scope, uint id) => _limits.GetValueOrDefault((scope, id)) ?? Unlimited;

    private static bool HasDrawdown(LimitsRecord limits) => (limits.MaximumDrawdown ?? limits.MaximumDrawdownFraction) is not null;

    /// <summary>An account whose currency has no price yet adds nothing to its client's equity.</summary>
    private static Dictionary<(Scope Scope, uint Id), NaiveDay> DaysAtStart(NaiveSetup setup)
    {
        Dictionary<(Scope Scope, uint Id), NaiveDay> days = [];
        foreach (ClientRecord client in setup.Clients)
        {
            decimal equity = setup.AccountsOf(client.Id).Sum(account => account.Conversion == 0 ? account.Cash : 0);
            days[(Scope.Client, client.Id)] = new NaiveDay { Equity = equity, PeakEquity = equity, Day = DayOf(NaiveSetup.StartNanos, client) };
        }

        foreach (StrategyRecord strategy in setup.Strategies)
        {
            decimal equity = setup.AccountOf(strategy.Account).Cash;
            days[(Scope.Strategy, strategy.Id)] = new NaiveDay { Equity = equity, PeakEquity = equity };
        }

        return days;
    }

    private static long DayOf(long nanos, ClientRecord client) => nanos < client.DayRollNanos ? -1 : (nanos - client.DayRollNanos) / NaiveSetup.DayNanos;

    private void RollDays()
    {
        foreach (ClientRecord client in setup.Clients)
        {
            NaiveDay day = _days[(Scope.Client, client.Id)];
            if (DayOf(_now, client) == day.Day)
            {
                continue;
            }

            day.Day = DayOf(_now, client);
            day.Result = ResultOfClient(client.Id);
            day.Equity = EquityOfClient(client.Id);
            foreach (StrategyRecord strategy in setup.StrategiesOf(client.Id))
            {
                _days[(Scope.Strategy, strategy.Id)].Result = ResultOfStrategy(strategy.Id);
                _days[(Scope.Strategy, strategy.Id)].Equity = Equity(strategy.Account);
            }

            EndBreachesOfTheDay((Scope.Client, client.Id));
            foreach (StrategyRecord strategy in setup.StrategiesOf(client.Id).Reverse())
            {
                EndBreachesOfTheDay((Scope.Strategy, strategy.Id));
            }
        }
    }

    private void EndBreachesOfTheDay((Scope Scope, uint Id) of)
    {
        (TradingState state, ReasonCode reason) = _states.GetValueOrDefault(of);
        if (state == TradingState.Reducing && reason is ReasonCode.DailyLossLimit or ReasonCode.LeverageLimit or ReasonCode.ConcentrationLimit)
        {
            SetState(of, TradingState.Active, ReasonCode.None);
        }
    }

    private TradingState StateOf(Scope scope, uint id) => _states.GetValueOrDefault((scope, id)).State;

    private void SetState((Scope Scope, uint Id) of, TradingState state, ReasonCode reason)
    {
        TradingState before = _states.GetValueOrDefault(of).State;
        _states[of] = (state, state == TradingState.Active ? ReasonCode.None : reason);
        if (before != state)
        {
            Said.Add($"state {of.Scope} {of.Id} {state} {reason}");
        }
    }

    /// <summary>Money that came without a trade counts as if it had been there when the day began, and at the highest result.</summary>
    private void CountTransfer(uint account, decimal amount)
    {
        NaiveDay client = _days[(Scope.Client, setup.AccountOf(account).Client)];
        decimal converted = Converted(account, amount);
        client.Equity = Hold(client.Equity + converted);
        client.PeakEquity = Hold(client.PeakEquity + converted);
        foreach (StrategyRecord strategy in setup.Strategies.Where(strategy => strategy.Account == account))
        {
            NaiveDay day = _days[(Scope.Strategy, strategy.Id)];
            day.Equity = Hold(day.Equity + amount);
            day.PeakEquity = Hold(day.PeakEquity + amount);
        }
    }

    private decimal ResultOf((Scope Scope, uint Id) of) => of.Scope == Scope.Client ? ResultOfClient(of.Id) : ResultOfStrategy(of.Id);

    private decimal EquityOf((Scope Scope, uint Id) of) => of.Scope == Scope.Client ? EquityOfClient(of.Id) : Equity(setup.StrategyOf(of.Id)!.Account);

    private void StartPeak((Scope Scope, uint Id) of)
    {
        _days[of].PeakResult = ResultOf(of);
        _days[of].PeakEquity = EquityOf(of);
    }

    /// <summary>Whether what the result fell by since then reaches the amount, or the fraction of the equity of that time (D1).</summary>
    private bool IsLost((Scope Scope, uint Id) of, decimal? most, decimal? fraction, decimal before, decimal equityBefore)
    {
        if (most is null && fraction is null)
        {
            return false;
        }

        decimal lost = before - ResultOf(of);
        decimal equity = equityBefore > 0 || fraction is null ? equityBefore : Hold(EquityOf(of) + lost);
        return lost >= most || (fraction is { } share && lost >= Product(share, equity));
    }

    private bool IsDayLost((Scope Scope, uint Id) of)
    {
        LimitsRecord limits = LimitsOf(of.Scope, of.Id);
        return IsLost(of, limits.MaximumDailyLoss, limits.MaximumDailyLossFraction, _days[of].Result, _days[of].Equity);
    }

    private bool IsDrawnDown((Scope Scope, uint Id) of)
    {
        LimitsRecord limits = LimitsOf(of.Scope, of.Id);
        return IsLost(of, limits.MaximumDrawdown, limits.MaximumDrawdownFraction, _days[of].PeakResult, _days[of].PeakEquity);
    }

    private void Watch(NaivePosition position)
    {
        Watch((Scope.Strategy, position.Strategy), position);
        Watch((Scope.Client, Rules(position).Client), position);
    }

    private void Watch((Scope Scope, uint Id) of, NaivePosition position)
    {
        LimitsRecord limits = LimitsOf(of.Scope, of.Id);
        if (HasDrawdown(limits) && ResultOf(of) > _days[of].PeakResult)
        {
            StartPeak(of);
        }

        if (StateOf(of.Scope, of.Id) != TradingState.Active || Breach(of, limits, position) is not { } reason)
        {
            return;
        }

        SetState(of, TradingState.Reducing, reason);
        Said.Add("alert RiskBreach");
        foreach (NaiveOrder order in _ordersInOrder.Where(order => order.IsOpen && IsIn(of, order.Position) && order.OpeningLeft > 0).ToArray())
        {
            AskForCancel(order);
        }

        if (limits.ReduceOnBreach)
        {
            Said.Add("alert AutomaticReduction");
            foreach (NaivePosition held in _inOrder.ToArray())
            {
                if (IsIn(of, held) && (reason != ReasonCode.ConcentrationLimit || held.Instrument == position.Instrument))
                {
                    CloseAtMarket(held, ExitReason.RiskBreach);
                }
            }
        }
    }

    private ReasonCode? Breach((Scope Scope, uint Id) of, LimitsRecord limits, NaivePosition position)
    {
        uint client = Rules(position).Client;
        bool isClient = of.Scope == Scope.Client;
        return IsDayLost(of) ? ReasonCode.DailyLossLimit
            : IsDrawnDown(of) ? ReasonCode.DrawdownLimit
            : limits.MaximumLeverage is { } leverage && (isClient
                ? ShareUp(ExposureOfClient(client), EquityOfClient(client))
                : ShareUp(ExposureOfStrategy(of.Id), EquityOfStrategy(of.Id))) > leverage ? ReasonCode.LeverageLimit
            : limits.MaximumConcentration is { } most
                && ShareUp(ExposureOfInstrument(client, position.Instrument), EquityOfClient(client)) > most ? ReasonCode.ConcentrationLimit
            : null;
    }

    /// <summary>After a fill: what an order under way added to a position that a breach wants closed is closed too.</summary>
    private void WatchFill(NaivePosition position)
    {
        Watch(position);
        (Scope, uint)[] scopes = [(Scope.Strategy, position.Strategy), (Scope.Client, Rules(position).Client)];
        if (position.Quantity != 0 && IsWatched(position) && scopes.Any(WantsNothing))
        {
            CloseAtMarket(position, ExitReason.RiskBreach);
        }
    }

    private bool WantsNothing((Scope Scope, uint Id) of) =>
        _states.GetValueOrDefault(of) is (TradingState.Reducing, ReasonCode.DailyLossLimit or ReasonCode.DrawdownLimit)
        && LimitsOf(of.Scope, of.Id).ReduceOnBreach;

    private bool IsWatched(NaivePosition position) =>
        IsWatched(LimitsOf(Scope.Strategy, position.Strategy)) || IsWatched(LimitsOf(Scope.Client, Rules(position).Client));

    private static bool IsWatched(LimitsRecord limits) =>
        (limits.MaximumDailyLoss ?? limits.MaximumDailyLossFraction ?? limits.MaximumDrawdown ?? limits.MaximumDrawdownFraction
            ?? limits.MaximumLeverage ?? limits.MaximumConcentration) is not null;

    private static bool IsIn((Scope Scope, uint Id) of, NaivePosition position) => of.Scope switch
    {
        Scope.Shard => true,
        Scope.Client => position.Rules.Client == of.Id,
        Scope.Strategy => position.Strategy == of.Id,
        Scope.Venue => true,
        Scope.Account => position.Rules.Account == of.Id,
        Scope.Instrument => position.Instrument == of.Id,
        _ => false,
    };

    private sealed class NaiveDay
    {
        public long Day;
        public decimal Result;
        public decimal Equity;
        public decimal PeakResult;
        public decimal PeakEquity;
    }
}
