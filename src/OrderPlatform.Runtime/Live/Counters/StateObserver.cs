using OrderPlatform.Engine;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Recovery;

namespace OrderPlatform.Runtime.Live.Counters;

/// <summary>Writes the state block from the follower's engine, ten times a second at most, on the follower's thread; notes each alert.</summary>
public sealed class StateObserver : IReplicaObserver
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly CountersFile _file;
    private readonly TimeProvider _time;
    private readonly StateCounters[] _block = new StateCounters[1];
    private BusinessLogicProcessor? _engine;
    private long _lastTicks;
    private long _lastSequence = -1;

    /// <param name="file">Where to.</param>
    /// <param name="time">The clock.</param>
    public StateObserver(CountersFile file, TimeProvider time)
    {
        _file = file;
        _time = time;
    }

    /// <inheritdoc />
    public bool TryObserve(long sequence, ReadOnlySpan<byte> input, BusinessLogicProcessor engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        for (int index = 0; index < engine.Outputs.Count; index++)
        {
            if (AlertEventDecoder.TryWrap(engine.Outputs[index], out AlertEventDecoder alert))
            {
                Note(sequence, alert);
            }
        }

        return true;
    }

    /// <inheritdoc />
    public int DoWork(BusinessLogicProcessor engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        _engine = engine;
        long now = _time.GetTimestamp();
        if (engine.State.Sequence != _lastSequence && (_lastTicks == 0 || _time.GetElapsedTime(_lastTicks, now) >= Interval))
        {
            _lastTicks = now;
            Write(engine.State);
        }

        return 0;
    }

    /// <inheritdoc />
    public void OnClose()
    {
        if (_engine is not null)
        {
            Write(_engine.State);
        }
    }

    private void Write(EngineState state)
    {
        ref StateCounters block = ref _block[0];
        _lastSequence = state.Sequence;
        block.Sequence = state.Sequence;
        block.NowNanos = state.NowNanos;
        block.ShardState = (long)state.TradingState;
        block.OpenOrders = state.Orders.OpenCount;
        block.InDoubt = state.Orders.InDoubtCount;
        block.Malformed = state.MalformedInputs;
        block.ClientCount = state.Clients.Count;
        WriteClients(state, ref block);
        WritePositions(state, ref block);
        WriteOrders(state, ref block);
        _file.Write(block);
    }

    private static void WriteClients(EngineState state, ref StateCounters block)
    {
        for (int row = 0; row < Math.Min(state.Clients.Count, CountersLayout.RowsMax); row++)
        {
            ref Client client = ref state.Clients[row];
            block.Clients[row] = new ClientCounters
            {
                ClientId = client.Id,
                State = (long)client.State,
                StateReason = (long)client.StateReason,
                Equity = Valuation.EquityOfClient(state, row).Raw,
                DayResult = (Valuation.ResultOfClient(state, row) - client.DayOpeningResult).Raw,
                OpenOrders = client.OpenOrders,
                InDoubt = client.InDoubt,
                IsReconciling = client.Reconciling ? 1 : 0,
            };
        }
    }

    private static void WritePositions(EngineState state, ref StateCounters block)
    {
        int shown = 0;
        int open = 0;
        for (int row = 0; row < state.Positions.Count; row++)
        {
            ref Position position = ref state.Positions[row];
            if (position.Quantity.IsZero)
            {
                continue;
            }

            open++;
            if (shown < CountersLayout.RowsMax)
            {
                ref Strategy strategy = ref state.Strategies[position.Strategy];
                block.Positions[shown++] = new PositionCounters
                {
                    ClientId = state.Clients[strategy.Client].Id,
                    StrategyId = strategy.Id,
                    InstrumentId = state.Instruments[position.Instrument].Id,
                    Leg = (long)position.Leg,
                    Quantity = position.Quantity.Raw,
                    AveragePrice = Valuation.AveragePrice(state, position).Raw,
                    Mark = state.Instruments[position.Instrument].Mark.Raw,
                    Unrealised = position.Unrealised.Raw,
                    Realised = position.Realised.Raw,
                };
            }
        }

        block.OpenPositions = open;
    }

    private static void WriteOrders(EngineState state, ref StateCounters block)
    {
        int shown = 0;
        int left = state.Orders.OpenCount;
        Span<Order> rows = state.Orders.Rows;
        for (int row = 0; row < rows.Length && left > 0 && shown < CountersLayout.RowsMax; row++)
        {
            ref Order order = ref rows[row];
            if (!order.IsOpen)
            {
                continue;
            }

            left--;
            ref Position position = ref state.Positions[order.Position];
            ref Strategy strategy = ref state.Strategies[position.Strategy];
            block.Orders[shown++] = new OrderCounters
            {
                ClientOrderId = order.ClientOrderId,
                ClientId = state.Clients[strategy.Client].Id,
                StrategyId = strategy.Id,
                InstrumentId = state.Instruments[position.Instrument].Id,
                Side = (long)order.Side,
                Type = (long)order.Type,
                Status = (long)order.Status,
                Quantity = order.Quantity.Raw,
                Cumulative = order.Cumulative.Raw,
                Price = order.LimitPrice.IsZero ? order.TriggerPrice.Raw : order.LimitPrice.Raw,
                IsInDoubt = order.InDoubt ? 1 : 0,
                DecidedNanos = order.DecidedAtNanos,
            };
        }
    }

    private void Note(long sequence, in AlertEventDecoder alert)
    {
        ref StateCounters block = ref _block[0];
        block.Alerts[(int)(block.AlertCount % CountersLayout.RowsMax)] = new AlertCounters
        {
            Sequence = sequence,
            TimeNanos = alert.TimestampNanos,
            Severity = (long)alert.Severity,
            Reason = (long)alert.Reason,
            TemplateId = alert.InputTemplateId,
            Subject = alert.SubjectId,
            Expected = alert.Expected,
            Actual = alert.Actual,
        };
        block.AlertCount++;
    }
}
