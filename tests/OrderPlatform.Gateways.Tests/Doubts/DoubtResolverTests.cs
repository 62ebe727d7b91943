using OrderPlatform.Gateways.Connectors;
using OrderPlatform.Gateways.Journaling;
using OrderPlatform.Gateways.Sessions;
using OrderPlatform.Gateways.Tests.Links;
using OrderPlatform.Journal;
using OrderPlatform.Messages;

namespace OrderPlatform.Gateways.Tests.Doubts;

/// <summary>A start asks the venue before it does anything, and does nothing twice (law 4, T2).</summary>
[TestFixture]
internal sealed class DoubtResolverTests
{
    [Test]
    public void The_last_order_that_the_venue_does_not_know_is_sent_and_an_earlier_one_is_left_to_the_engine()
    {
        var venue = new ScriptedVenue { Knows = { [1] = [Status(1, VenueOrderState.NotKnown)], [2] = [Status(2, VenueOrderState.NotKnown)] } };
        (DoubtResolver doubts, List<byte[]> made) = Settle(venue, Order(1), Order(2));
        Assert.That((doubts.IsDone, doubts.SentNow, doubts.LeftOpen), Is.EqualTo((true, 1, 1)));
        Assert.That(venue.Sent, Is.EqualTo((byte[][])[Order(2)]));
        ExecutionReportDecoder unknown = ExecutionReportDecoder.WrapForDecodeAndApplyHeader(made.Single());
        Assert.That((unknown.ClientOrderId, unknown.Kind, unknown.Reason), Is.EqualTo((1UL, ExecutionKind.Unknown, ReasonCode.OutcomeUnknown)));
    }

    [Test]
    public void An_order_that_the_venue_has_is_not_sent_and_what_was_missed_is_reported()
    {
        var venue = new ScriptedVenue { Knows = { [1] = [Report(1, ExecutionKind.Fill), Status(1, VenueOrderState.Working)] } };
        (DoubtResolver doubts, List<byte[]> made) = Settle(venue, Order(1));
        Assert.That((doubts.IsDone, venue.Sent.Count), Is.EqualTo((true, 0)));
        Assert.That(made, Is.EqualTo((byte[][])[Report(1, ExecutionKind.Fill)]));
    }

    [Test]
    public void Orders_with_a_report_are_not_asked_for_but_a_refused_cancel_is_no_report_of_its_order()
    {
        var venue = new ScriptedVenue { Knows = { [2] = [Status(2, VenueOrderState.Working)] } };
        Settle(venue, Order(1), Report(1, ExecutionKind.Accepted), Order(2), Report(2, ExecutionKind.CancelRejected), Order(3), Report(3, ExecutionKind.Rejected));
        Assert.That(venue.Asked, Is.EqualTo((ulong[])[2]));
    }

    [Test]
    public void A_question_without_its_answer_is_asked_again_and_one_with_it_is_not([Values] bool isAnswered)
    {
        var venue = new ScriptedVenue { Knows = { [1] = [Report(1, ExecutionKind.Fill), Status(1, VenueOrderState.Ended)] } };
        byte[][] records = [Order(1), Report(1, ExecutionKind.Accepted), Say.Ask(1)];
        (_, List<byte[]> made) = Settle(venue, isAnswered ? [.. records, Status(1, VenueOrderState.Ended)] : records);
        Assert.That(made, Is.EqualTo(isAnswered ? [] : venue.Knows[1]));
    }

    [Test]
    public void A_cancel_is_sent_again_unless_it_was_sent_for_certain([Values] RequestFate fate)
    {
        var venue = new ScriptedVenue { Fate = fate };
        Settle(venue, Order(1), Report(1, ExecutionKind.Accepted), Say.Cancel(1, 9));
        Assert.That(venue.Sent, Is.EqualTo(fate == RequestFate.Sent ? [] : (byte[][])[Say.Cancel(1, 9)]));
    }

    [Test]
    public void A_venue_out_of_reach_is_waited_for_and_asked_once()
    {
        using var folder = new Folder();
        Write(folder, Order(1));
        var venue = new ScriptedVenue { IsReachable = false };
        using GatewayJournal journal = Open(folder);
        var doubts = new DoubtResolver(venue, journal);
        Step(doubts);
        Assert.That((doubts.IsDone, venue.Asked.Count), Is.EqualTo((false, 0)));
        venue.IsReachable = true;
        Step(doubts);
        Assert.That((doubts.IsDone, venue.Asked.Count), Is.EqualTo((false, 1)), "it was asked, and has not answered");
        venue.Knows[1] = [Status(1, VenueOrderState.NotKnown)];
        venue.Answer(1);
        Step(doubts);
        Assert.That((doubts.IsDone, venue.Asked.Count, venue.Sent.Count), Is.EqualTo((true, 1, 1)));
    }

    private static (DoubtResolver Doubts, List<byte[]> Made) Settle(ScriptedVenue venue, params byte[][] records)
    {
        using var folder = new Folder();
        Write(folder, records);
        using GatewayJournal journal = Open(folder);
        ulong before = journal.LastReport;
        var doubts = new DoubtResolver(venue, journal);
        Step(doubts);
        List<byte[]> made = [];
        for (ulong number = before + 1; number <= journal.LastReport; number++)
        {
            made.Add(journal.Reports.Get(number, out _, out _).ToArray());
        }

        return (doubts, made);
    }

    private static void Step(DoubtResolver doubts)
    {
        for (int step = 0; step < 100; step++)
        {
            doubts.DoWork();
        }
    }

    // Reports become results, everything else intents.
    private static void Write(Folder folder, params byte[][] records)
    {
        using GatewayJournal journal = Open(folder);
        byte[] buffer = new byte[1_024];
        ulong number = 0;
        foreach (byte[] record in records)
        {
            MessageHeader.TryRead(record, out MessageHeader header);
            if (header.TemplateId is ExecutionReportDecoder.TemplateId or OrderStatusReportDecoder.TemplateId)
            {
                journal.AppendResult(new VenueNews(1, 0), record);
                continue;
            }

            var e = GatewayRequestEncoder.WrapForEncodeAndApplyHeader(buffer);
            e.Number = ++number;
            e.SetMessage(record);
            journal.AppendIntent(GatewayRequestDecoder.WrapForDecodeAndApplyHeader(buffer), record);
        }
    }

    private static GatewayJournal Open(Folder folder) =>
        GatewayJournal.Open(Path.Combine(folder.Path, "gateway"), new JournalOptions { SegmentLengthBytes = 1 << 20 }, Say.Venue, TimeProvider.System);

    private static byte[] Order(ulong id) => Say.Order(id, (long)id, 90);

    private static byte[] Report(ulong order, ExecutionKind kind)
    {
        byte[] buffer = new byte[ExecutionReportEncoder.EncodedLength];
        var e = ExecutionReportEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.ClientOrderId = order;
        e.Kind = kind;
        return buffer;
    }

    private static byte[] Status(ulong order, VenueOrderState state)
    {
        byte[] buffer = new byte[OrderStatusReportEncoder.EncodedLength];
        var e = OrderStatusReportEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.ClientOrderId = order;
        e.State = state;
        return buffer;
    }
}
