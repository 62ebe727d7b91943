using OrderPlatform.Engine;
using OrderPlatform.Engine.Orders;
using OrderPlatform.SbeTool.Inspection.Decoding;

namespace OrderPlatform.Admin.Journals.Records;

/// <summary>Which records are wanted; what is not given wants all.</summary>
internal sealed class RecordFilter
{
    private readonly DynamicDecoder _decoder = PlatformSchema.Decoder();
    private readonly Mentions _mentions = new();

    /// <summary>Templates.</summary>
    public IReadOnlySet<ushort>? Templates { get; init; }

    /// <summary>A client.</summary>
    public uint? Client { get; init; }

    /// <summary>An instrument.</summary>
    public uint? Instrument { get; init; }

    /// <summary>An order: what names it, and the input that decided it.</summary>
    public ulong? Order { get; init; }

    /// <summary>Whether an engine is needed: reports name orders, and only the engine knows whose they are.</summary>
    public bool NeedsEngine => Client is not null;

    /// <summary>Whether a record is wanted.</summary>
    /// <param name="record">The record.</param>
    /// <param name="message">Its message.</param>
    /// <param name="engine">The engine after the input; null if it is not needed.</param>
    public bool Wants(in ShownRecord record, ReadOnlySpan<byte> message, BusinessLogicProcessor? engine)
    {
        if (Templates?.Contains(record.TemplateId) == false)
        {
            return false;
        }

        if (Client is null && Instrument is null && Order is null)
        {
            return true;
        }

        _mentions.Read(_decoder, message);
        return (Instrument is not { } instrument || _mentions.Instrument == instrument)
            && (Order is not { } order || _mentions.Order == order || (record.Kind == RecordKind.Input && record.Sequence == ClientOrderId.SequenceOf(order)))
            && (Client is not { } client || ClientOf(engine) == client);
    }

    private uint ClientOf(BusinessLogicProcessor? engine)
    {
        if (_mentions.Client != 0 || engine is null)
        {
            return _mentions.Client;
        }

        EngineState state = engine.State;
        return _mentions.Order != 0 && state.Orders.TryFind(_mentions.Order, out int order) ? OfStrategyRow(state,
            state.Positions[state.Orders[order].Position].Strategy)
            : _mentions.Strategy != 0 && state.Strategies.TryFind(_mentions.Strategy, out int strategy) ? OfStrategyRow(state, strategy)
            : _mentions.Account != 0 && state.Accounts.TryFind(_mentions.Account, out int account) ? state.Clients[state.Accounts[account].Client].Id
            : 0;
    }

    private static uint OfStrategyRow(EngineState state, int strategy) => state.Clients[state.Strategies[strategy].Client].Id;
}
