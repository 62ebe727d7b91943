using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Execution;

/// <summary>
/// How a parent order goes on: at its start, when its timer is due, when one of its orders ended, and when nothing of it is in doubt any more.
/// <code>
/// an order ended …          and the parent …             then
/// any way                   is being cancelled           ends when none is open
/// any way                   has nothing unsent           is done when none is open
/// any way                   is renewing                  goes on when none is open
/// cancelled, as asked       —                            is cancelled too
/// refused, may pass         has attempts left            sends what is left after the delay (R52, R53, D15)
/// with a rest               has parts to come            waits for the next part, which takes the rest along
/// with a rest               is at its limit              goes to the market (R74)
/// with a rest               has neither                  gives the rest up
/// </code>
/// </summary>
internal static class ParentSteps
{
    /// <summary>The first step of a new parent.</summary>
    public static void Begin(EngineState state, int row)
    {
        ReasonCode wrong = Schedule.Begin(state, ref state.Parents[row]);
        if (wrong == ReasonCode.None)
        {
            Step(state, row);
        }
        else
        {
            ParentDesk.EndRest(state, row, wrong);
        }
    }

    /// <summary>Goes on, unless something stands in the way that will call again. What is in doubt does when it is known: until then no timer is needed.</summary>
    public static void Resume(EngineState state, int row)
    {
        ref ParentOrder parent = ref state.Parents[row];
        if (parent.Status != ParentStatus.Working || parent.Renewing)
        {
            return;
        }

        if (IsInDoubt(state, parent))
        {
            state.Timers.Cancel(ref parent.Timer);
            return;
        }

        if (parent.Unsent.Raw <= 0 && parent.FirstOrder < 0)
        {
            // What it waited to send executed after all (T17).
            ParentDesk.EndRest(state, row, ReasonCode.None);
            return;
        }

        Step(state, row);
    }

    /// <summary>Nothing of it is in doubt any more. One that has a timer goes on by that.</summary>
    public static void AfterDoubt(EngineState state, int row)
    {
        if (state.Parents[row].Timer < 0)
        {
            Resume(state, row);
        }
    }

    /// <summary>One of its orders ended and is out of its list.</summary>
    public static void AfterOrder(EngineState state, int row, in ChildEnd end)
    {
        ref ParentOrder parent = ref state.Parents[row];
        bool isOpen = parent.FirstOrder >= 0;
        if (parent.Status == ParentStatus.Cancelling || parent.Unsent.Raw <= 0)
        {
            if (isOpen)
            {
                ParentRecords.Changed(state, parent);
            }
            else
            {
                ParentDesk.EndRest(state, row, parent.Status == ParentStatus.Cancelling ? parent.Reason : ReasonCode.None);
            }
        }
        else if (parent.Renewing)
        {
            parent.Renewing = isOpen;
            ParentRecords.Changed(state, parent);
            Resume(state, row);
        }
        else if (end is { WasAsked: true, Status: OrderStatus.Cancelled })
        {
            ParentDesk.Cancel(state, row, end.Reason == ReasonCode.None ? ReasonCode.ParentCancelled : end.Reason);
        }
        else if (end.MayPass && Retry.TryAgain(state, row, end.Reason))
        {
            ParentRecords.Changed(state, parent);
        }
        else
        {
            GoOn(state, row, end);
        }
    }

    /// <summary>What is not sent is given up; the parent ends when none of its orders is open.</summary>
    public static void GiveUp(EngineState state, int row, ReasonCode reason)
    {
        ref ParentOrder parent = ref state.Parents[row];
        if (parent.FirstOrder < 0)
        {
            ParentDesk.EndRest(state, row, reason);
            return;
        }

        parent.Ended = new Quantity(parent.Ended.Raw + parent.Unsent.Raw);
        parent.Unsent = Quantity.Zero;
        parent.Reason = reason;
        state.Timers.Cancel(ref parent.Timer);
        ParentRecords.Changed(state, parent);
    }

    private static bool IsInDoubt(EngineState state, in ParentOrder parent) =>
        state.Clients[state.Strategies[state.Positions[parent.Position].Strategy].Client].Reconciling || ChildOrders.IsAnyInDoubt(state, parent);

    private static void GoOn(EngineState state, int row, in ChildEnd end)
    {
        ref ParentOrder parent = ref state.Parents[row];
        ReasonCode reason = end.MayPass && parent.Attempts > 0 ? ReasonCode.RetriesExhausted : end.Reason == ReasonCode.None ? ReasonCode.Leftover : end.Reason;
        bool isFilled = end.Status == OrderStatus.Filled;
        switch (parent.Algorithm)
        {
            case ExecutionAlgorithm.Iceberg when isFilled:
                parent.Attempts = 0;
                ParentRecords.Changed(state, parent);
                Resume(state, row);
                break;
            case ExecutionAlgorithm.Twap or ExecutionAlgorithm.Vwap or ExecutionAlgorithm.Pov:
                parent.Reason = isFilled ? parent.Reason : reason;
                ParentRecords.Changed(state, parent);
                if (state.NowNanos >= parent.EndNanos || parent.Timer < 0)
                {
                    Resume(state, row);
                }

                break;
            case ExecutionAlgorithm.LimitThenMarket when parent.Type == OrderType.Limit && !isFilled:
                LimitThenMarketSteps.EndLimit(state, row);
                Resume(state, row);
                break;
            case ExecutionAlgorithm.Immediate or ExecutionAlgorithm.LimitThenMarket when isFilled:
                // What is left waits for the next input or attempt, unless that came in a doubt.
                ParentRecords.Changed(state, parent);
                AfterDoubt(state, row);
                break;
            default:
                GiveUp(state, row, reason);
                break;
        }
    }

    private static void Step(EngineState state, int row)
    {
        ref ParentOrder parent = ref state.Parents[row];
        ulong id = parent.Id;
        uint children = parent.Children;
        switch (parent.Algorithm)
        {
            case ExecutionAlgorithm.LimitThenMarket:
                LimitThenMarketSteps.Step(state, row);
                break;
            case ExecutionAlgorithm.Twap or ExecutionAlgorithm.Vwap or ExecutionAlgorithm.Pov:
                ScheduledSteps.Step(state, row);
                break;
            case ExecutionAlgorithm.Iceberg:
                IcebergSteps.Step(state, row);
                break;
            default:
                ImmediateSteps.Step(state, row);
                break;
        }

        if (parent.Id == id && parent.Children != children)
        {
            ParentRecords.Changed(state, parent);
        }
    }
}
