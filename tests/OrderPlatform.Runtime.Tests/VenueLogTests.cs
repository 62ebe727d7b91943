using OrderPlatform.Engine.Numbers;
using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Runtime.Tests;

/// <summary>A simulated venue outlives the process by its log (law 4): made again at any moment it goes on as if nothing had happened.</summary>
[TestFixture]
internal sealed class VenueLogTests
{
    private const long Second = 1_000_000_000;

    private static readonly SimulatedVenueOptions Options = new()
    {
        Seed = 5,
        Instruments = [new VenueInstrument { InstrumentId = 1, Tick = new Price(FixedPoint.One / 100), Step = new Quantity(1_000) }],
        OrderLatency = LatencyOptions.LogNormal(2 * Second, 3 * Second),
        FillRatio = new Ratio(FixedPoint.One / 3),
        FillProbability = new Ratio(FixedPoint.One / 2),
        TouchFills = true,
    };

    [Test]
    public void A_venue_made_again_from_its_log_reports_what_the_one_that_lived_on_reports([Range(1, 8)] int seed)
    {
        using var folder = new JournalFolder();
        VenueLog log = Open(folder);
        SimulatedGateway logged = new(new SimulatedVenue(Options), 1, log);
        using var other = new JournalFolder();
        using VenueLog livedLog = Open(other);
        SimulatedGateway lived = new(new SimulatedVenue(Options), 1, livedLog);
        var random = new Random(seed);
        long now = Second;
        int reports = 0;
        for (int step = 0; step < 2_000; step++)
        {
            if (random.Next(100) == 0)
            {
                log.Dispose();
                log = Open(folder);
                logged = new SimulatedGateway(new SimulatedVenue(Options), 1, log);
                Assert.That(logged.MarketEventCount, Is.EqualTo(lived.MarketEventCount));
            }

            now += random.NextInt64(Second);
            reports += AdvanceBoth(logged, lived, now);
            byte[] request = Request(random, (ulong)step + 1, now);
            if (random.Next(2) == 0)
            {
                MarketEvent trade = MarketEvent.Trade(now, new Price((100 + random.Next(-3, 4)) * FixedPoint.One), new Quantity(FixedPoint.One), Aggressor.Unknown, (ulong)step);
                logged.OnMarketEvent(1, trade);
                lived.OnMarketEvent(1, trade);
            }
            else
            {
                logged.OnOutput(request);
                lived.OnOutput(request);
            }
        }

        reports += AdvanceBoth(logged, lived, now + (1_000 * Second));
        log.Dispose();
        Assert.That(reports, Is.GreaterThan(800), "it was worth comparing");
    }

    [Test]
    public void Without_a_log_nothing_is_known_of_orders_and_nobody_is_answered()
    {
        SimulatedGateway gateway = new(new SimulatedVenue(Options), 1);
        Assert.That(gateway.OnOutput(Ask(7, 0)), Is.True);
        Assert.That(gateway.TryTakeAnswer(new byte[InputSlot.PayloadLengthMax], out _), Is.Zero);
    }

    [Test]
    public void An_order_that_was_asked_for_is_answered_by_what_the_venue_has_reported()
    {
        using var folder = new JournalFolder();
        using VenueLog log = Open(folder);
        SimulatedGateway gateway = new(new SimulatedVenue(Options with { OrderLatency = LatencyOptions.Constant(Second), FillProbability = new Ratio(FixedPoint.One) }), 1, log);
        Assert.That(Answers(gateway, 1, 0), Is.EqualTo(new[] { "NotKnown 0/0" }));

        gateway.OnMarketEvent(1, MarketEvent.Trade(Second, new Price(100 * FixedPoint.One), new Quantity(FixedPoint.One), Aggressor.Unknown, 1));
        gateway.OnOutput(Limit(1, Side.Buy, 3 * FixedPoint.One, 90 * FixedPoint.One, Second));
        Assert.That(Answers(gateway, 1, 0), Is.EqualTo(new[] { "UnderWay 0/0" }));

        Drain(gateway, 10 * Second);
        Assert.That(Answers(gateway, 1, 0), Is.EqualTo(new[] { "Working 0/300000000" }));

        for (int trade = 2; trade < 4; trade++)
        {
            gateway.OnMarketEvent(1, MarketEvent.Trade(10 * trade * Second, new Price(80 * FixedPoint.One), new Quantity(FixedPoint.One), Aggressor.Unknown, (ulong)trade));
            Drain(gateway, (10 * trade * Second) + (5 * Second));
        }

        string[] all = Answers(gateway, 1, 0);
        Assert.That(all, Has.Length.EqualTo(3).And.Some.StartsWith("Working"), string.Join(", ", all));
        Assert.That(all.Take(2), Is.All.StartsWith("Fill"));
        Assert.That(Answers(gateway, 1, CumulativeOf(all[0])), Is.EqualTo(all.Skip(1)), "the first fill is booked");

        gateway.OnOutput(Cancel(1, 40 * Second));
        gateway.OnOutput(Cancel(1, 40 * Second));
        Drain(gateway, 100 * Second);
        string[] ended = Answers(gateway, 1, CumulativeOf(all[1]));
        Assert.That(ended, Has.Length.EqualTo(2));
        Assert.That((ended[0].Split(' ')[0], ended[1].Split(' ')[0]), Is.EqualTo(("Cancelled", "Ended")));
    }

    [Test]
    public void A_cancel_that_is_under_way_is_not_sent_twice()
    {
        using var folder = new JournalFolder();
        using VenueLog log = Open(folder);
        SimulatedGateway gateway = new(new SimulatedVenue(Options with { OrderLatency = LatencyOptions.Constant(Second) }), 1, log);
        gateway.OnMarketEvent(1, MarketEvent.Trade(Second, new Price(100 * FixedPoint.One), new Quantity(FixedPoint.One), Aggressor.Unknown, 1));
        gateway.OnOutput(Limit(1, Side.Buy, FixedPoint.One, 90 * FixedPoint.One, Second));
        Drain(gateway, 10 * Second);
        gateway.OnOutput(Cancel(1, 20 * Second));
        gateway.OnOutput(Cancel(1, 20 * Second));
        Assert.That(Drain(gateway, 100 * Second), Is.EqualTo(new[] { ExecutionKind.Cancelled }), "a second one would have been refused");
    }

    // Found by the crash campaign: a paced venue has acted without a report when a request comes that was decided before.
    [Test]
    public void A_request_that_was_decided_before_what_the_venue_has_done_since_is_sent_now()
    {
        var gateway = new SimulatedGateway(new SimulatedVenue(Options with { OrderLatency = LatencyOptions.Constant(10 * Second) }), 1);
        gateway.OnMarketEvent(1, MarketEvent.Trade(Second, new Price(100 * FixedPoint.One), new Quantity(FixedPoint.One), Aggressor.Unknown, 1));
        gateway.OnOutput(Limit(1, Side.Buy, FixedPoint.One, 90 * FixedPoint.One, Second));
        Assert.That(Drain(gateway, 12 * Second), Is.Empty, "the order has arrived, its report is on the way");
        gateway.OnOutput(Limit(2, Side.Buy, FixedPoint.One, 90 * FixedPoint.One, 2 * Second));
        Assert.That(Drain(gateway, 100 * Second), Is.EqualTo(new[] { ExecutionKind.Accepted, ExecutionKind.Accepted }));
    }

    private static VenueLog Open(JournalFolder folder) => VenueLog.Open(Path.Combine(folder.Path, "venue"), JournalFolder.Options, Options);

    private static int AdvanceBoth(SimulatedGateway logged, SimulatedGateway lived, long now)
    {
        var first = new byte[InputSlot.PayloadLengthMax];
        var second = new byte[InputSlot.PayloadLengthMax];
        for (int count = 0; ; count++)
        {
            int length = logged.TryAdvance(now, first, out long time);
            Assert.That((lived.TryAdvance(now, second, out long otherTime), otherTime), Is.EqualTo((length, time)));
            if (length == 0)
            {
                return count;
            }

            Assert.That(first.AsSpan(0, length).SequenceEqual(second.AsSpan(0, length)), $"report {count} at {time}");
        }
    }

    private static List<ExecutionKind> Drain(SimulatedGateway gateway, long untilNanos)
    {
        var buffer = new byte[InputSlot.PayloadLengthMax];
        var kinds = new List<ExecutionKind>();
        for (int length; (length = gateway.TryAdvance(untilNanos, buffer, out _)) > 0;)
        {
            kinds.Add(ExecutionReportDecoder.WrapForDecodeAndApplyHeader(buffer.AsSpan(0, length)).Kind);
        }

        return kinds;
    }

    private static string[] Answers(SimulatedGateway gateway, ulong order, long cumulative)
    {
        gateway.OnOutput(Ask(order, cumulative));
        var buffer = new byte[InputSlot.PayloadLengthMax];
        var answers = new List<string>();
        for (int length; (length = gateway.TryTakeAnswer(buffer, out _)) > 0;)
        {
            ReadOnlySpan<byte> message = buffer.AsSpan(0, length);
            answers.Add(OrderStatusReportDecoder.TryWrap(message, out OrderStatusReportDecoder status)
                ? $"{status.State} {status.CumulativeQuantity}/{status.LeavesQuantity}"
                : Text(ExecutionReportDecoder.WrapForDecodeAndApplyHeader(message)));
        }

        return [.. answers];
    }

    private static string Text(in ExecutionReportDecoder report) => $"{report.Kind} {report.CumulativeQuantity}/{report.LeavesQuantity}";

    private static long CumulativeOf(string answer) => long.Parse(answer.Split(' ', '/')[1]);

    private static byte[] Request(Random random, ulong id, long now)
    {
        ulong other = (ulong)random.NextInt64(1, (long)id + 1);
        return random.Next(5) switch
        {
            0 => Cancel(other, now),
            1 => Amend(other, random.Next(1, 40) * 100_000L, random.Next(98, 103) * FixedPoint.One, now),
            _ => Limit(id, random.Next(2) == 0 ? Side.Buy : Side.Sell, random.Next(1, 40) * 100_000L, random.Next(98, 103) * FixedPoint.One, now),
        };
    }

    private static byte[] Ask(ulong id, long cumulative)
    {
        var bytes = new byte[OrderStatusRequestEncoder.EncodedLength];
        var e = OrderStatusRequestEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.ClientOrderId = id;
        e.InstrumentId = 1;
        e.VenueId = 1;
        e.CumulativeQuantity = cumulative;
        return bytes;
    }

    private static byte[] Limit(ulong id, Side side, long quantity, long price, long now)
    {
        var bytes = new byte[NewOrderEncoder.EncodedLength];
        var e = NewOrderEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.ClientOrderId = id;
        e.InstrumentId = 1;
        e.VenueId = 1;
        e.Side = side;
        e.OrderType = OrderType.Limit;
        e.TimeInForce = TimeInForce.GoodTillCancelled;
        e.Quantity = quantity;
        e.Price = price;
        e.DecidedAtNanos = now;
        return bytes;
    }

    private static byte[] Cancel(ulong id, long now)
    {
        var bytes = new byte[OrderCancelRequestEncoder.EncodedLength];
        var e = OrderCancelRequestEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.ClientOrderId = id;
        e.InstrumentId = 1;
        e.VenueId = 1;
        e.DecidedAtNanos = now;
        return bytes;
    }

    private static byte[] Amend(ulong id, long quantity, long price, long now)
    {
        var bytes = new byte[OrderAmendRequestEncoder.EncodedLength];
        var e = OrderAmendRequestEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.ClientOrderId = id;
        e.InstrumentId = 1;
        e.VenueId = 1;
        e.Quantity = quantity;
        e.Price = price;
        e.DecidedAtNanos = now;
        return bytes;
    }
}
