using OrderPlatform.Engine;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Events;

/// <summary>
/// How far a snapshot for one subscriber has come: trading states that are not active, balances, positions, open orders, and what is known of each
/// market. Each row is written as it is when its turn comes, and live events go on meanwhile. A row that changes behind the cursor is told by its event,
/// one before it is written later: so at the end everything is as after the last input, whatever happened on the way, and nothing had to be copied or held up.
/// </summary>
internal struct SnapshotCursor
{
    private const int RowsLookedAtMax = 4_096;

    private Stage _stage;
    private int _row;

    private enum Stage
    {
        Shard,
        Clients,
        Strategies,
        Accounts,
        Positions,
        Orders,
        Books,
        Marks,
        End,
    }

    /// <summary>Whether all was written.</summary>
    public readonly bool IsAtEnd => _stage == Stage.End;

    /// <summary>Finds the next row that the subscriber gets, and writes it; <see cref="Pass"/> says that it was sent.</summary>
    /// <param name="state">The replica.</param>
    /// <param name="audience">What the subscriber gets.</param>
    /// <param name="buffer">Room for the message.</param>
    /// <returns>Bytes of the message; 0 if it came to the end, or has looked at enough rows for one cycle.</returns>
    public int Write(EngineState state, Subscriber audience, Span<byte> buffer)
    {
        for (int looked = 0; looked < RowsLookedAtMax && !IsAtEnd; looked++)
        {
            int length = _row < RowsOf(state, audience) ? WriteRow(state, audience, buffer) : 0;
            if (length > 0)
            {
                return length;
            }

            if (_row < RowsOf(state, audience))
            {
                _row++;
            }
            else
            {
                _stage++;
                _row = 0;
            }
        }

        return 0;
    }

    /// <summary>Goes on behind the row that was written.</summary>
    public void Pass() => _row++;

    private readonly int RowsOf(EngineState state, Subscriber audience) => _stage switch
    {
        Stage.Shard => audience.Wants(EventTopics.Alerts) ? 1 : 0,
        Stage.Clients => audience.Wants(EventTopics.Alerts) ? state.Clients.Count : 0,
        Stage.Strategies => audience.Wants(EventTopics.Alerts) ? state.Strategies.Count : 0,
        Stage.Accounts => audience.Wants(EventTopics.Accounts) ? state.Accounts.Count : 0,
        Stage.Positions => audience.Wants(EventTopics.Accounts) ? state.Positions.Count : 0,
        Stage.Orders => audience.Wants(EventTopics.Orders) ? state.Orders.Rows.Length : 0,
        Stage.Books or Stage.Marks => audience.Wants(EventTopics.Market) ? state.Instruments.Count : 0,
        _ => 0,
    };

    private readonly int WriteRow(EngineState state, Subscriber audience, Span<byte> buffer) => _stage switch
    {
        Stage.Shard => audience.Sees(0) ? WriteState(state, Scope.Shard, 0, state.TradingState, ReasonCode.None, buffer) : 0,
        Stage.Clients => WriteClient(state, audience, buffer, state.Clients[_row]),
        Stage.Strategies => WriteStrategy(state, audience, buffer, state.Strategies[_row]),
        Stage.Accounts => WriteAccount(state, audience, buffer, state.Accounts[_row]),
        Stage.Positions => WritePosition(state, audience, buffer, state.Positions[_row]),
        Stage.Orders => WriteOrder(state, audience, buffer, state.Orders[_row]),
        Stage.Books => WriteBook(buffer, state.Instruments[_row]),
        _ => WriteMark(buffer, state.Instruments[_row]),
    };

    private static int WriteClient(EngineState state, Subscriber audience, Span<byte> buffer, in Client client) =>
        client.State != TradingState.Active && audience.Sees(client.Id)
            ? WriteState(state, Scope.Client, client.Id, client.State, client.StateReason, buffer)
            : 0;

    private static int WriteStrategy(EngineState state, Subscriber audience, Span<byte> buffer, in Strategy strategy) =>
        strategy.State != TradingState.Active && audience.Sees(state.Clients[strategy.Client].Id)
            ? WriteState(state, Scope.Strategy, strategy.Id, strategy.State, strategy.StateReason, buffer)
            : 0;

    private static int WriteState(EngineState state, Scope scope, uint id, TradingState trading, ReasonCode reason, Span<byte> buffer)
    {
        var e = TradingStateEventEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.Scope = scope;
        e.ScopeId = id;
        e.State = trading;
        e.Reason = reason;
        e.TimestampNanos = state.NowNanos;
        return TradingStateEventEncoder.EncodedLength;
    }

    /// <summary>A balance is a movement of nothing.</summary>
    internal static int WriteAccount(EngineState state, Subscriber? audience, Span<byte> buffer, in Account account)
    {
        uint client = state.Clients[account.Client].Id;
        if (audience?.Sees(client) == false)
        {
            return 0;
        }

        var e = CashEventEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.ClientId = client;
        e.AccountId = account.Id;
        e.Kind = CashKind.Adjustment;
        e.Cash = account.Cash.Raw;
        e.TimestampNanos = state.NowNanos;
        return CashEventEncoder.EncodedLength;
    }

    private static int WritePosition(EngineState state, Subscriber audience, Span<byte> buffer, in Position position) =>
        audience.Sees(state.Clients[state.Strategies[position.Strategy].Client].Id) ? StateEvents.WritePosition(buffer, state, position) : 0;

    private static int WriteOrder(EngineState state, Subscriber audience, Span<byte> buffer, in Order order) =>
        order.ClientOrderId != 0 && order.IsOpen && audience.Sees(state.Clients[state.Strategies[state.Positions[order.Position].Strategy].Client].Id)
            ? StateEvents.WriteOrder(buffer, state, order)
            : 0;

    private static int WriteBook(Span<byte> buffer, in Instrument instrument)
    {
        if (instrument.Bid.IsZero)
        {
            return 0;
        }

        var e = TopOfBookEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.InstrumentId = instrument.Id;
        e.BidPrice = instrument.Bid.Raw;
        e.BidQuantity = instrument.BidQuantity.Raw;
        e.AskPrice = instrument.Ask.Raw;
        e.AskQuantity = instrument.AskQuantity.Raw;
        e.VenueTimeNanos = instrument.MarkTimeNanos;
        return TopOfBookEncoder.EncodedLength;
    }

    /// <summary>The mark is the price of the newest event, which may not be the book: it comes behind the book, as a trade of nothing.</summary>
    private static int WriteMark(Span<byte> buffer, in Instrument instrument)
    {
        if (instrument.Mark.IsZero)
        {
            return 0;
        }

        var e = MarketTradeEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.InstrumentId = instrument.Id;
        e.Price = instrument.Mark.Raw;
        e.VenueTimeNanos = instrument.MarkTimeNanos;
        return MarketTradeEncoder.EncodedLength;
    }
}
