using OrderPlatform.Engine;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Setup;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Runtime.Tests.Golden;

/// <summary>How a golden journal was recorded: a scenario, and what a person does to it.</summary>
/// <param name="Name">Its folder.</param>
/// <param name="Scenario">Data, strategy and venue.</param>
/// <param name="Operator">Operator commands, each before this item of the feed; a flatten waits until a position is held.</param>
/// <param name="ItemsMax">Items of the feed after which it is cut.</param>
/// <param name="SegmentLengthBytes">Length of its segments.</param>
/// <param name="EndsOpen">Whether it is cut later, when an order is open.</param>
/// <param name="Restarts">From these items of the feed on, the next new order is lost with its process: it never reaches the venue, and a restart reconciles.</param>
internal sealed record GoldenRun(
    string Name, Scenario Scenario, IReadOnlyList<(int Item, OperatorAction Action)> Operator, int ItemsMax = int.MaxValue, int SegmentLengthBytes = 1 << 16,
    bool EndsOpen = false, IReadOnlyList<int>? Restarts = null)
{
    private static readonly (int, OperatorAction)[] Nobody = [];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<GoldenRun> All { get; } =
    [
        new("bars-long-only", new Scenario { Mode = TradingMode.LongOnly, Entry = EntryTiming.CurrentOpen, Minutes = 600 }, Nobody),
        new("bars-limit-orders-partial-fills", new Scenario
        {
            Minutes = 600,
            Seed = 11,
            OrderType = OrderType.Limit,
            LimitOffset = new Ratio(FixedPoint.One / 5_000),
            Latency = LatencyOptions.LogNormal(20_000_000_000, 30_000_000_000),
            Participation = new Ratio(FixedPoint.One / 1_000),
            FillProbability = new Ratio(FixedPoint.One / 2),
            Size = new Quantity(FixedPoint.One * 4 / 5),
        }, Nobody),
        new("bars-stop-and-target", new Scenario
        {
            Minutes = 600, Seed = 5, StopLoss = new Ratio(FixedPoint.One / 1_000), TakeProfit = new Ratio(FixedPoint.One / 500), Size = new Quantity(FixedPoint.One * 3 / 2),
        }, Nobody),
        new("trades", new Scenario { Data = "trades", Minutes = 40, FastPeriod = 2, SlowPeriod = 5 }, Nobody, ItemsMax: 1_500),
        new("quotes", new Scenario { Data = "quotes", Minutes = 40, FastPeriod = 2, SlowPeriod = 5 }, Nobody, ItemsMax: 1_500),
        new("restarts", new Scenario
        {
            Minutes = 600,
            Seed = 9,
            FastPeriod = 2,
            SlowPeriod = 5,
            OrderType = OrderType.Limit,
            LimitOffset = new Ratio(FixedPoint.One / 5_000),
            Latency = LatencyOptions.Constant(20_000_000_000),
            Participation = new Ratio(FixedPoint.One / 1_000),
        }, Nobody, Restarts: [60, 150, 240, 330, 420, 510]),
        new("operator-and-open-orders", new Scenario
        {
            Minutes = 600, Seed = 3, FastPeriod = 2, SlowPeriod = 5, OrderType = OrderType.Limit, LimitOffset = new Ratio(FixedPoint.One / 2_000),
            Latency = LatencyOptions.Constant(30_000_000_000), StopLoss = null, TakeProfit = null,
        }, [(120, OperatorAction.Halt), (180, OperatorAction.Resume), (240, OperatorAction.Flatten), (300, OperatorAction.Resume)], ItemsMax: 400, SegmentLengthBytes: 4_096, EndsOpen: true),
    ];

    public override string ToString() => Name;

    /// <summary>Records it, in the backtest's order of inputs. No checkpoints: they would pin the behaviour of the day into the journal itself.</summary>
    public void Record(string folder)
    {
        JournalOptions options = JournalFolder.Options with { SegmentLengthBytes = SegmentLengthBytes, ShardId = 3, Clock = new ManualTime() };
        using InputFeed feed = Scenario.OpenFeed();
        using var venue = new JournalFolder();
        using VenueLog log = VenueLog.Open(venue.Path, JournalFolder.Options, Scenario.Venue());
        SimulatedGateway gateway = Scenario.OpenGateway(log);
        using JournalWriter journal = JournalWriter.Create(folder, options);
        var engine = new BusinessLogicProcessor();
        var input = new EngineInput(engine, journal);
        byte[] report = new byte[InputSlot.PayloadLengthMax];
        int commands = 0;
        int restarts = 0;
        int items = 0;
        for (int item = 0; (item < ItemsMax || (EndsOpen && engine.State.Orders.OpenCount == 0)) && feed.MoveNext(); item++)
        {
            items = item;
            int length;
            while ((length = gateway.TryAdvance(feed.Current.TimeNanos, report, out long timeNanos)) > 0)
            {
                Put(timeNanos, report.AsSpan(0, length));
            }

            if (commands < Operator.Count && item >= Operator[commands].Item && (Operator[commands].Action != OperatorAction.Flatten || HoldsSomething(engine)))
            {
                Put(feed.Current.TimeNanos, Command(Operator[commands++].Action));
            }

            if (feed.Current.HasVenueEvent)
            {
                gateway.OnMarketEvent(feed.Current.InstrumentId, feed.Current.VenueEvent);
            }

            Put(feed.Current.TimeNanos, feed.Current.Message);
        }

        void Put(long timeNanos, ReadOnlySpan<byte> message)
        {
            input.Put(timeNanos, message);
            if (restarts < Restarts?.Count && items >= Restarts[restarts] && SendsAnOrder(engine))
            {
                Restart(timeNanos, ++restarts);
                return;
            }

            for (int i = 0; i < engine.Outputs.Count; i++)
            {
                gateway.OnOutput(engine.Outputs[i]);
            }
        }

        // Every other restart comes too late for the lost order to be sent again.
        void Restart(long timeNanos, int number)
        {
            long resendWithin = number % 2 == 0 ? 0 : 1_000_000_000;
            foreach (byte[] start in SetupMessages.EncodeRestart(Scenario.Setup() with { Epoch = number + 1 }, timeNanos, resendWithin))
            {
                Put(timeNanos + (number % 2 == 0 ? 1 : 0), start);
            }

            for (int length; (length = gateway.TryTakeAnswer(report, out long answeredAt)) > 0;)
            {
                Put(answeredAt, report.AsSpan(0, length));
            }
        }
    }

    private static bool SendsAnOrder(BusinessLogicProcessor engine)
    {
        for (int i = 0; i < engine.Outputs.Count; i++)
        {
            if (NewOrderDecoder.TryWrap(engine.Outputs[i], out _))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HoldsSomething(BusinessLogicProcessor engine)
    {
        foreach (ref readonly Position position in engine.State.Positions.Rows)
        {
            if (!position.Quantity.IsZero)
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] Command(OperatorAction action)
    {
        var bytes = new byte[OperatorCommandEncoder.MinEncodedLength];
        var command = OperatorCommandEncoder.WrapForEncodeAndApplyHeader(bytes);
        command.Action = action;
        command.Scope = Scope.Shard;
        command.SetReason(string.Empty);
        return bytes;
    }
}
