using System.Collections.Frozen;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Setup;
using OrderPlatform.Sbe;
using OrderPlatform.Strategies.Publishing;

namespace OrderPlatform.Runtime.Doors;

/// <summary>
/// The checks of what a publisher wants to put in: schema, size, that its stream may carry it, that it is well formed, and that publisher, client, strategy,
/// instrument and account fit together in the reference data. Allocates nothing.
/// </summary>
internal sealed class EdgeCheck
{
    private readonly FrozenSet<uint> _clients;
    private readonly FrozenSet<uint> _instruments;
    private readonly FrozenDictionary<uint, uint> _clientOfStrategy;
    private readonly FrozenDictionary<uint, uint> _clientOfAccount;

    public EdgeCheck(PlatformSetup setup)
    {
        _clients = setup.Clients.Select(static client => client.Id).ToFrozenSet();
        _instruments = setup.Instruments.Select(static instrument => instrument.Id).ToFrozenSet();
        _clientOfStrategy = setup.Strategies.ToFrozenDictionary(static strategy => strategy.Id, static strategy => strategy.ClientId);
        _clientOfAccount = setup.Accounts.ToFrozenDictionary(static account => account.Id, static account => account.ClientId);
    }

    /// <summary>Checks a message.</summary>
    /// <param name="message">With its header.</param>
    /// <param name="streamId">The stream that it came on.</param>
    /// <param name="publisher">Who sends it.</param>
    public Verdict Check(ReadOnlySpan<byte> message, int streamId, PublisherMember publisher)
    {
        if (message.Length > InputSlot.PayloadLengthMax)
        {
            return Verdict.TooLarge(message.Length);
        }

        MessageHeader.TryRead(message, out MessageHeader header);
        MessageProblem problem = MessageValidator.Validate(message);
        if (problem is MessageProblem.TooShort or MessageProblem.WrongSchema or MessageProblem.UnsupportedVersion or MessageProblem.UnknownTemplate)
        {
            return Verdict.Of(problem, header);
        }

        if (header.Version > MessagesSchema.Version)
        {
            return new Verdict(DoorReason.WrongSchema, header.SchemaId, header.Version);
        }

        if (DoorKindOf.Template(header.TemplateId) is var kind && (kind == 0 || DoorProtocol.StreamIdOf(kind) != streamId))
        {
            return new Verdict(DoorReason.NotAnInput, header.TemplateId, (ulong)streamId);
        }

        return problem != MessageProblem.None ? Verdict.Of(problem, header) : CheckReferences(message, header.TemplateId, publisher);
    }

    private Verdict CheckReferences(ReadOnlySpan<byte> message, ushort templateId, PublisherMember publisher)
    {
        switch (templateId)
        {
            case SignalDecoder.TemplateId:
                var signal = SignalDecoder.WrapForDecodeAndApplyHeader(message);
                return CheckOrderer(signal.ClientId, signal.StrategyId, signal.InstrumentId, publisher);
            case SubmitOrderDecoder.TemplateId:
                var order = SubmitOrderDecoder.WrapForDecodeAndApplyHeader(message);
                return CheckOrderer(order.ClientId, order.StrategyId, order.InstrumentId, publisher);
            case CancelOrderDecoder.TemplateId:
                return CheckClient(CancelOrderDecoder.WrapForDecodeAndApplyHeader(message).ClientId, publisher);
            case AmendOrderDecoder.TemplateId:
                return CheckClient(AmendOrderDecoder.WrapForDecodeAndApplyHeader(message).ClientId, publisher);
            case CashMovementDecoder.TemplateId:
                return CheckAccount(CashMovementDecoder.WrapForDecodeAndApplyHeader(message).AccountId, publisher);
            case OperatorCommandDecoder.TemplateId:
                var command = OperatorCommandDecoder.WrapForDecodeAndApplyHeader(message);
                return CheckCommand(command.Scope, command.ScopeId, publisher);
            case MarketTradeDecoder.TemplateId:
                return CheckInstrument(MarketTradeDecoder.WrapForDecodeAndApplyHeader(message).InstrumentId);
            case TopOfBookDecoder.TemplateId:
                return CheckInstrument(TopOfBookDecoder.WrapForDecodeAndApplyHeader(message).InstrumentId);
            case BarDecoder.TemplateId:
                return CheckInstrument(BarDecoder.WrapForDecodeAndApplyHeader(message).InstrumentId);
            default:
                return CheckInstrument(FundingRateDecoder.WrapForDecodeAndApplyHeader(message).InstrumentId);
        }
    }

    private Verdict CheckOrderer(uint clientId, uint strategyId, uint instrumentId, PublisherMember publisher)
    {
        Verdict client = CheckClient(clientId, publisher);
        return !client.IsGood ? client
            : !_clientOfStrategy.TryGetValue(strategyId, out uint owner) ? new Verdict(DoorReason.UnknownStrategy, strategyId)
            : owner != clientId ? new Verdict(DoorReason.UnknownStrategy, strategyId, clientId)
            : CheckInstrument(instrumentId);
    }

    private Verdict CheckClient(uint clientId, PublisherMember publisher) =>
        !publisher.MaySpeakFor(clientId) ? new Verdict(DoorReason.ClientNotAllowed, clientId)
        : !_clients.Contains(clientId) ? new Verdict(DoorReason.UnknownClient, clientId)
        : default;

    private Verdict CheckAccount(uint accountId, PublisherMember publisher) =>
        _clientOfAccount.TryGetValue(accountId, out uint clientId) ? CheckClient(clientId, publisher) : new Verdict(DoorReason.UnknownClient, 0, accountId);

    private Verdict CheckInstrument(uint instrumentId) =>
        _instruments.Contains(instrumentId) ? default : new Verdict(DoorReason.UnknownInstrument, instrumentId);

    private Verdict CheckCommand(Scope scope, uint scopeId, PublisherMember publisher) => scope switch
    {
        Scope.Client => CheckClient(scopeId, publisher),
        Scope.Strategy when _clientOfStrategy.TryGetValue(scopeId, out uint clientId) => CheckClient(clientId, publisher),
        Scope.Strategy => new Verdict(DoorReason.UnknownStrategy, scopeId),
        Scope.Account => CheckAccount(scopeId, publisher),
        _ => publisher.Rule.AllClients ? default : new Verdict(DoorReason.ClientNotAllowed, 0, 1),
    };
}

/// <summary>Which of the door's streams a template belongs on.</summary>
internal static class DoorKindOf
{
    /// <summary>1 signals, 2 market data, 3 commands; 0 where no publisher may send it.</summary>
    public static int Template(ushort templateId) => templateId switch
    {
        SignalDecoder.TemplateId => 1,
        MarketTradeDecoder.TemplateId or TopOfBookDecoder.TemplateId or BarDecoder.TemplateId or FundingRateDecoder.TemplateId => 2,
        SubmitOrderDecoder.TemplateId or CancelOrderDecoder.TemplateId or AmendOrderDecoder.TemplateId or OperatorCommandDecoder.TemplateId
            or CashMovementDecoder.TemplateId => 3,
        _ => 0,
    };
}
