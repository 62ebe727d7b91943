using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Explaining;

/// <summary>What went to the venue for an order and what the venue said: each change of a state that only a venue can make has the venue's answer.</summary>
internal static class VenueLinks
{
    /// <summary>Asks for the links; they are in the chain already.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="id">The order.</param>
    /// <param name="facts">All of the order.</param>
    /// <param name="news">Its states and fills.</param>
    public static void AddTo(Chain chain, ulong id, IReadOnlyList<Fact> facts, List<Fact> news)
    {
        OrderStatus before = OrderStatus.NULL_VALUE;
        long acknowledged = 0;
        foreach (Fact one in news)
        {
            OrderEventDecoder.TryWrap(one.Message, out OrderEventDecoder e);
            if (e.Status == OrderStatus.PendingNew && before is not (OrderStatus.PendingNew or OrderStatus.PendingCancel))
            {
                Ask(chain, facts, LinkKind.Sent, one.Sequence, $"the message to the venue with order {id}");
            }

            bool isPersons = e.Reason == ReasonCode.OperatorEndDoubt;
            bool isAcknowledged = e.AcknowledgedAtNanos != acknowledged && e.AcknowledgedAtNanos == one.TimeNanos;
            acknowledged = e.AcknowledgedAtNanos;
            if (one.Kind == LinkKind.Fill || isAcknowledged || (IsAtVenue(before) && e.Status != before && e.Status != OrderStatus.PendingCancel && !isPersons))
            {
                Ask(chain, facts, LinkKind.Answer, one.Sequence, $"the venue's report by which order {id} is {e.Status}");
            }

            before = e.Status;
        }

        OrderEventDecoder.TryWrap(news[^1].Message, out OrderEventDecoder last);
        long acknowledgedAt = last.AcknowledgedAtNanos;
        if (acknowledgedAt != 0 && !news.Exists(one => one.TimeNanos == acknowledgedAt))
        {
            Fact? answer = facts.FirstOrDefault(one => one.Kind == LinkKind.Answer && one.TimeNanos == acknowledgedAt);
            chain.Miss(LinkKind.Order, answer?.Sequence ?? news[^1].Sequence, $"the news that the venue has order {id}");
        }

        AskForNews(chain, id, facts, news);
        AskForCancels(chain, id, facts, news);
    }

    // A cancel goes out with the news that the order's end is wanted; later ones for the same end repeat it.
    private static void AskForCancels(Chain chain, ulong id, IReadOnlyList<Fact> facts, List<Fact> news)
    {
        foreach (Fact sent in facts.Where(static one => one.Kind == LinkKind.Sent))
        {
            MessageHeader.TryRead(sent.Message, out MessageHeader header);
            if (header.TemplateId == OrderCancelRequestDecoder.TemplateId && StatusBefore(news, sent.Sequence + 1) is var status
                && status is OrderStatus.PendingNew or OrderStatus.Working or OrderStatus.PartiallyFilled)
            {
                chain.Miss(LinkKind.Order, sent.Sequence, $"the news that the end of order {id} is wanted");
            }
        }
    }

    private static bool IsAtVenue(OrderStatus status) =>
        status is OrderStatus.PendingNew or OrderStatus.Working or OrderStatus.PartiallyFilled or OrderStatus.PendingCancel;

    private static void Ask(Chain chain, IReadOnlyList<Fact> facts, LinkKind kind, long sequence, string what)
    {
        if (!FactRange.At(facts, sequence).Any(one => one.Kind == kind))
        {
            chain.Miss(kind, sequence, what);
        }
    }

    // The other way round: what a venue reported of an order that was there changed the order, or the engine said why not.
    private static void AskForNews(Chain chain, ulong id, IReadOnlyList<Fact> facts, List<Fact> news)
    {
        foreach (Fact answer in facts.Where(static one => one.Kind == LinkKind.Answer))
        {
            if (!ExecutionReportDecoder.TryWrap(answer.Message, out ExecutionReportDecoder report) || answer.Sequence < news[0].Sequence
                || FactRange.At(facts, answer.Sequence).Any(static one => one.Kind is LinkKind.Order or LinkKind.Fill or LinkKind.Alert))
            {
                continue;
            }

            OrderStatus before = StatusBefore(news, answer.Sequence);
            if (report.Kind == ExecutionKind.Fill)
            {
                chain.Miss(LinkKind.Fill, answer.Sequence, $"the fill of order {id} that the venue reported");
            }
            else if (IsAtVenue(before) && (report.Kind is ExecutionKind.Rejected or ExecutionKind.Cancelled or ExecutionKind.Expired
                || (report.Kind == ExecutionKind.Accepted && before == OrderStatus.PendingNew)
                || (report.Kind == ExecutionKind.CancelRejected && before == OrderStatus.PendingCancel)))
            {
                chain.Miss(LinkKind.Order, answer.Sequence, $"the news of order {id} after the venue's report ({report.Kind})");
            }
        }
    }

    private static OrderStatus StatusBefore(List<Fact> news, long sequence)
    {
        Fact? fact = FactRange.Last(news, sequence - 1, static _ => true);
        return fact is not null && OrderEventDecoder.TryWrap(fact.Message, out OrderEventDecoder e) ? e.Status : OrderStatus.NULL_VALUE;
    }
}
