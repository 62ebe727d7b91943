using System;
using System.Buffers;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Budgets;
using OrderPlatform.Engine.MarketData;
using OrderPlatform.Engine.Operations;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Requests;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Engine.Signals;
using OrderPlatform.Engine.Snapshots;
using OrderPlatform.Engine.Timers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine;

/// <summary>
/// The deterministic core: <c>(state, input) → (state', outputs)</c> (law 1). Time is the input's timestamp and identity its sequence; there is no clock, no I/O, no
/// randomness, no floating point and, after construction, no allocation. One thread at a time may call it. The same inputs give the same state and the
/// same outputs, byte for byte, wherever they are processed.
/// </summary>
public sealed class BusinessLogicProcessor
{
    private readonly EngineState _state;

    /// <summary>An engine that has seen nothing yet.</summary>
    public BusinessLogicProcessor()
        : this(EngineLimits.Default)
    {
    }

    /// <summary>An engine with other bounds, for tests.</summary>
    public BusinessLogicProcessor(EngineLimits limits)
        : this(new EngineState(limits))
    {
    }

    private BusinessLogicProcessor(EngineState state) => _state = state;

    /// <summary>What it knows; for queries between inputs, from the same thread.</summary>
    public EngineState State => _state;

    /// <summary>Outputs of the last input, valid until the next one.</summary>
    public OutputBatch Outputs => _state.Outputs;

    /// <summary>Digest of the whole state and of all outputs so far. Walks every table: not for the hot path.</summary>
    public ulong StateDigest() => Digests.StateDigest.Of(_state);

    /// <summary>The digest of outputs and state, as 32 hexadecimal digits.</summary>
    public string DigestText() => string.Create(32, (_state.Outputs.Digest, StateDigest()), static (text, digests) =>
    {
        digests.Digest.TryFormat(text, out _, "x16");
        digests.Item2.TryFormat(text[16..], out _, "x16");
    });

    /// <summary>An engine as it was when a snapshot was taken; the next input is the one after the snapshot's.</summary>
    /// <param name="snapshot">All bytes that <see cref="Capture"/> wrote.</param>
    /// <param name="limits">The bounds of its tables, which must be those of the engine that was captured; by default every deployment's.</param>
    /// <exception cref="SnapshotException">A record is malformed, missing, doubled, out of order or out of range, or the digests differ.</exception>
    public static BusinessLogicProcessor Restore(ReadOnlySpan<byte> snapshot, EngineLimits? limits = null) =>
        new(EngineSnapshot.Read(snapshot, limits ?? EngineLimits.Default));

    /// <summary>
    /// Writes the whole state as SBE records, all that later outputs depend on. Walks every table: not for the hot path. The engine allocates nothing for it.
    /// </summary>
    public void Capture(IBufferWriter<byte> sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        EngineSnapshot.Write(_state, sink);
    }

    /// <summary>Processes one input.</summary>
    /// <param name="sequence">Its number: the one before plus one.</param>
    /// <param name="timestampNanos">Its time; one before the last input's counts as that one and is reported.</param>
    /// <param name="message">The SBE message with its header.</param>
    /// <exception cref="ArgumentException">The sequence does not follow: inputs were lost or doubled, and the engine must not go on.</exception>
    public void Process(long sequence, long timestampNanos, ReadOnlySpan<byte> message)
    {
        if (sequence != _state.Sequence + 1)
        {
            ThrowSequence(sequence);
        }

        _state.Sequence = sequence;
        _state.OrdersOfInput = 0;
        _state.ParentsOfInput = 0;
        _state.Outputs.Clear();
        MessageHeader.TryRead(message, out MessageHeader header);
        MoveTime(timestampNanos, header.TemplateId);
        if (!Dispatch(header.TemplateId, message))
        {
            _state.MalformedInputs++;
            Events.Alert(_state, Severity.Warning, ReasonCode.MalformedInput, header.TemplateId, (ulong)message.Length);
        }

        _state.Outputs.Seal();
    }

    private void MoveTime(long timestampNanos, ushort templateId)
    {
        if (timestampNanos < _state.NowNanos)
        {
            Events.Alert(_state, Severity.Warning, ReasonCode.TimeWentBack, templateId, 0, _state.NowNanos, timestampNanos);
            return;
        }

        _state.NowNanos = timestampNanos;
        if (timestampNanos >= _state.NextRollNanos)
        {
            Days.Roll(_state);
        }

        if (timestampNanos >= _state.Timers.NextDueNanos)
        {
            TimerProcessor.FireDue(_state);
        }
    }

    private bool Dispatch(ushort templateId, ReadOnlySpan<byte> message)
    {
        switch (templateId)
        {
            case BarDecoder.TemplateId when BarDecoder.TryWrap(message, out BarDecoder bar):
                MarketDataProcessor.OnBar(_state, bar);
                return true;
            case TopOfBookDecoder.TemplateId when TopOfBookDecoder.TryWrap(message, out TopOfBookDecoder book):
                MarketDataProcessor.OnTopOfBook(_state, book);
                return true;
            case MarketTradeDecoder.TemplateId when MarketTradeDecoder.TryWrap(message, out MarketTradeDecoder trade):
                MarketDataProcessor.OnTrade(_state, trade);
                return true;
            case SignalDecoder.TemplateId when SignalDecoder.TryWrap(message, out SignalDecoder signal):
                SignalProcessor.OnSignal(_state, signal);
                return true;
            case ExecutionReportDecoder.TemplateId when ExecutionReportDecoder.TryWrap(message, out ExecutionReportDecoder report):
                ReportProcessor.OnReport(_state, report);
                return true;
            case OrderStatusReportDecoder.TemplateId when OrderStatusReportDecoder.TryWrap(message, out OrderStatusReportDecoder status):
                Reconciliation.OnStatus(_state, status);
                return true;
            case TickDecoder.TemplateId when TickDecoder.TryWrap(message, out _):
                return true;
            default:
                return DispatchRequest(templateId, message) || DispatchConfiguration(templateId, message);
        }
    }

    private bool DispatchRequest(ushort templateId, ReadOnlySpan<byte> message)
    {
        switch (templateId)
        {
            case SubmitOrderDecoder.TemplateId when SubmitOrderDecoder.TryWrap(message, out SubmitOrderDecoder submit):
                RequestProcessor.OnSubmit(_state, submit);
                return true;
            case CancelOrderDecoder.TemplateId when CancelOrderDecoder.TryWrap(message, out CancelOrderDecoder cancel):
                RequestProcessor.OnCancel(_state, cancel);
                return true;
            case AmendOrderDecoder.TemplateId when AmendOrderDecoder.TryWrap(message, out AmendOrderDecoder amend):
                RequestProcessor.OnAmend(_state, amend);
                return true;
            case OperatorCommandDecoder.TemplateId when OperatorCommandDecoder.TryWrap(message, out OperatorCommandDecoder command):
                _state.RuleChanges++;
                OperatorProcessor.OnCommand(_state, command);
                return true;
            case OperatorOrderDecoder.TemplateId when OperatorOrderDecoder.TryWrap(message, out OperatorOrderDecoder operatorOrder):
                OperatorOrders.OnOrder(_state, operatorOrder);
                return true;
            case VenueStatusDecoder.TemplateId when VenueStatusDecoder.TryWrap(message, out VenueStatusDecoder venueStatus):
                Connectivity.OnStatus(_state, venueStatus);
                VenueLimits.OnStatus(_state, venueStatus);
                return true;
            default:
                return false;
        }
    }

    private bool DispatchConfiguration(ushort templateId, ReadOnlySpan<byte> message)
    {
        _state.RuleChanges++;
        switch (templateId)
        {
            case EpochStartDecoder.TemplateId when EpochStartDecoder.TryWrap(message, out EpochStartDecoder start):
                OnEpochStart(start);
                return true;
            case ReconciliationStartDecoder.TemplateId when ReconciliationStartDecoder.TryWrap(message, out ReconciliationStartDecoder reconciliation):
                Reconciliation.OnStart(_state, reconciliation);
                return true;
            case VenueConfigurationDecoder.TemplateId when VenueConfigurationDecoder.TryWrap(message, out VenueConfigurationDecoder venue):
                Registry.OnVenue(_state, venue);
                return true;
            case InstrumentConfigurationDecoder.TemplateId when InstrumentConfigurationDecoder.TryWrap(message, out InstrumentConfigurationDecoder instrument):
                Registry.OnInstrument(_state, instrument);
                return true;
            case ClientConfigurationDecoder.TemplateId when ClientConfigurationDecoder.TryWrap(message, out ClientConfigurationDecoder client):
                Registry.OnClient(_state, client);
                return true;
            case AccountConfigurationDecoder.TemplateId when AccountConfigurationDecoder.TryWrap(message, out AccountConfigurationDecoder account):
                Registry.OnAccount(_state, account);
                return true;
            case StrategyConfigurationDecoder.TemplateId when StrategyConfigurationDecoder.TryWrap(message, out StrategyConfigurationDecoder strategy):
                StrategyRegistry.OnStrategy(_state, strategy);
                return true;
            case SignalConfigurationDecoder.TemplateId when SignalConfigurationDecoder.TryWrap(message, out SignalConfigurationDecoder signals):
                StrategyRegistry.OnSignals(_state, signals);
                return true;
            case ExecutionConfigurationDecoder.TemplateId when ExecutionConfigurationDecoder.TryWrap(message, out ExecutionConfigurationDecoder execution):
                StrategyRegistry.OnExecution(_state, execution);
                return true;
            case ExitConfigurationDecoder.TemplateId when ExitConfigurationDecoder.TryWrap(message, out ExitConfigurationDecoder exits):
                StrategyRegistry.OnExits(_state, exits);
                return true;
            case RiskLimitsDecoder.TemplateId when RiskLimitsDecoder.TryWrap(message, out RiskLimitsDecoder limits):
                StrategyRegistry.OnLimits(_state, limits);
                return true;
            case OperatorLimitDecoder.TemplateId when OperatorLimitDecoder.TryWrap(message, out OperatorLimitDecoder limit):
                OperatorLimits.OnLimit(_state, limit);
                return true;
            case BreakerConfigurationDecoder.TemplateId when BreakerConfigurationDecoder.TryWrap(message, out BreakerConfigurationDecoder breaker):
                BreakerRegistry.OnBreaker(_state, breaker);
                return true;
            case RateBudgetConfigurationDecoder.TemplateId when RateBudgetConfigurationDecoder.TryWrap(message, out RateBudgetConfigurationDecoder budget):
                BudgetRegistry.OnBudget(_state, budget);
                return true;
            case FundingRateDecoder.TemplateId when FundingRateDecoder.TryWrap(message, out FundingRateDecoder funding):
                FundingProcessor.OnRate(_state, funding);
                return true;
            case CashMovementDecoder.TemplateId when CashMovementDecoder.TryWrap(message, out CashMovementDecoder movement):
                CashMovements.OnMovement(_state, movement);
                return true;
            case PositionSeedDecoder.TemplateId when PositionSeedDecoder.TryWrap(message, out PositionSeedDecoder seed):
                PositionSeeds.OnSeed(_state, seed);
                return true;
            default:
                return false;
        }
    }

    private void OnEpochStart(in EpochStartDecoder start)
    {
        // A later start has a larger epoch: a repeated one would make client order ids that an earlier start may have used.
        if (start.Epoch <= _state.Epoch || start.Epoch > ClientOrderId.EpochMax || start.ShardId > ClientOrderId.ShardMax
            || (_state.Epoch != 0 && start.ShardId != _state.Shard))
        {
            Events.Alert(_state, Severity.Critical, ReasonCode.InvalidValue, EpochStartDecoder.TemplateId, start.Epoch, _state.Epoch, start.ShardId);
            return;
        }

        _state.Epoch = start.Epoch;
        _state.Shard = start.ShardId;
        TradingStates.OnStart(_state);

        // What was under way when the engine before ended may or may not be at its venue.
        Reconciliation.DoubtOpen(_state);
    }

    private void ThrowSequence(long sequence) =>
        throw new ArgumentException($"input {sequence} does not follow input {_state.Sequence}: inputs were lost or doubled", nameof(sequence));
}
