using OrderPlatform.Engine.Orders;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Explaining;

/// <summary>The chain of an order from what began it to what it earned; each link that an order must have is asked for.</summary>
internal static class OrderChain
{
    /// <summary>Adds it.</summary>
    public static void AddTo(Chain chain, FactIndex index, ulong id)
    {
        IReadOnlyList<Fact> facts = index.OfOrder(id);
        List<Fact> news = [.. facts.Where(static one => one.Kind is LinkKind.Order or LinkKind.Fill)];
        long decidedAt = ClientOrderId.SequenceOf(id);
        chain.Add(facts);
        if (news.Count == 0 || news[0].Sequence != decidedAt)
        {
            chain.Miss(LinkKind.Order, decidedAt, $"the first news of order {id}");
            if (news.Count == 0)
            {
                return;
            }
        }

        OrderEventDecoder.TryWrap(news[0].Message, out OrderEventDecoder first);
        AddParent(chain, index, news[0], decidedAt, first.Origin);
        AddChecks(chain, index, news, decidedAt);
        VenueLinks.AddTo(chain, id, facts, news);
        FillLinks.AddTo(chain, index, id, news);
        OrderEventDecoder.TryWrap(news[^1].Message, out OrderEventDecoder last);
        AddParentsEnd(chain, index, news);
        if (IsOpen(last.Status))
        {
            AskForEnd(chain, index, id, news[^1]);
            chain.Note($"order {id} is {last.Status} where the journal, or the range, ends");
        }
    }

    // A parent order ends when none of its orders is open.
    private static void AskForEnd(Chain chain, FactIndex index, ulong id, Fact last)
    {
        Fact? end = index.OfParent(last.ParentId).FirstOrDefault(static one => one.Kind == LinkKind.Parent
            && ParentEventDecoder.TryWrap(one.Message, out ParentEventDecoder e) && e.Status is ParentStatus.Done or ParentStatus.Ended);
        if (end is not null)
        {
            chain.Miss(LinkKind.Order, end.Sequence, $"the news that order {id} ended, as its parent order {last.ParentId} has");
        }
    }

    /// <summary>Whether an order can still change.</summary>
    public static bool IsOpen(OrderStatus status) =>
        status is not (OrderStatus.Filled or OrderStatus.Cancelled or OrderStatus.Rejected or OrderStatus.Expired);

    // The news of the parent comes with the order's first, so that nothing else than that input is looked at.
    private static void AddParent(Chain chain, FactIndex index, Fact first, long decidedAt, OrderOrigin origin)
    {
        List<Fact> parents = [.. index.OfParent(first.ParentId).Where(static one => one.Kind == LinkKind.Parent)];
        chain.Add(parents);
        if (!parents.Exists(one => one.Sequence == decidedAt))
        {
            chain.Miss(LinkKind.Parent, decidedAt, $"the news of parent order {first.ParentId} with its order {first.OrderId}");
        }

        ChainBegin.OfOrder(chain, index, parents.Count > 0 && parents[0].Sequence <= decidedAt ? parents[0] : first, origin);
        AskForOrders(chain, index, first.ParentId);
    }

    /// <summary>Asks for the orders that a parent order says it has sent.</summary>
    public static void AskForOrders(Chain chain, FactIndex index, ulong parentId)
    {
        var orders = new HashSet<ulong>();
        foreach (Fact fact in index.OfParent(parentId))
        {
            if (fact.Kind != LinkKind.Parent)
            {
                orders.Add(fact.OrderId);
            }
            else if (ParentEventDecoder.TryWrap(fact.Message, out ParentEventDecoder e) && e.Children > orders.Count)
            {
                chain.Miss(LinkKind.Order, fact.Sequence, $"the news of {e.Children - orders.Count} of {e.Children} orders of parent order {parentId}");
                return;
            }
        }
    }

    // What is left of an order that ended is its parent's again, which says so.
    private static void AddParentsEnd(Chain chain, FactIndex index, List<Fact> news)
    {
        bool wasOpen = true;
        foreach (Fact one in news)
        {
            OrderEventDecoder.TryWrap(one.Message, out OrderEventDecoder e);
            if (wasOpen && !IsOpen(e.Status) && !FactRange.At(index.OfParent(one.ParentId), one.Sequence).Any(static other => other.Kind == LinkKind.Parent))
            {
                chain.Miss(LinkKind.Parent, one.Sequence, $"the news of parent order {one.ParentId} after the end of its order {one.OrderId}");
            }

            wasOpen = IsOpen(e.Status);
        }
    }

    // Right before an order's first news is the check that let it go; a parent that goes out in parts was checked as a whole, too.
    private static void AddChecks(Chain chain, FactIndex index, List<Fact> news, long decidedAt)
    {
        Fact first = news[0];
        IReadOnlyList<Fact> facts = index.OfRequest(first.Strategy, first.RequestId);
        foreach (long sequence in news.Select(static one => one.Sequence).Distinct())
        {
            chain.Add(FactRange.At(facts, sequence).Where(one => one.Kind is LinkKind.Checks or LinkKind.Refusal && one.Instrument == first.Instrument));
        }

        OrderEventDecoder.TryWrap(first.Message, out OrderEventDecoder order);
        long quantity = order.Quantity;
        bool isChecked = FactRange.At(facts, decidedAt).Any(one => one.Kind == LinkKind.Checks && one.Place < first.Place && IsOf(one, first.Instrument, quantity));
        if (!isChecked)
        {
            chain.Miss(LinkKind.Checks, decidedAt, $"the checks before order {first.OrderId}");
        }

        foreach (Fact released in news.Where(static one => IsReleased(one) && !one.IsReconciling))
        {
            if (!FactRange.At(facts, released.Sequence).Any(one => one.Kind == LinkKind.Checks && one.Instrument == first.Instrument && one.Place < released.Place))
            {
                chain.Miss(LinkKind.Checks, released.Sequence, $"the checks of order {first.OrderId} when its trigger was reached");
            }
        }

        // A parent order's id begins with the input that made it.
        long startedAt = (long)(first.ParentId >> 6);
        List<Fact> whole = [.. FactRange.At(facts, startedAt).Where(static one => one.Kind is LinkKind.Checks or LinkKind.Refusal)];
        chain.Add(whole);
        if (!whole.Exists(static one => one.Kind == LinkKind.Checks))
        {
            chain.Miss(LinkKind.Checks, startedAt, $"the checks of parent order {first.ParentId}");
        }
    }

    private static bool IsReleased(Fact fact) => fact.Kind == LinkKind.Order && OrderEventDecoder.TryWrap(fact.Message, out OrderEventDecoder e)
        && e is { Reason: ReasonCode.TriggerReached, Status: OrderStatus.PendingNew };

    private static bool IsOf(Fact fact, uint instrument, long quantity) =>
        fact.Instrument == instrument && CheckEventDecoder.TryWrap(fact.Message, out CheckEventDecoder check) && check.Quantity == quantity
        && check.Reason == ReasonCode.None;
}
