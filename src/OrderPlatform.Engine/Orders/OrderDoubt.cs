using OrderPlatform.Engine.Budgets;
using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Orders;

/// <summary>
/// Orders whose outcome at the venue is not known (T2, T3): after a silence, an ambiguous answer, fills that are missing, or a restart. The venue is asked, and
/// asked again with growing intervals for as long as it takes: an order leaves the doubt by news, by an answer or by an operator, never by age or count.
/// Nothing else is sent for it or its parent meanwhile; other orders go on, but for a client whose orders are asked for after a restart.
/// </summary>
internal static class OrderDoubt
{
    /// <summary>Answers with the same gap and an average price, after which the missing fills are estimated: the venue has no trades to give.</summary>
    public const int AsksBeforeEstimate = 3;

    /// <summary>Asks after which a person is told.</summary>
    public const int AsksBeforeAlarm = 10;

    /// <summary>Puts an order in doubt and asks its venue.</summary>
    public static void Enter(EngineState state, int row, ReasonCode reason)
    {
        ref Order order = ref state.Orders[row];
        if (order.InDoubt)
        {
            return;
        }

        state.Orders.Doubt(ref OrderChanges.ClientOf(state, order), row);
        order.Attempts = 0;
        if (reason != ReasonCode.FillGap)
        {
            Breakers.OnTimeout(state, ref order);

            // A gap was said already, with both numbers.
            Events.Alert(state, Severity.Warning, reason == ReasonCode.None ? ReasonCode.OutcomeUnknown : reason, 0, order.ClientOrderId, (long)order.Status);
        }

        Ask(state, order);
        OrderTimers.Arm(state, row);
        ParentDesk.OnDoubt(state, row, inDoubt: true);
    }

    /// <summary>The time to ask again came.</summary>
    public static void AskAgain(EngineState state, int row)
    {
        ref Order order = ref state.Orders[row];
        order.Attempts += order.Attempts == byte.MaxValue ? (byte)0 : (byte)1;
        if (order.Attempts == AsksBeforeAlarm)
        {
            Events.Alert(state, Severity.Critical, ReasonCode.OutcomeUnknown, 0, order.ClientOrderId, (long)order.Status, order.Attempts);
        }

        Ask(state, order);
        OrderTimers.Arm(state, row);
    }

    /// <summary>A venue can be reached again: it is asked at once for every order in doubt there.</summary>
    /// <param name="state">The engine.</param>
    /// <param name="venue">Row of the venue.</param>
    public static void AskAll(EngineState state, int venue)
    {
        for (int row = 0; row < state.Orders.Rows.Length; row++)
        {
            ref Order order = ref state.Orders[row];
            if (order.InDoubt && state.Instruments[state.Positions[order.Position].Instrument].Venue == venue)
            {
                order.Attempts = 0;
                Ask(state, order);
                OrderTimers.Arm(state, row);
            }
        }
    }

    /// <summary>
    /// An open order may be known again. Comes last: the client's reconciliation may be complete, and what waited for that may send orders.
    /// </summary>
    /// <param name="state">The engine.</param>
    /// <param name="row">The order.</param>
    /// <param name="answered">Whether the venue answered for it; a report is enough only outside a reconciliation, because others may be missing.</param>
    public static void TrySettle(EngineState state, int row, bool answered)
    {
        ref Order order = ref state.Orders[row];
        ref Client client = ref OrderChanges.ClientOf(state, order);
        if (!order.InDoubt || order.Reported > order.Cumulative || (!answered && (client.Reconciling || !order.AmendQuantity.IsZero)))
        {
            return;
        }

        int clientRow = state.Strategies[state.Positions[order.Position].Strategy].Client;
        bool isComplete = Settle(state, row);
        OrderTimers.Arm(state, row);
        ParentDesk.OnDoubt(state, row, inDoubt: false);
        if (isComplete)
        {
            Reconciliation.Resume(state, clientRow);
        }
    }

    /// <summary>Ends a doubt.</summary>
    /// <returns>Whether it was the last one of a client's reconciliation: <see cref="Reconciliation.Resume"/> must follow.</returns>
    public static bool Settle(EngineState state, int row)
    {
        ref Order order = ref state.Orders[row];
        if (!order.InDoubt)
        {
            return false;
        }

        ref Client client = ref OrderChanges.ClientOf(state, order);
        state.Orders.Settle(ref client, row);
        order.Attempts = 0;
        RequestQueue.WakeAll(state, state.Strategies[state.Positions[order.Position].Strategy].Client);
        return client.Reconciling && client.InDoubt == 0;
    }

    /// <summary>
    /// Compares the venue's own sum with the booked fills (T4). Fills that are missing put an open order in doubt, and the venue is asked for them; of one that
    /// has ended it is asked alike.
    /// </summary>
    public static void CheckGap(EngineState state, int row, long cumulative, ushort templateId)
    {
        ref Order order = ref state.Orders[row];
        if (cumulative == order.Cumulative.Raw)
        {
            return;
        }

        bool isMissing = cumulative > order.Cumulative.Raw && Bounds.IsQuantity(cumulative);
        Severity severity = isMissing ? Severity.Warning : Severity.Information;
        Events.Alert(state, severity, ReasonCode.FillGap, templateId, order.ClientOrderId, cumulative, order.Cumulative.Raw);
        if (isMissing && cumulative > order.Reported.Raw)
        {
            order.Reported = new Quantity(cumulative);
        }
    }

    /// <summary>An order has ended: its venue is asked for the fills that are missing, again until they are there or a person is told.</summary>
    public static void AskForFills(EngineState state, int row)
    {
        ref Order order = ref state.Orders[row];
        order.Attempts = 0;
        if (order.Reported > order.Cumulative)
        {
            Ask(state, order);
        }

        OrderTimers.Arm(state, row);
    }

    /// <summary>Asks the venue, unless nothing may be sent there now: the timer asks again.</summary>
    public static void Ask(EngineState state, in Order order)
    {
        if (RequestBudgets.TryAsk(state, order))
        {
            VenueRequests.Status(state, order);
        }
    }
}
