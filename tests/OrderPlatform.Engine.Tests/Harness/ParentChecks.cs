using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Harness;

/// <summary>What holds of every parent order after every input (T6, T14).</summary>
internal static class ParentChecks
{
    /// <summary>What is wrong, or nothing.</summary>
    public static string? Wrong(EngineState state, Reply reply)
    {
        foreach (ParentNews news in reply.Of<ParentNews>())
        {
            if (news.Executed + news.Working + news.Unsent + news.Ended != news.Quantity)
            {
                return $"sums: {news}";
            }
        }

        for (int row = 0; row < state.Parents.Used; row++)
        {
            ref ParentOrder parent = ref state.Parents[row];
            if (parent.Id != 0 && WrongOf(state, row, parent) is { } wrong)
            {
                return $"parent {parent.Id}: {wrong}";
            }
        }

        foreach (Order order in state.Orders.Rows)
        {
            if (order.IsOpen && order.Parent >= 0 && state.Parents[order.Parent].Id != order.ParentId)
            {
                return $"order {order.ClientOrderId} has lost its parent";
            }
        }

        return null;
    }

    private static string? WrongOf(EngineState state, int row, in ParentOrder parent)
    {
        long working = 0;
        int open = 0;
        for (int order = parent.FirstOrder; order >= 0; order = state.Orders[order].NextOfParent)
        {
            open++;
            working += Math.Max(0, state.Orders[order].Leaves.Raw);
            if (!state.Orders[order].IsOpen || state.Orders[order].Parent != row)
            {
                return "an order in its list is not its own or not open";
            }
        }

        ulong id = parent.Id;
        int all = state.Orders.Rows.ToArray().Count(order => order.IsOpen && order.ParentId == id);
        bool waits = parent.Timer >= 0 || state.Clients[0].Reconciling || open > 0;
        return parent.Executed.Raw + parent.Working.Raw + parent.Unsent.Raw + parent.Ended.Raw != parent.Quantity.Raw ? "its sums are not its quantity"
            : working != parent.Working.Raw ? "working is not the leaves of its orders"
            : open != all ? "an open order is not in its list"
            : !waits ? "nothing will move it again"
            : parent.Status is ParentStatus.Done or ParentStatus.Ended ? "it has ended and is there"
            : null;
    }
}
