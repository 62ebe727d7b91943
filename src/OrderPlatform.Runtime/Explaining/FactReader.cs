using OrderPlatform.Engine;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Runtime.Explaining;

/// <summary>
/// Turns the inputs and outputs of a replay into facts: those that belong to orders, rejections and signals. What the outputs do not say is derived from the
/// engine's state right after the input: all filters of a signal, and what began an order that no signal asked for.
/// </summary>
/// <param name="sink">Who takes them.</param>
public sealed class FactReader(IFactSink sink) : IReplayObserver
{
    private readonly CauseTracker _causes = new();
    private readonly Dictionary<(Scope Scope, uint Id), Breach> _breaches = [];
    private readonly HashSet<ulong> _parents = [];
    private readonly HashSet<(uint Strategy, uint Instrument, ExitReason Reason)> _told = [];
    private int _place;
    private byte[]? _input;

    /// <inheritdoc />
    public void OnBegin(BusinessLogicProcessor engine, JournalReader journal)
    {
    }

    /// <inheritdoc />
    public bool OnInput(BusinessLogicProcessor engine, JournalReader journal, ReadOnlySpan<byte> message)
    {
        ArgumentNullException.ThrowIfNull(engine);
        _place = 0;
        _input = null;
        _told.Clear();
        OnMessage(engine.State, message);
        OutputBatch outputs = engine.Outputs;
        for (int i = 0; i < outputs.Count; i++)
        {
            OnOutput(engine.State, outputs[i], message);
        }

        foreach ((uint strategy, uint instrument, ExitReason reason) in Began(engine.State))
        {
            AddCause(engine.State, strategy, instrument, reason, message);
        }

        return true;
    }

    private List<(uint Strategy, uint Instrument, ExitReason Reason)> Began(EngineState state)
    {
        List<(uint, uint, ExitReason)> began = [];
        _causes.After(state, (strategy, instrument, reason) => began.Add((strategy, instrument, reason)));
        return began;
    }

    private void OnMessage(EngineState state, ReadOnlySpan<byte> message)
    {
        if (SignalDecoder.TryWrap(message, out SignalDecoder signal))
        {
            sink.Add(New(state, LinkKind.Signal, message) with
            {
                Client = signal.ClientId,
                Strategy = signal.StrategyId,
                Instrument = signal.InstrumentId,
                RequestId = signal.SignalId,
            });
        }
        else if (SubmitOrderDecoder.TryWrap(message, out SubmitOrderDecoder submit))
        {
            sink.Add(New(state, LinkKind.Request, message) with
            {
                Client = submit.ClientId,
                Strategy = submit.StrategyId,
                Instrument = submit.InstrumentId,
                RequestId = submit.RequestId,
            });
        }
        else if (CancelOrderDecoder.TryWrap(message, out CancelOrderDecoder cancel))
        {
            sink.Add(New(state, LinkKind.Request, message) with { Client = cancel.ClientId, OrderId = cancel.ClientOrderId, RequestId = cancel.RequestId });
        }
        else if (AmendOrderDecoder.TryWrap(message, out AmendOrderDecoder amend))
        {
            sink.Add(New(state, LinkKind.Request, message) with { Client = amend.ClientId, OrderId = amend.ClientOrderId, RequestId = amend.RequestId });
        }
        else if (ExecutionReportDecoder.TryWrap(message, out ExecutionReportDecoder report))
        {
            sink.Add(New(state, LinkKind.Answer, message) with { OrderId = report.ClientOrderId, Instrument = report.InstrumentId });
        }
        else if (OrderStatusReportDecoder.TryWrap(message, out OrderStatusReportDecoder status))
        {
            sink.Add(New(state, LinkKind.Answer, message) with { OrderId = status.ClientOrderId, Instrument = status.InstrumentId });
        }
    }

    private void OnOutput(EngineState state, ReadOnlySpan<byte> output, ReadOnlySpan<byte> input)
    {
        MessageHeader.TryRead(output, out MessageHeader header);
        switch (header.TemplateId)
        {
            case DecisionEventDecoder.TemplateId when DecisionEventDecoder.TryWrap(output, out DecisionEventDecoder decision):
                OnDecision(state, decision, output, input);
                break;
            case ParentEventDecoder.TemplateId when ParentEventDecoder.TryWrap(output, out ParentEventDecoder parent):
                OnParent(state, parent, output, input);
                break;
            case TradingStateEventDecoder.TemplateId when TradingStateEventDecoder.TryWrap(output, out TradingStateEventDecoder trading):
                _breaches[(trading.Scope, trading.ScopeId)] =
                    new Breach(trading.Scope, trading.Reason, trading.Value, trading.Limit, trading.TimestampNanos);
                break;
            default:
                OnOther(state, output, input);
                break;
        }
    }

    private void OnDecision(EngineState state, in DecisionEventDecoder decision, ReadOnlySpan<byte> output, ReadOnlySpan<byte> input)
    {
        Fact fact = New(state, LinkKind.Decision, output) with
        {
            Client = decision.ClientId,
            Strategy = decision.StrategyId,
            Instrument = decision.InstrumentId,
            RequestId = decision.SignalId,
        };
        if (SignalDecoder.TryWrap(input, out SignalDecoder signal) && signal.SignalId == decision.SignalId && signal.StrategyId == decision.StrategyId)
        {
            sink.Add(fact with { Kind = LinkKind.Filters, Filters = FilterFacts.Of(state, signal, decision) });
            fact = fact with { Place = _place++ };
        }

        sink.Add(fact);
    }

    private void OnParent(EngineState state, in ParentEventDecoder parent, ReadOnlySpan<byte> output, ReadOnlySpan<byte> input)
    {
        bool isNew = _parents.Add(parent.ParentId);
        bool isOwn = isNew && parent.RequestId == 0 && CauseTracker.IsOwn(parent.ExitReason);
        long cause = isOwn ? _causes.CauseOf(parent.StrategyId, parent.InstrumentId, parent.ExitReason, state.Sequence) : 0;
        if (isOwn && cause == state.Sequence)
        {
            AddCause(state, parent.StrategyId, parent.InstrumentId, parent.ExitReason, input);
        }

        sink.Add(New(state, LinkKind.Parent, output) with
        {
            Client = parent.ClientId,
            Strategy = parent.StrategyId,
            Instrument = parent.InstrumentId,
            RequestId = parent.RequestId,
            ParentId = parent.ParentId,
            ExitReason = parent.ExitReason,
            CauseSequence = cause,
        });
    }

    private void OnOther(EngineState state, ReadOnlySpan<byte> output, ReadOnlySpan<byte> input)
    {
        if (ExecutionReportDecoder.TryWrap(input, out ExecutionReportDecoder report) && AlertEventDecoder.TryWrap(output, out AlertEventDecoder alert)
            && alert.InputTemplateId == ExecutionReportDecoder.TemplateId)
        {
            sink.Add(New(state, LinkKind.Alert, output) with { OrderId = report.ClientOrderId });
            return;
        }

        if (!OutputFacts.TryRead(output, New(state, LinkKind.Order, output), out Fact? fact))
        {
            return;
        }

        if (fact.Kind == LinkKind.Order && state.Clients.TryFind(fact.Client, out int client) && state.Clients[client].Reconciling)
        {
            fact = fact with { IsReconciling = true };
        }

        if (fact is { Kind: LinkKind.Refusal, RequestId: 0 })
        {
            // A wish of the engine's own that made no order: nothing but its input tells what began it.
            (ExitReason reason, long since) = _causes.AnyOf(fact.Strategy, fact.Instrument, state.Sequence);
            fact = fact with { CauseSequence = since, ExitReason = reason };
            if (since == state.Sequence)
            {
                AddCause(state, fact.Strategy, fact.Instrument, reason, input);
            }
        }

        sink.Add(fact);
    }

    private void AddCause(EngineState state, uint strategy, uint instrument, ExitReason reason, ReadOnlySpan<byte> input)
    {
        if (!_told.Add((strategy, instrument, reason)) || !state.Strategies.TryFind(strategy, out int strategyRow)
            || !state.Instruments.TryFind(instrument, out int instrumentRow))
        {
            return;
        }

        uint client = state.Clients[state.Strategies[strategyRow].Client].Id;
        _input ??= input.ToArray();
        sink.Add(new Fact
        {
            Kind = LinkKind.Cause,
            Sequence = state.Sequence,
            Place = _place++,
            TimeNanos = state.NowNanos,
            Message = _input,
            Client = client,
            Strategy = strategy,
            Instrument = instrument,
            ExitReason = reason,
            Derived = CauseText.Of(state, strategyRow, instrumentRow, reason, input, BreachOf(strategy, client)),
        });
    }

    // Of both, the one that broke last.
    private Breach? BreachOf(uint strategy, uint client)
    {
        Breach? own = _breaches.TryGetValue((Scope.Strategy, strategy), out Breach first) ? first : null;
        Breach? shared = _breaches.TryGetValue((Scope.Client, client), out Breach second) ? second : null;
        return own is { } one && shared is { } other ? (other.TimeNanos > one.TimeNanos ? other : one) : own ?? shared;
    }

    private Fact New(EngineState state, LinkKind kind, ReadOnlySpan<byte> message) => new()
    {
        Kind = kind,
        Sequence = state.Sequence,
        Place = _place++,
        TimeNanos = state.NowNanos,
        Message = message.ToArray(),
    };
}
