using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;
using OrderPlatform.Strategies.Publishing;

namespace OrderPlatform.Runtime.Tests.Doors;

/// <summary>Reference data and messages for tests of the door: clients 1 and 2 with strategies 10 and 20 and accounts 100 and 200, instrument 5.</summary>
internal static class DoorMessages
{
    public static PlatformSetup Setup { get; } = new(
        0, 1, [new VenueSetup(1, "SIM", default, default)],
        [new InstrumentSetup(5, 1, "BTC/USDT", "BTC", "USDT", new Price(1), new Quantity(1))],
        [new ClientSetup(1, "one"), new ClientSetup(2, "two")],
        [new AccountSetup(100, 1, 1, "a", "USDT", default, default), new AccountSetup(200, 2, 1, "b", "USDT", default, default)],
        [Strategy(10, 1, 100), Strategy(20, 2, 200)], [], []);

    public static byte[] Signal(ulong id, uint client = 1, uint strategy = 10, uint instrument = 5)
    {
        var bytes = new byte[SignalEncoder.EncodedLength];
        var e = SignalEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.ClientId = client;
        e.StrategyId = strategy;
        e.InstrumentId = instrument;
        e.Direction = Direction.Long;
        e.SignalId = id;
        e.GeneratedAtNanos = (long)id;
        return bytes;
    }

    public static byte[] Trade(uint instrument = 5)
    {
        var bytes = new byte[MarketTradeEncoder.EncodedLength];
        var e = MarketTradeEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.InstrumentId = instrument;
        e.Aggressor = AggressorSide.Buy;
        e.Price = 1;
        e.Quantity = 1;
        return bytes;
    }

    public static byte[] Command(Scope scope, uint scopeId)
    {
        var bytes = new byte[OperatorCommandEncoder.MinEncodedLength + 160];
        var e = OperatorCommandEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.Action = OperatorAction.Halt;
        e.Scope = scope;
        e.ScopeId = scopeId;
        e.SetReason("test");
        return bytes[..e.EncodedLengthSoFar];
    }

    public static byte[] Cancel(uint client)
    {
        var bytes = new byte[CancelOrderEncoder.EncodedLength];
        var e = CancelOrderEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.ClientId = client;
        return bytes;
    }

    public static byte[] Cash(uint account)
    {
        var bytes = new byte[CashMovementEncoder.EncodedLength];
        var e = CashMovementEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.AccountId = account;
        e.Kind = CashKind.Deposit;
        return bytes;
    }

    public static byte[] Hello(uint publisher, string responseChannel, int responseStream = 1010, ulong next = 1, ushort version = 1, PublisherToken? token = null)
    {
        var bytes = new byte[PublisherHelloEncoder.MinEncodedLength + 160];
        var e = PublisherHelloEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.PublisherId = publisher;
        e.ProtocolVersion = version;
        e.ResponseStreamId = responseStream;
        e.NextNumber = next;
        e.SetResponseChannel(responseChannel);
        bytes = bytes[..e.EncodedLengthSoFar];
        token?.Write(bytes, PublisherToken.OffsetInHello);
        return bytes;
    }

    public static byte[] Submission(uint publisher, ulong number, ReadOnlySpan<byte> message, PublisherToken? token = null, long sentAt = 0)
    {
        var bytes = new byte[SubmissionEncoder.MinEncodedLength + message.Length];
        var e = SubmissionEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.PublisherId = publisher;
        e.Number = number;
        e.SentAtNanos = sentAt;
        e.SetMessage(message);
        token?.Write(bytes, PublisherToken.OffsetInSubmission);
        return bytes;
    }

    private static StrategySetup Strategy(uint id, uint client, uint account) => new(
        id, client, account, $"s{id}", TradingMode.LongShort, EntryTiming.PreviousClose, default, SizingMode.FixedQuantity, OrderType.Market, TimeInForce.GoodTillCancelled,
        new Quantity(1), null, null, null, null, null);
}
