using OrderPlatform.Engine.Numbers;
using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Runtime.Tests;

/// <summary>
/// A sender that knows only what it is told, and asks about what it doubts, has the venue's fills in the end, whatever goes wrong in between (T2 to T5).
/// </summary>
[TestFixture]
internal sealed class VenueFaultTests
{
    private const long Second = 1_000_000_000;
    private const ushort Venue = 3;

    private static readonly Ratio Tenth = new(FixedPoint.One / 10);
    private static readonly Ratio Fifth = new(FixedPoint.One / 5);

    private static readonly SimulatedVenueOptions Plain = new()
    {
        Instruments = [new VenueInstrument { InstrumentId = 1, Tick = new Price(FixedPoint.One / 100), Step = new Quantity(1_000) }],
        OrderLatency = LatencyOptions.LogNormal(Second / 20, Second / 10),
        FillRatio = new Ratio(FixedPoint.One / 3),
        TouchFills = true,
    };

    private static readonly SimulatedVenueOptions Faulty = Plain with
    {
        Faults = new VenueFaults
        {
            LostAcknowledgement = Tenth,
            TimeoutBeforeAcceptance = Tenth,
            TimeoutAfterAcceptance = Tenth,
            TimeoutOfRequest = Fifth,
            DuplicateReport = Fifth,
            LateReport = Fifth,
            MissingFill = Fifth,
            ThrottleRequests = 3,
            ThrottleWindowNanos = 2 * Second,
            OutageFromNanos = 600 * Second,
            OutageUntilNanos = 700 * Second,
        },
    };

    [Test]
    [Description("T2, T3, T4, T5")]
    public void A_sender_that_asks_about_what_it_doubts_has_all_fills_and_one_order_for_each_intent([Range(1, 10)] int seed)
    {
        string place = $"seed {seed}";
        var sender = new Sender(Faulty with { Seed = (ulong)seed });
        var random = new Random(seed);
        long now = Second;
        for (int step = 0; step < 1_200; step++)
        {
            now += random.NextInt64(Second);
            sender.ReceiveUntil(now);
            switch (random.Next(4))
            {
                case 0:
                    Side side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
                    sender.Submit((ulong)step + 1, side, random.Next(1, 40) * 100_000L, random.Next(98, 103) * FixedPoint.One, now);
                    break;
                case 1:
                    sender.CancelOldest(now);
                    break;
                default:
                    sender.Market(TradeAt(now, 100 + random.Next(-3, 4), (ulong)step));
                    break;
            }

            sender.AskAboutAll();
        }

        sender.ReceiveUntil(now + (100 * Second));
        sender.AskAboutAll();
        sender.ReceiveUntil(now + (200 * Second));

        Assert.That(sender.Booked, Is.EqualTo(sender.TruePosition), place);
        Assert.That(sender.Overfilled, Is.False, place);
        Assert.That(sender.Connections, Is.EqualTo(new[] { (Venue, YesNo.No), (Venue, YesNo.Yes) }), place);
        Assert.That(sender.Duplicates, Is.GreaterThan(20), "it was worth asking");
        Assert.That(sender.Kinds, Is.SupersetOf(new[] { ExecutionKind.Unknown, ExecutionKind.Throttled, ExecutionKind.Fill, ExecutionKind.Cancelled }), place);
    }

    [Test]
    [Description("T2")]
    public void An_order_that_timed_out_before_the_venue_is_not_known_and_one_after_it_is_answered_for()
    {
        var before = new Sender(Plain with { Faults = new VenueFaults { TimeoutBeforeAcceptance = new Ratio(FixedPoint.One) } });
        before.Submit(1, Side.Buy, FixedPoint.One, 90 * FixedPoint.One, Second);
        before.ReceiveUntil(100 * Second);
        Assert.That(before.Ask(1, 0), Is.EqualTo(new[] { "NotKnown" }));

        var after = new Sender(Plain with { Faults = new VenueFaults { TimeoutAfterAcceptance = new Ratio(FixedPoint.One) } });
        after.Submit(1, Side.Buy, FixedPoint.One, 90 * FixedPoint.One, Second);
        after.ReceiveUntil(100 * Second);
        Assert.That(after.Kinds, Is.EqualTo(new[] { ExecutionKind.Unknown }));
        Assert.That(after.Ask(1, 0), Is.EqualTo(new[] { "Working" }));
    }

    [Test]
    [Description("T4")]
    public void Missing_fills_are_told_again_with_their_trade_ids_and_the_average_price_and_nothing_if_none_is_missing()
    {
        var sender = new Sender(Plain with
        {
            FillRatio = new Ratio(FixedPoint.One),
            OrderLatency = LatencyOptions.Constant(1),
            Faults = new VenueFaults { MissingFill = new Ratio(FixedPoint.One) },
        });
        sender.Market(TradeAt(Second, 100, 1));
        sender.Submit(1, Side.Buy, 3 * FixedPoint.One, 101 * FixedPoint.One, Second);
        sender.ReceiveUntil(2 * Second);
        sender.Market(TradeAt(3 * Second, 99, 2));
        sender.Market(TradeAt(4 * Second, 100, 3));
        sender.ReceiveUntil(5 * Second);
        Assert.That(sender.Kinds, Is.EqualTo(new[] { ExecutionKind.Accepted }));
        Assert.That(sender.Ask(1, FixedPoint.One), Is.EqualTo(new[] { "Fill 1", "Fill 2", "Working" }), "a sum says not which of them is missing");
        Assert.That(sender.LastAveragePrice, Is.EqualTo((99 * FixedPoint.One) + (FixedPoint.One / 2)));
        Assert.That(sender.Ask(1, 2 * FixedPoint.One), Is.EqualTo(new[] { "Working" }));
    }

    [Test]
    public void A_venue_with_faults_made_again_from_its_log_goes_on_the_same([Range(1, 4)] int seed)
    {
        using var folder = new JournalFolder();
        SimulatedVenueOptions options = Faulty with { Seed = (ulong)seed };
        string path = Path.Combine(folder.Path, "venue");
        var random = new Random(seed);
        var lived = new Sender(options);
        VenueLog log = VenueLog.Open(path, JournalFolder.Options, options);
        var logged = new Sender(options, log);
        long now = Second;
        for (int step = 0; step < 600; step++)
        {
            if (step % 97 == 50)
            {
                log.Dispose();
                log = VenueLog.Open(path, JournalFolder.Options, options);
                logged.Continue(log);
            }

            now += random.NextInt64(Second);
            int kind = random.Next(3);
            Side side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
            long price = random.Next(98, 103) * FixedPoint.One;
            foreach (Sender sender in new[] { lived, logged })
            {
                sender.ReceiveUntil(now);
                if (kind == 0)
                {
                    sender.Submit((ulong)step + 1, side, 300_000, price, now);
                }
                else
                {
                    sender.Market(TradeAt(now, price / FixedPoint.One, (ulong)step));
                }
            }
        }

        log.Dispose();
        Assert.That(logged.Kinds, Is.EqualTo(lived.Kinds), $"seed {seed}");
        Assert.That(logged.Booked, Is.EqualTo(lived.Booked), $"seed {seed}");
        Assert.That(lived.Kinds, Has.Count.GreaterThan(200), "it was worth comparing");
    }

    [Test]
    [Description("T18")]
    public void Funding_is_an_input_with_its_instant_rate_and_mark()
    {
        VenueInstrument perpetual = Plain.Instruments[0] with { Funding = new FundingOptions { Rate = new Ratio(12_345) } };
        var sender = new Sender(Plain with { Instruments = [perpetual] });
        sender.Market(TradeAt(Second, 100, 1));
        sender.ReceiveUntil(long.MaxValue);
        Assert.That(sender.Fundings, Is.EqualTo(new[] { (1u, 12_345L, 100 * FixedPoint.One, FundingOptions.EightHoursNanos) }));
    }

    private static MarketEvent TradeAt(long timeNanos, long price, ulong id) =>
        MarketEvent.Trade(timeNanos, new Price(price * FixedPoint.One), new Quantity(FixedPoint.One), Aggressor.Unknown, id);

    /// <summary>The simplest sender that is right: fills by trade id, and a question about every open order.</summary>
    private sealed class Sender(SimulatedVenueOptions options, VenueLog? log = null)
    {
        private readonly SimulatedVenueOptions _options = options;
        private readonly byte[] _buffer = new byte[InputSlot.PayloadLengthMax];
        private readonly Dictionary<ulong, (long Quantity, long Booked)> _open = [];
        private readonly HashSet<ulong> _trades = [];
        private SimulatedVenue _venue = new(options);
        private SimulatedGateway? _gateway;

        public List<ExecutionKind> Kinds { get; } = [];

        public List<(uint Instrument, long Rate, long Mark, long Time)> Fundings { get; } = [];

        public List<(ushort Venue, YesNo Connected)> Connections { get; } = [];

        public long Booked { get; private set; }

        public int Duplicates { get; private set; }

        public bool Overfilled { get; private set; }

        public long LastAveragePrice { get; private set; }

        public long TruePosition => _venue.PositionOf(5, 1).Raw;

        private SimulatedGateway Gateway => _gateway ??= new SimulatedGateway(_venue, Venue, log);

        public void Continue(VenueLog continued)
        {
            _venue = new SimulatedVenue(_options);
            _gateway = new SimulatedGateway(_venue, Venue, continued);
        }

        public void Market(MarketEvent e)
        {
            ReceiveUntil(e.TimeNanos);
            Gateway.OnMarketEvent(1, e);
        }

        public void Submit(ulong id, Side side, long quantity, long price, long now)
        {
            var bytes = new byte[NewOrderEncoder.EncodedLength];
            var e = NewOrderEncoder.WrapForEncodeAndApplyHeader(bytes);
            e.ClientOrderId = id;
            e.AccountId = 5;
            e.InstrumentId = 1;
            e.VenueId = Venue;
            e.Side = side;
            e.OrderType = OrderType.Limit;
            e.TimeInForce = TimeInForce.GoodTillCancelled;
            e.Quantity = quantity;
            e.Price = price;
            e.DecidedAtNanos = now;
            _open.TryAdd(id, (quantity, 0));
            Gateway.OnOutput(bytes);
        }

        public void CancelOldest(long now)
        {
            if (_open.Count == 0)
            {
                return;
            }

            var bytes = new byte[OrderCancelRequestEncoder.EncodedLength];
            var e = OrderCancelRequestEncoder.WrapForEncodeAndApplyHeader(bytes);
            e.ClientOrderId = _open.Keys.Min();
            e.InstrumentId = 1;
            e.VenueId = Venue;
            e.DecidedAtNanos = now;
            Gateway.OnOutput(bytes);
        }

        public void AskAboutAll()
        {
            foreach (ulong id in _open.Keys.Order().ToArray())
            {
                Ask(id, _open[id].Booked);
            }
        }

        public string[] Ask(ulong id, long booked)
        {
            var bytes = new byte[OrderStatusRequestEncoder.EncodedLength];
            var e = OrderStatusRequestEncoder.WrapForEncodeAndApplyHeader(bytes);
            e.ClientOrderId = id;
            e.InstrumentId = 1;
            e.VenueId = Venue;
            e.CumulativeQuantity = booked;
            Gateway.OnOutput(bytes);
            var answers = new List<string>();
            for (int length; (length = Gateway.TryTakeAnswer(_buffer, out _)) > 0;)
            {
                answers.Add(Take(_buffer.AsSpan(0, length)));
            }

            return [.. answers];
        }

        public void ReceiveUntil(long until)
        {
            for (int length; (length = Gateway.TryAdvance(until, _buffer, out _)) > 0;)
            {
                Take(_buffer.AsSpan(0, length));
            }
        }

        private string Take(ReadOnlySpan<byte> message)
        {
            if (FundingRateDecoder.TryWrap(message, out FundingRateDecoder funding))
            {
                Fundings.Add((funding.InstrumentId, funding.Rate, funding.TryGetMarkPrice(out long mark) ? mark : 0, funding.VenueTimeNanos));
                return "FundingRate";
            }

            if (VenueStatusDecoder.TryWrap(message, out VenueStatusDecoder connection))
            {
                Connections.Add((connection.VenueId, connection.Connected));
                return "VenueStatus";
            }

            if (OrderStatusReportDecoder.TryWrap(message, out OrderStatusReportDecoder status))
            {
                LastAveragePrice = status.TryGetAveragePrice(out long average) ? average : 0;
                if (status.State is VenueOrderState.NotKnown or VenueOrderState.Ended)
                {
                    _open.Remove(status.ClientOrderId);
                }

                return $"{status.State}";
            }

            ExecutionReportDecoder report = ExecutionReportDecoder.WrapForDecodeAndApplyHeader(message);
            Kinds.Add(report.Kind);
            return report.Kind == ExecutionKind.Fill ? Book(report) : $"{report.Kind}";
        }

        private string Book(in ExecutionReportDecoder fill)
        {
            if (!_trades.Add(fill.VenueTradeId))
            {
                Duplicates++;
                return $"Fill {fill.VenueTradeId}";
            }

            Booked += fill.Side == Side.Buy ? fill.LastQuantity : -fill.LastQuantity;
            if (_open.TryGetValue(fill.ClientOrderId, out (long Quantity, long Booked) order))
            {
                order.Booked += fill.LastQuantity;
                Overfilled |= order.Booked > order.Quantity;
                _open[fill.ClientOrderId] = order;
            }

            return $"Fill {fill.VenueTradeId}";
        }
    }
}
