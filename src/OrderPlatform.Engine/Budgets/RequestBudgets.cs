using System;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Budgets;

/// <summary>
/// What rate budgets and venues say of a request (D14, T11, N11): the client's budgets first, then those of its account, of the instrument and of the venue;
/// all must allow, and only then all count. Cancels and what only reduces may use the reserve. Without any budget it is one comparison.
/// </summary>
internal static class RequestBudgets
{
    private const int Scopes = 4;

    // What an order's first fill gives back to a count of unfilled orders. Source: binance-spot-api-docs, faqs/order_count_decrement.md.
    private const long TakerCredit = 1;
    private const long MakerCredit = 5;

    /// <summary>The earliest time at which a request may go, not before now; <see cref="long.MaxValue"/> while nobody can tell.</summary>
    public static long WhenFree(EngineState state, in Order order, RequestKind kind)
    {
        ref Position position = ref state.Positions[order.Position];
        ref Venue venue = ref state.Venues[state.Instruments[position.Instrument].Venue];
        if (venue.IsDown || state.Accounts[position.Account].IsDown || (kind == RequestKind.New && OrderChanges.ClientOf(state, order).Reconciling))
        {
            return long.MaxValue;
        }

        long free = Math.Max(state.NowNanos, venue.BlockedUntilNanos);
        if (state.Budgets.Count == 0)
        {
            return free;
        }

        state.BudgetIndex.Follow(state.Budgets);
        bool mayUseReserve = kind == RequestKind.Cancel || OrderDesk.OpeningLeft(order) == 0;
        for (int scope = 0; scope < Scopes; scope++)
        {
            for (int row = First(state, position, scope); row != BudgetIndex.None; row = state.BudgetIndex.Next(row))
            {
                ref RateBudget budget = ref state.Budgets[row];
                long cost = Cost(state, budget, order, kind);
                free = cost == 0 ? free : Math.Max(free, budget.Meter.WhenFree(state.NowNanos, cost, mayUseReserve));
            }
        }

        return free;
    }

    /// <summary>Counts a request that goes now.</summary>
    public static void Take(EngineState state, in Order order, RequestKind kind) => Add(state, order, kind);

    /// <summary>Counts a request if it may go now.</summary>
    public static bool TryTake(EngineState state, in Order order, RequestKind kind)
    {
        if (WhenFree(state, order, kind) > state.NowNanos)
        {
            return false;
        }

        Take(state, order, kind);
        return true;
    }

    /// <summary>
    /// Counts a question about an order, unless nothing may be sent to its venue now. Questions do not wait for budgets: orders in doubt come first.
    /// </summary>
    public static bool TryAsk(EngineState state, in Order order)
    {
        if (IsShut(state, order))
        {
            return false;
        }

        Add(state, order, RequestKind.Status);
        return true;
    }

    /// <summary>Whether nothing at all may be sent to an order's venue now: it cannot be reached, or has asked for silence.</summary>
    public static bool IsShut(EngineState state, in Order order)
    {
        ref Position position = ref state.Positions[order.Position];
        ref Venue venue = ref state.Venues[state.Instruments[position.Instrument].Venue];
        return venue.IsDown || state.Accounts[position.Account].IsDown || venue.BlockedUntilNanos > state.NowNanos;
    }

    /// <summary>An order filled for the first time: venues that count unfilled orders give some back (N11).</summary>
    public static void OnFirstFill(EngineState state, in Order order, Liquidity liquidity)
    {
        if (state.Budgets.Count == 0)
        {
            return;
        }

        long credit = liquidity == Liquidity.Maker ? MakerCredit : TakerCredit;
        state.BudgetIndex.Follow(state.Budgets);
        ref Position position = ref state.Positions[order.Position];
        for (int scope = 0; scope < Scopes; scope++)
        {
            for (int row = First(state, position, scope); row != BudgetIndex.None; row = state.BudgetIndex.Next(row))
            {
                if (state.Budgets[row].Unit == BudgetUnit.Unfilled && IsOf(state.Budgets[row], position))
                {
                    state.Budgets[row].Meter.Add(state.NowNanos, -credit);
                }
            }
        }

        RequestQueue.Wake(state, position.Account);
    }

    private static void Add(EngineState state, in Order order, RequestKind kind)
    {
        if (state.Budgets.Count == 0)
        {
            return;
        }

        ref Position position = ref state.Positions[order.Position];
        state.BudgetIndex.Follow(state.Budgets);
        for (int scope = 0; scope < Scopes; scope++)
        {
            for (int row = First(state, position, scope); row != BudgetIndex.None; row = state.BudgetIndex.Next(row))
            {
                long cost = Cost(state, state.Budgets[row], order, kind);
                if (cost != 0)
                {
                    state.Budgets[row].Meter.Add(state.NowNanos, cost);
                }
            }
        }
    }

    private static int First(EngineState state, in Position position, int scope) => scope switch
    {
        0 => state.BudgetIndex.First(Scope.Client, state.Strategies[position.Strategy].Client),
        1 => state.BudgetIndex.First(Scope.Account, position.Account),
        2 => state.BudgetIndex.First(Scope.Instrument, position.Instrument),
        _ => state.BudgetIndex.First(Scope.Venue, state.Instruments[position.Instrument].Venue),
    };

    private static bool IsOf(in RateBudget budget, in Position position) => budget.Account == BudgetIndex.None || budget.Account == position.Account;

    private static long Cost(EngineState state, in RateBudget budget, in Order order, RequestKind kind)
    {
        if (!IsOf(budget, state.Positions[order.Position]))
        {
            return 0;
        }

        bool counts = budget.Unit switch
        {
            BudgetUnit.Requests => kind != RequestKind.Status,
            BudgetUnit.Orders => kind is RequestKind.New or RequestKind.Amend,
            BudgetUnit.Cancels => kind == RequestKind.Cancel,
            BudgetUnit.Unfilled => kind == RequestKind.New,
            _ => true,
        };
        return budget.Unit == BudgetUnit.Aged ? AgedCost.Of(order, kind, state.NowNanos) : counts ? 1 : 0;
    }
}
