using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;
using OrderPlatform.SbeTool.Inspection.Decoding;

namespace OrderPlatform.Admin.Journals.Records;

/// <summary>Whom and what a message names, by the types of its fields: clients, strategies, accounts, instruments, orders. 0 is none.</summary>
internal sealed class Mentions : IMessageSink
{
    private long _scope;
    private uint _scopeId;

    public uint Client { get; private set; }

    public uint Strategy { get; private set; }

    public uint Account { get; private set; }

    public uint Instrument { get; private set; }

    public ulong Order { get; private set; }

    /// <summary>Decodes a message; what is malformed names nothing.</summary>
    public void Read(DynamicDecoder decoder, ReadOnlySpan<byte> message)
    {
        (Client, Strategy, Account, Instrument, Order) = (0, 0, 0, 0, 0);
        (_scope, _scopeId) = (0, 0);
        try
        {
            decoder.Decode(message, this);
        }
        catch (MessageFormatException)
        {
            return;
        }

        switch ((Messages.Scope)_scope)
        {
            case Messages.Scope.Client: Client = _scopeId; break;
            case Messages.Scope.Strategy: Strategy = _scopeId; break;
            case Messages.Scope.Account: Account = _scopeId; break;
            case Messages.Scope.Instrument: Instrument = _scopeId; break;
            default: break;
        }
    }

    /// <inheritdoc/>
    public void OnNumber(MemberLayout field, PrimitiveType primitive, WireValue value, bool isNull)
    {
        if (isNull)
        {
            return;
        }

        switch (field.Type.Label.Name)
        {
            case "ClientId": Client = (uint)value.Integer; break;
            case "StrategyId": Strategy = (uint)value.Integer; break;
            case "AccountId": Account = (uint)value.Integer; break;
            case "InstrumentId": Instrument = (uint)value.Integer; break;
            case "ClientOrderId": Order = (ulong)value.Integer; break;
            case "uint32" when field.Label.Name == "scopeId": _scopeId = (uint)value.Integer; break;
            default: break;
        }
    }

    /// <inheritdoc/>
    public void OnEnum(MemberLayout field, WireValue value, string? name)
    {
        if (field.Label.Name == "scope")
        {
            _scope = (long)value.Integer;
        }
    }

    void IMessageSink.BeginMessage(MessageLayout message, ActingHeader header)
    {
    }

    void IMessageSink.EndMessage(MessageLayout message, int lengthBytes)
    {
    }

    void IMessageSink.OnArray(MemberLayout field, PrimitiveType primitive, ReadOnlySpan<WireValue> values)
    {
    }

    void IMessageSink.OnText(MemberLayout field, ReadOnlySpan<byte> text, string? encoding)
    {
    }

    void IMessageSink.OnSet(MemberLayout field, SetLayout choices, ulong bits)
    {
    }

    void IMessageSink.BeginComposite(MemberLayout field, CompositeLayout composite)
    {
    }

    void IMessageSink.EndComposite(MemberLayout field)
    {
    }

    void IMessageSink.OnAbsent(MemberLayout field)
    {
    }

    void IMessageSink.BeginGroup(GroupLayout group, int count, bool isAbsent)
    {
    }

    void IMessageSink.BeginEntry(GroupLayout group, int index)
    {
    }

    void IMessageSink.EndEntry(GroupLayout group)
    {
    }

    void IMessageSink.EndGroup(GroupLayout group)
    {
    }

    void IMessageSink.OnData(DataLayout data, ReadOnlySpan<byte> bytes, bool isAbsent)
    {
    }
}
