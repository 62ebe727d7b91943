using System;
using System.Runtime.CompilerServices;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Operations;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Risk;

/// <summary>
/// Watches what prices and fills alone can break: daily loss, drawdown, leverage, concentration (R114, R119, R127). A breach lets the strategy or the client
/// only reduce from there on, cancels what would open, tells a person, and with <see cref="RiskLimitSet.ReduceOnBreach"/> closes the positions at the
/// market. The state ends with the client's day, but for a drawdown, which a person must resume; it is then counted anew from the result at that time.
/// </summary>
internal static class RiskMonitor
{
    /// <summary>A position has another value. Almost free where nothing is limited.</summary>
    public static void OnValued(EngineState state, int position)
    {
        ref Position held = ref state.Positions[position];
        ref Strategy strategy = ref state.Strategies[held.Strategy];
        if (strategy.IsWatched && !held.Calm.Holds(state.Clients[strategy.Client].Movement, state.RuleChanges))
        {
            Watch(state, position);
        }
    }

    /// <summary>A fill is booked. Where an order that was under way adds to a position that a breach wants closed, that is closed too.</summary>
    public static void OnFilled(EngineState state, int position)
    {
        ref Position held = ref state.Positions[position];
        ref Strategy strategy = ref state.Strategies[held.Strategy];
        if (!strategy.IsWatched)
        {
            return;
        }

        Watch(state, position);
        ref Client client = ref state.Clients[strategy.Client];
        if (!held.Quantity.IsZero && (WantsNothing(strategy.State, strategy.StateReason, strategy.Limits)
            || WantsNothing(client.State, client.StateReason, client.Limits)))
        {
            ScopeSweep.Close(state, position, ExitReason.RiskBreach);
        }
    }

    /// <summary>New limits: who is watched, and from which result a drawdown counts that was not limited before.</summary>
    public static void OnLimits(EngineState state, Scope scope, int row, in RiskLimitSet before)
    {
        if (scope == Scope.Client)
        {
            ref Client client = ref state.Clients[row];
            client.LossFloor.Forget();
            if (client.Limits.HasDrawdown && !before.HasDrawdown)
            {
                StartPeak(state, ref client, row);
            }

            MarkWatched(state, row);
            return;
        }

        ref Strategy strategy = ref state.Strategies[row];
        strategy.LossFloor.Forget();
        if (strategy.Limits.HasDrawdown && !before.HasDrawdown)
        {
            StartPeak(state, ref strategy);
        }

        MarkWatched(state, strategy.Client);
    }

    /// <summary>A person resumes: a drawdown counts anew from here.</summary>
    public static void OnResumed(EngineState state, Scope scope, int row)
    {
        for (int strategy = 0; strategy < state.Strategies.Count; strategy++)
        {
            if (scope == Scope.Shard || (scope == Scope.Strategy && strategy == row))
            {
                StartPeak(state, ref state.Strategies[strategy]);
            }
        }

        for (int client = 0; client < state.Clients.Count; client++)
        {
            if (scope == Scope.Shard || (scope == Scope.Client && client == row))
            {
                StartPeak(state, ref state.Clients[client], client);
            }
        }
    }

    /// <summary>Finds who is watched; after limits changed, after a restore.</summary>
    public static void MarkWatched(EngineState state, int client)
    {
        bool isClientWatched = state.Clients[client].Limits.IsWatched;
        for (int row = state.Clients[client].FirstStrategy; row >= 0; row = state.Strategies[row].NextOfClient)
        {
            state.Strategies[row].IsWatched = isClientWatched || state.Strategies[row].Limits.IsWatched;
        }
    }

    /// <summary>A new day of a client has begun: breaches that end with the day are over.</summary>
    public static void OnDay(EngineState state, int client)
    {
        if (state.Clients[client].State == TradingState.Reducing && TradingStates.EndsWithTheDay(state.Clients[client].StateReason))
        {
            TradingStates.Set(state, Scope.Client, client, TradingState.Active, ReasonCode.None);
        }

        for (int row = state.Clients[client].FirstStrategy; row >= 0; row = state.Strategies[row].NextOfClient)
        {
            if (state.Strategies[row].State == TradingState.Reducing && TradingStates.EndsWithTheDay(state.Strategies[row].StateReason))
            {
                TradingStates.Set(state, Scope.Strategy, row, TradingState.Active, ReasonCode.None);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Watch(EngineState state, int positionRow)
    {
        ref Position position = ref state.Positions[positionRow];
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        int clientRow = strategy.Client;
        ref Client client = ref state.Clients[clientRow];
        Sight sight = Look(state, strategy, position.Instrument);
        if (strategy.Limits.IsWatched && WatchStrategy(state, position.Strategy, position.Instrument, sight))
        {
            sight = Look(state, strategy, position.Instrument);
        }

        if (client.Limits.IsWatched)
        {
            WatchClient(state, clientRow, position.Instrument, sight);
        }

        // Marks of currencies move money that no position of the client moves: then there is no calm.
        position.Calm = HasConversion(state, client) ? default : new Calm(client.Movement, state.RuleChanges, Distance(state, strategy, clientRow, sight));
    }

    // To the nearest limit of both; none where one of them is not active, since its highest result alone is kept.
    private static ulong Distance(EngineState state, in Strategy strategy, int clientRow, in Sight sight)
    {
        ref Client client = ref state.Clients[clientRow];
        if (strategy.State != TradingState.Active || client.State != TradingState.Active)
        {
            return 0;
        }

        Int128 distance = Calm.DistanceMax;
        if (strategy.Limits.IsWatched)
        {
            var now = Standing.Of(state, strategy);
            distance = Int128.Min(distance, strategy.LossFloor.Distance(now.Result, strategy.Limits, strategy.PeakResult));
            distance = Int128.Min(distance, Room(strategy.Exposure, now.Equity.Raw, strategy.Limits.MaximumLeverage.Raw));
            distance = Int128.Min(distance, Room(sight.Instrument, sight.Client.Equity.Raw, strategy.Limits.MaximumConcentration.Raw));
        }

        if (client.Limits.IsWatched)
        {
            distance = Int128.Min(distance, client.LossFloor.Distance(sight.Client.Result, client.Limits, client.PeakResult));
            distance = Int128.Min(distance, Room(ExposureFigures.OfClient(state, clientRow), sight.Client.Equity.Raw, client.Limits.MaximumLeverage.Raw));
            distance = Int128.Min(distance, Room(sight.Instrument, sight.Client.Equity.Raw, client.Limits.MaximumConcentration.Raw));
        }

        return distance <= 0 ? 0 : (ulong)distance;
    }

    private static bool HasConversion(EngineState state, in Client client)
    {
        int account = client.FirstAccount;
        while (account >= 0 && state.Accounts[account].Conversion < 0)
        {
            account = state.Accounts[account].NextOfClient;
        }

        return account >= 0;
    }

    // Exposure up and equity down by d each: amount + d is within limit × (equity - d) as long as d × (1 + limit) is within limit × equity - amount.
    private static Int128 Room(Int128 amount, long equity, long limit) =>
        limit == long.MaxValue ? Calm.DistanceMax
        : amount > long.MaxValue || equity <= 0 ? 0
        : (Math.BigMul(limit, equity) - Math.BigMul((long)Int128.Max(0, amount), FixedPoint.One)) / ((Int128)limit + FixedPoint.One);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Sight Look(EngineState state, in Strategy strategy, int instrument)
    {
        bool isShareLimited = strategy.Limits.MaximumConcentration.Raw != long.MaxValue
            || state.Clients[strategy.Client].Limits.MaximumConcentration.Raw != long.MaxValue;
        return new Sight(Standing.Of(state, strategy.Client), isShareLimited ? ExposureFigures.OfInstrument(state, strategy.Client, instrument) : 0);
    }

    // Whether it did something about a breach.
    private static bool WatchStrategy(EngineState state, int row, int instrument, in Sight sight)
    {
        ref Strategy strategy = ref state.Strategies[row];
        var now = Standing.Of(state, strategy);
        if (strategy.Limits.HasDrawdown && now.Result > strategy.PeakResult)
        {
            strategy.PeakResult = now.Result;
            strategy.PeakEquity = now.Equity;
        }

        var opening = new Standing(strategy.DayOpeningResult, strategy.DayOpeningEquity);
        var peak = new Standing(strategy.PeakResult, strategy.PeakEquity);
        if (strategy.State != TradingState.Active
            || (strategy.LossFloor.IsBelow(now.Result, strategy.Limits, opening, peak) && HasRoom(state, strategy, sight))
            || Breach(state, strategy, now, instrument) is not { Passed: false } broken)
        {
            return false;
        }

        React(state, Scope.Strategy, row, strategy.Id, instrument, broken, strategy.Limits.ReduceOnBreach);
        return true;
    }

    private static void WatchClient(EngineState state, int row, int instrument, in Sight sight)
    {
        ref Client client = ref state.Clients[row];
        Standing now = sight.Client;
        if (client.Limits.HasDrawdown && now.Result > client.PeakResult)
        {
            client.PeakResult = now.Result;
            client.PeakEquity = now.Equity;
        }

        var opening = new Standing(client.DayOpeningResult, client.DayOpeningEquity);
        var peak = new Standing(client.PeakResult, client.PeakEquity);
        if (client.State == TradingState.Active
            && !(client.LossFloor.IsBelow(now.Result, client.Limits, opening, peak) && HasRoom(state, row, sight))
            && Breach(state, row, now, instrument) is { Passed: false } broken)
        {
            React(state, Scope.Client, row, client.Id, instrument, broken, client.Limits.ReduceOnBreach);
        }
    }

    // The same comparisons as those of a breach without what it tells.
    private static bool HasRoom(EngineState state, in Strategy strategy, in Sight sight)
    {
        long leverage = strategy.Limits.MaximumLeverage.Raw;
        long concentration = strategy.Limits.MaximumConcentration.Raw;
        return (leverage == long.MaxValue || IsWithin(ExposureFigures.OfStrategy(state, strategy), ExposureFigures.EquityOfStrategy(state, strategy), leverage))
            && (concentration == long.MaxValue || IsWithin(sight.Instrument, sight.Client.Equity.Raw, concentration));
    }

    private static bool HasRoom(EngineState state, int client, in Sight sight)
    {
        ref RiskLimitSet limits = ref state.Clients[client].Limits;
        long equity = sight.Client.Equity.Raw;
        return (limits.MaximumLeverage.Raw == long.MaxValue || IsWithin(ExposureFigures.OfClient(state, client), equity, limits.MaximumLeverage.Raw))
            && (limits.MaximumConcentration.Raw == long.MaxValue || IsWithin(sight.Instrument, equity, limits.MaximumConcentration.Raw));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static CheckEntry Breach(EngineState state, in Strategy strategy, in Standing now, int instrument)
    {
        CheckEntry found = LossFigures.DailyLoss(strategy, now);
        found = found.Passed ? LossFigures.Drawdown(strategy, now) : found;
        if (found.Passed && strategy.Limits.MaximumLeverage.Raw != long.MaxValue)
        {
            found = Above(CheckKind.Leverage, Scope.Strategy, ReasonCode.LeverageLimit, ExposureFigures.OfStrategy(state, strategy),
                ExposureFigures.EquityOfStrategy(state, strategy), strategy.Limits.MaximumLeverage);
        }

        return found.Passed && strategy.Limits.MaximumConcentration.Raw != long.MaxValue
            ? Concentration(state, Scope.Strategy, strategy.Client, instrument, Valuation.EquityOfClient(state, strategy.Client), strategy.Limits.MaximumConcentration)
            : found;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static CheckEntry Breach(EngineState state, int client, in Standing now, int instrument)
    {
        ref Client row = ref state.Clients[client];
        CheckEntry found = LossFigures.DailyLoss(row, now);
        found = found.Passed ? LossFigures.Drawdown(row, now) : found;
        if (found.Passed && row.Limits.MaximumLeverage.Raw != long.MaxValue)
        {
            found = Above(CheckKind.Leverage, Scope.Client, ReasonCode.LeverageLimit, ExposureFigures.OfClient(state, client), now.Equity.Raw,
                row.Limits.MaximumLeverage);
        }

        return found.Passed && row.Limits.MaximumConcentration.Raw != long.MaxValue
            ? Concentration(state, Scope.Client, client, instrument, now.Equity, row.Limits.MaximumConcentration)
            : found;
    }

    private static CheckEntry Concentration(EngineState state, Scope scope, int client, int instrument, Money equity, Ratio limit) =>
        Above(CheckKind.Concentration, scope, ReasonCode.ConcentrationLimit, ExposureFigures.OfInstrument(state, client, instrument), equity.Raw, limit);

    private static CheckEntry Above(CheckKind check, Scope scope, ReasonCode reason, Int128 amount, long ofBase, Ratio limit) =>
        IsWithin(amount, ofBase, limit.Raw)
            ? new(check, scope, ReasonCode.None, 0, limit.Raw)
            : new(check, scope, reason, CheckNumber.ShareUp(amount, ofBase), limit.Raw);

    // A share rounded up is above a limit exactly if the amount is above the limit's part of the base: the division is made only for what is told.
    private static bool IsWithin(Int128 amount, long ofBase, long limit) =>
        amount <= 0
        || (ofBase > 0 && amount <= long.MaxValue
            && ((limit >= FixedPoint.One && (long)amount <= ofBase) || Math.BigMul((long)amount, FixedPoint.One) <= Math.BigMul(limit, ofBase)));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void React(EngineState state, Scope scope, int row, uint id, int instrument, in CheckEntry broken, bool reduces)
    {
        TradingStates.Set(state, scope, row, TradingState.Reducing, broken.Reason, broken.Value, broken.Limit);
        Events.Alert(state, Severity.Critical, ReasonCode.RiskBreach, 0, id, broken.Limit, broken.Value);
        ScopeSweep.CancelOrders(state, scope, row, openingOnly: true);
        if (reduces)
        {
            Events.Alert(state, Severity.Critical, ReasonCode.AutomaticReduction, 0, id, broken.Limit, broken.Value);
            ScopeSweep.CloseAll(state, scope, row, ExitReason.RiskBreach, broken.Check == CheckKind.Concentration ? instrument : -1);
        }
    }

    private static bool WantsNothing(TradingState trading, ReasonCode reason, in RiskLimitSet limits) =>
        trading == TradingState.Reducing && limits.ReduceOnBreach && reason is ReasonCode.DailyLossLimit or ReasonCode.DrawdownLimit;

    private static void StartPeak(EngineState state, ref Strategy strategy)
    {
        strategy.PeakResult = Valuation.ResultOfStrategy(strategy);
        strategy.PeakEquity = Valuation.Equity(state, strategy.Account);
    }

    private static void StartPeak(EngineState state, ref Client client, int row)
    {
        client.PeakResult = Valuation.ResultOfClient(state, row);
        client.PeakEquity = Valuation.EquityOfClient(state, row);
    }

    /// <summary>What both a strategy and its client are compared with.</summary>
    /// <param name="Client">How the client stands.</param>
    /// <param name="Instrument">The instrument's exposure over all of the client's strategies, if one of the two limits its share.</param>
    private readonly record struct Sight(Standing Client, Int128 Instrument);
}
