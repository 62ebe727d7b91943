using System.Globalization;
using OrderPlatform.Analytics;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Live.Counters;
using OrderPlatform.Runtime.Past;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace OrderPlatform.Admin.Live;

/// <summary>A sample as a screen for people.</summary>
/// <param name="journal">The journal.</param>
/// <param name="names">What ids are called.</param>
internal sealed class WatchScreen(string journal, JournalNames names)
{
    private const int PositionsMax = 10;
    private const int OrdersMax = 12;
    private const int AlertsMax = 8;

    /// <summary>Where inputs come from.</summary>
    public static readonly (string Name, Func<PipelineCounters, long> Count)[] Sources =
    [
        ("feed", static one => one.FromFeed),
        ("venues", static one => one.FromGateways),
        ("publishers", static one => one.FromDoor),
        ("operators", static one => one.FromOperators),
        ("self-check", static one => one.FromCheck),
    ];

    /// <summary>The screen.</summary>
    public IRenderable Of(WatchSample sample)
    {
        var parts = new List<IRenderable>
        {
            Head(sample),
            new Columns(Flow(sample), Rings(sample.Now.Pipeline), Latency(sample.Now.Latency)) { Expand = false },
            Clients(sample.Now.State),
        };
        if (sample.Now.State.Sequence > 0)
        {
            parts.Add(Positions(sample.Now.State));
            parts.Add(Orders(sample.Now.State));
            parts.Add(Alerts(sample));
        }

        return new Rows(parts);
    }

    private Text Head(WatchSample sample)
    {
        CountersSample now = sample.Now;
        string torn = now.TornBlocks.Count == 0 ? "" : $"; half written when the process ended: {string.Join(", ", now.TornBlocks)}";
        string state = now.State.Sequence == 0 ? "no state: the run has no follower, or it has just begun" : $"shard {(TradingState)now.State.ShardState}, {TimeText.Iso(now.State.NowNanos)} by the journal";
        string stopped = now.Pipeline.IsStopped == 1 ? $"; ORDERS ARE STOPPED by the self-check, {now.Pipeline.HeldBack} held back" : "";
        return new Text(
            $"{journal}: {sample.Engine} (process {now.Header.ProcessId}, epoch {now.Header.Epoch}, since {TimeText.Iso(now.Header.StartedNanos)}){torn}\n{state}{stopped}\n");
    }

    private static Table Flow(WatchSample sample)
    {
        PipelineCounters pipeline = sample.Now.Pipeline;
        Table table = New("inputs", "count", "a second");
        table.AddRow("journal", Whole(pipeline.Appended), Rate(sample.Rate(static one => one.Appended)));
        foreach ((string name, Func<PipelineCounters, long> count) in Sources)
        {
            table.AddRow($"  {name}", Whole(count(pipeline)), Rate(sample.Rate(count)));
        }

        table.AddRow("not durable yet", Whole(sample.JournalLag), "");
        table.AddRow("not processed", Whole(Math.Max(0, pipeline.Appended - pipeline.Processed)), "");
        table.AddRow("follower lags", sample.FollowerLag is { } lag ? Whole(lag) : "none", "");
        return table;
    }

    private static Table Rings(in PipelineCounters pipeline)
    {
        Table table = New("rings", "used", "of", "most");
        table.AddRow("inputs", Whole(pipeline.InputUsed), Whole(pipeline.InputCapacity), Whole(pipeline.InputHighWater));
        table.AddRow("outputs", Whole(pipeline.OutputUsed), Whole(pipeline.OutputCapacity), Whole(pipeline.OutputHighWater));
        table.AddRow("to venues", Whole(pipeline.InboxUsed), Whole(pipeline.InboxCapacity), "");
        table.AddRow("market", Whole(pipeline.MarketUsed), Whole(pipeline.MarketCapacity), "");
        table.AddRow("refused claims", Whole(pipeline.InputRefused), "", "");
        table.AddRow("collections", Whole(pipeline.Collections), "", "");
        table.AddRow("memory, MiB", Whole(pipeline.WorkingSet >> 20), "", "");
        return table;
    }

    private static Table Latency(in LatencyCounters latency)
    {
        Table table = New("request latency", "µs");
        table.AddRow("requests", Whole(latency.Count));
        table.AddRow("smallest", Micros(latency.Minimum));
        table.AddRow("50 %", Micros(latency.Median));
        table.AddRow("90 %", Micros(latency.Percentile90));
        table.AddRow("99 %", Micros(latency.Percentile99));
        table.AddRow("99.9 %", Micros(latency.Percentile999));
        table.AddRow("largest", Micros(latency.Maximum));
        return table;
    }

    private Table Clients(StateCounters state)
    {
        Table table = New("client", "may", "equity", "day", "orders", "in doubt");
        for (int row = 0; row < Math.Min(state.ClientCount, CountersLayout.RowsMax); row++)
        {
            ClientCounters client = state.Clients[row];
            string may = ((TradingState)client.State).ToString() + ((ReasonCode)client.StateReason is var reason && reason != ReasonCode.None ? $" ({reason})" : "");
            table.AddRow(
                Name(names.Clients[(uint)client.ClientId]), client.IsReconciling == 1 ? $"{may}, reconciling" : may, Money(client.Equity), Money(client.DayResult),
                Whole(client.OpenOrders), Whole(client.InDoubt));
        }

        return table;
    }

    private Table Positions(StateCounters state)
    {
        Table table = New($"position ({state.OpenPositions})", "client", "quantity", "average", "mark", "unrealised");
        for (int row = 0; row < Math.Min(state.OpenPositions, PositionsMax); row++)
        {
            PositionCounters position = state.Positions[row];
            table.AddRow(
                Name(names.Instruments[(uint)position.InstrumentId]), Name(names.Clients[(uint)position.ClientId]), FixedPointText.Format(position.Quantity),
                Price(position.AveragePrice), Price(position.Mark), Money(position.Unrealised));
        }

        return table;
    }

    private Table Orders(StateCounters state)
    {
        Table table = New($"open order ({state.OpenOrders})", "client", "instrument", "side", "type", "status", "quantity", "executed", "price");
        for (int row = 0; row < Math.Min(state.OpenOrders, OrdersMax); row++)
        {
            OrderCounters order = state.Orders[row];
            table.AddRow(
                order.ClientOrderId.ToString(CultureInfo.InvariantCulture), Name(names.Clients[(uint)order.ClientId]), Name(names.Instruments[(uint)order.InstrumentId]),
                ((Side)order.Side).ToString(), ((OrderType)order.Type).ToString(), order.IsInDoubt == 1 ? $"{(OrderStatus)order.Status}, in doubt" : ((OrderStatus)order.Status).ToString(),
                FixedPointText.Format(order.Quantity), FixedPointText.Format(order.Cumulative), Price(order.Price));
        }

        return table;
    }

    private static Table Alerts(WatchSample sample)
    {
        Table table = New($"alert ({sample.Now.State.AlertCount})", "input", "time", "severity", "of");
        foreach (AlertCounters alert in sample.Alerts.Take(AlertsMax))
        {
            table.AddRow(
                ((ReasonCode)alert.Reason).ToString(), Whole(alert.Sequence), TimeText.Iso(alert.TimeNanos), ((Severity)alert.Severity).ToString(),
                alert.Subject.ToString(CultureInfo.InvariantCulture));
        }

        return table;
    }

    private static Table New(params string[] headings)
    {
        Table table = new Table().Border(TableBorder.Simple);
        for (int i = 0; i < headings.Length; i++)
        {
            bool isNumber = headings[i] is "count" or "a second" or "used" or "of" or "most" or "µs" or "equity" or "day" or "orders" or "in doubt" or "quantity" or "average"
                or "mark" or "unrealised" or "executed" or "price" or "input";
            var column = new TableColumn(Markup.Escape(headings[i])) { NoWrap = true };
            table.AddColumn(isNumber && i > 0 ? column.RightAligned() : column);
        }

        return table;
    }

    private static string Name(string name) => Markup.Escape(name);

    private static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Rate(double? rate) => rate is { } known ? known.ToString("N1", CultureInfo.InvariantCulture) : "-";

    private static string Micros(long nanos) => (nanos / 1_000.0).ToString("N1", CultureInfo.InvariantCulture);

    private static string Money(long raw) => ((decimal)raw / FixedPoint.One).ToString("N2", CultureInfo.InvariantCulture);

    private static string Price(long raw) => raw == 0 ? "-" : FixedPointText.Format(raw);
}
