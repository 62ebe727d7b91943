using System.Globalization;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Live.Counters;
using OrderPlatform.Runtime.Past;

namespace OrderPlatform.Admin.Live;

/// <summary>A sample for programs.</summary>
internal static class WatchAnswer
{
    public static Answer Of(string journal, WatchSample sample, JournalNames names)
    {
        var answer = new Answer("watch", journal);
        CountersSample now = sample.Now;
        PipelineCounters pipeline = now.Pipeline;
        answer.Fact("engine", "engine", Value.Text(sample.Engine));
        answer.Fact("processId", "process", Value.Number(now.Header.ProcessId));
        answer.Fact("epoch", "epoch", Value.Number(now.Header.Epoch));
        answer.Fact("started", "started", Value.Time(now.Header.StartedNanos));
        answer.Fact("heartbeat", "heartbeat", Value.Time(pipeline.HeartbeatNanos));
        answer.Fact("appended", "appended", Value.Number(pipeline.Appended));
        answer.Fact("durable", "durable", Value.Number(pipeline.Durable));
        answer.Fact("processed", "processed", Value.Number(pipeline.Processed));
        answer.Fact("completed", "completed", Value.Number(pipeline.Completed));
        answer.Fact("journalLag", "journal lag", Value.Number(sample.JournalLag));
        answer.Fact("follower", "follower", pipeline.Follower < 0 ? Value.None : Value.Number(pipeline.Follower));
        answer.Fact("followerLag", "follower lag", sample.FollowerLag is { } lag ? Value.Number(lag) : Value.None);
        answer.Fact("marketEvents", "market events", Value.Number(pipeline.MarketEvents));
        answer.Fact("inputsPerSecond", "inputs a second", Rate(sample.Rate(static one => one.Appended)));
        answer.Fact("ordersInDoubt", "in doubt", Value.Number(pipeline.InDoubt));
        answer.Fact("ordersStopped", "orders stopped", Value.Flag(pipeline.IsStopped == 1));
        answer.Fact("heldBack", "held back", Value.Number(pipeline.HeldBack));
        answer.Fact("collections", "garbage collections", Value.Number(pipeline.Collections));
        answer.Fact("workingSet", "bytes in memory", Value.Number(pipeline.WorkingSet));
        AddSources(answer, sample);
        AddRings(answer, pipeline);
        AddLatency(answer, now.Latency);
        AddState(answer, sample, names);
        foreach (string torn in now.TornBlocks)
        {
            answer.Note($"the {torn} block was half written when the process ended");
        }

        return answer;
    }

    private static Value Rate(double? rate) => rate is { } known ? Value.Text(known.ToString("F1", CultureInfo.InvariantCulture)) : Value.None;

    private static void AddSources(Answer answer, WatchSample sample)
    {
        AnswerTable table = answer.Table("sources", "Inputs by source", "source", "inputs", "perSecond");
        foreach ((string name, Func<PipelineCounters, long> count) in WatchScreen.Sources)
        {
            table.Row(Value.Text(name), Value.Number(count(sample.Now.Pipeline)), Rate(sample.Rate(count)));
        }
    }

    private static void AddRings(Answer answer, in PipelineCounters pipeline)
    {
        AnswerTable table = answer.Table("rings", "Rings", "ring", "used", "capacity", "highWater", "refused");
        table.Row(Value.Text("input"), Value.Number(pipeline.InputUsed), Value.Number(pipeline.InputCapacity), Value.Number(pipeline.InputHighWater), Value.Number(pipeline.InputRefused));
        table.Row(Value.Text("output"), Value.Number(pipeline.OutputUsed), Value.Number(pipeline.OutputCapacity), Value.Number(pipeline.OutputHighWater), Value.None);
        table.Row(Value.Text("venues"), Value.Number(pipeline.InboxUsed), Value.Number(pipeline.InboxCapacity), Value.None, Value.None);
        table.Row(Value.Text("market"), Value.Number(pipeline.MarketUsed), Value.Number(pipeline.MarketCapacity), Value.None, Value.None);
    }

    private static void AddLatency(Answer answer, in LatencyCounters latency)
    {
        AnswerTable table = answer.Table("latency", "Nanoseconds from sequenced to left", "requests", "missed", "minimum", "p50", "p90", "p99", "p999", "maximum");
        table.Row(
            Value.Number(latency.Count), Value.Number(latency.Missed), Value.Number(latency.Minimum), Value.Number(latency.Median), Value.Number(latency.Percentile90),
            Value.Number(latency.Percentile99), Value.Number(latency.Percentile999), Value.Number(latency.Maximum));
    }

    private static void AddState(Answer answer, WatchSample sample, JournalNames names)
    {
        StateCounters state = sample.Now.State;
        answer.Fact("stateSequence", "state after input", state.Sequence == 0 ? Value.None : Value.Number(state.Sequence));
        answer.Fact("stateTime", "state time", Value.Time(state.NowNanos));
        answer.Fact("tradingState", "shard may trade", state.Sequence == 0 ? Value.None : Value.Enum((TradingState)state.ShardState));
        answer.Fact("openOrders", "open orders", Value.Number(state.OpenOrders));
        answer.Fact("openPositions", "open positions", Value.Number(state.OpenPositions));
        AnswerTable clients = answer.Table("clients", "Clients", "client", "state", "equity", "dayResult", "openOrders", "inDoubt");
        for (int row = 0; row < Math.Min(state.ClientCount, CountersLayout.RowsMax); row++)
        {
            ClientCounters client = state.Clients[row];
            clients.Row(
                Value.Text(names.Clients[(uint)client.ClientId]), Value.Enum((TradingState)client.State), Value.Decimal(client.Equity), Value.Decimal(client.DayResult),
                Value.Number(client.OpenOrders), Value.Number(client.InDoubt));
        }

        AnswerTable positions = answer.Table("positions", "Positions", "client", "strategy", "instrument", "quantity", "averagePrice", "mark", "unrealised");
        for (int row = 0; row < Math.Min(state.OpenPositions, CountersLayout.RowsMax); row++)
        {
            PositionCounters position = state.Positions[row];
            positions.Row(
                Value.Text(names.Clients[(uint)position.ClientId]), Value.Text(names.Strategies[(uint)position.StrategyId]),
                Value.Text(names.Instruments[(uint)position.InstrumentId]), Value.Decimal(position.Quantity), Value.Known(position.AveragePrice), Value.Known(position.Mark),
                Value.Decimal(position.Unrealised));
        }

        AnswerTable orders = answer.Table("orders", "Open orders", "orderId", "client", "instrument", "side", "type", "status", "inDoubt", "quantity", "executed", "price", "decided");
        for (int row = 0; row < Math.Min(state.OpenOrders, CountersLayout.RowsMax); row++)
        {
            OrderCounters order = state.Orders[row];
            orders.Row(
                Value.Id(order.ClientOrderId), Value.Text(names.Clients[(uint)order.ClientId]), Value.Text(names.Instruments[(uint)order.InstrumentId]),
                Value.Enum((Side)order.Side), Value.Enum((OrderType)order.Type), Value.Enum((OrderStatus)order.Status), Value.Flag(order.IsInDoubt == 1),
                Value.Decimal(order.Quantity), Value.Decimal(order.Cumulative), Value.Known(order.Price), Value.Time(order.DecidedNanos));
        }

        AnswerTable alerts = answer.Table("alerts", "Alerts", "sequence", "time", "severity", "reason", "subject", "expected", "actual");
        foreach (AlertCounters alert in sample.Alerts)
        {
            alerts.Row(
                Value.Number(alert.Sequence), Value.Time(alert.TimeNanos), Value.Enum((Severity)alert.Severity), Value.Enum((ReasonCode)alert.Reason), Value.Id(alert.Subject),
                Value.Number(alert.Expected), Value.Number(alert.Actual));
        }
    }
}
