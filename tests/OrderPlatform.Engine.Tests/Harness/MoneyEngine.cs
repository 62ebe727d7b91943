using System.Text;
using OrderPlatform.Engine.Ledger;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Harness.Scaled;

namespace OrderPlatform.Engine.Tests.Harness;

/// <summary>
/// An engine for tests of money: instrument, account and strategy 2 are of a kind, an account mode and currencies of the test's choice. Every reply leaves a
/// ledger that balances.
/// </summary>
internal sealed class MoneyEngine
{
    public const uint Id = 2;

    private ulong _trades = 1_000_000;

    public MoneyEngine(
        InstrumentKind kind = InstrumentKind.Linear, decimal multiplier = 1, decimal cash = 1_000_000m, decimal leverage = 1_000m, decimal maintenance = 0,
        PositionMode mode = PositionMode.Netting, decimal tick = 0.00000001m, decimal step = 0.00000001m, TradingMode trading = TradingMode.LongShort)
    {
        Base = new EngineHarness();
        string own = kind == InstrumentKind.Inverse ? "BTC" : "USDT";
        Send(Contract(Id, kind, multiplier, maintenance, tick, step));
        Send(Account(Id, own, cash, leverage, mode));
        Send(new StrategyRecord { Id = Id, Account = Id, Mode = trading }.Encode());
    }

    public EngineHarness Base { get; }

    public EngineState State => Base.State;

    public ref Engine.Accounts.Account Own => ref State.Accounts[1];

    public decimal Cash => Of(Own.Cash.Raw);

    /// <summary>The position of a leg.</summary>
    public ref Position Position(PositionLeg leg = PositionLeg.Net) =>
        ref State.Positions[State.Positions.TryFind(1, 1, leg, out int row) ? row : throw new ArgumentException($"no position {leg}")];

    public Reply Send(byte[] message)
    {
        Reply reply = Base.Send(message);
        bool holds = ConservationLedger.TryProve(State, out LedgerGap gap);
        Assert.That(holds && !State.LedgerBroken, Is.True, $"the ledger does not balance: {gap}");
        return reply;
    }

    public Reply Mark(decimal price) => Send(InputBytes.Trade(Id, Raw(price)));

    public Reply Submit(Side side, decimal quantity, decimal limit, PositionLeg? leg = null, bool reduceOnly = false)
    {
        var bytes = new byte[SubmitOrderEncoder.EncodedLength];
        SubmitOrderEncoder e = SubmitOrderEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.ClientId = 1;
        e.StrategyId = Id;
        e.InstrumentId = Id;
        e.Side = side;
        e.OrderType = OrderType.Limit;
        e.TimeInForce = TimeInForce.GoodTillCancelled;
        e.Quantity = Raw(quantity);
        e.Price = Raw(limit);
        e.ReduceOnly = reduceOnly ? YesNo.Yes : YesNo.NULL_VALUE;
        e.Leg = leg ?? PositionLeg.NULL_VALUE;
        return Send(bytes);
    }

    /// <summary>A fill of an order.</summary>
    public Reply Fill(
        ulong order, decimal quantity, decimal price, decimal fee = 0, FeeCurrency currency = FeeCurrency.Quote, string? feeAsset = null, ulong? tradeId = null)
    {
        Engine.Orders.Order known = Base.Find(order);
        long cumulative = known.Cumulative.Raw + Raw(quantity);
        return Send(new Report
        {
            Order = order,
            Kind = ExecutionKind.Fill,
            Side = known.Side,
            Instrument = Id,
            TradeId = tradeId ?? ++_trades,
            Quantity = Raw(quantity),
            Price = Raw(price),
            Fee = Raw(fee),
            FeeCurrency = currency,
            FeeAsset = feeAsset,
            Cumulative = cumulative,
            Leaves = known.Quantity.Raw - cumulative,
        }.Encode());
    }

    /// <summary>Buys or sells and fills it whole. The order's limit is no matter of the books; it is low so that no balance is too small for it.</summary>
    public Reply Trade(
        decimal quantity, decimal price, decimal fee = 0, FeeCurrency currency = FeeCurrency.Quote, string? feeAsset = null, PositionLeg? leg = null,
        bool reduceOnly = false)
    {
        Sent order = Submit(quantity > 0 ? Side.Buy : Side.Sell, Math.Abs(quantity), 1, leg, reduceOnly).One<Sent>();
        return Fill(order.Id, Math.Abs(quantity), price, fee, currency, feeAsset);
    }

    public Reply Funding(decimal rate, decimal? mark = null, long venueTimeNanos = 1)
    {
        var bytes = new byte[FundingRateEncoder.EncodedLength];
        FundingRateEncoder e = FundingRateEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.InstrumentId = Id;
        e.Rate = Raw(rate);
        e.MarkPrice = OrNull(mark);
        e.VenueTimeNanos = venueTimeNanos;
        return Send(bytes);
    }

    public Reply Move(decimal amount, CashKind kind, ulong id = 0, uint account = Id)
    {
        var bytes = new byte[CashMovementEncoder.EncodedLength];
        CashMovementEncoder e = CashMovementEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.AccountId = account;
        e.Kind = kind;
        e.Amount = Raw(amount);
        e.MovementId = id;
        return Send(bytes);
    }

    public static ulong Code(string asset) => ReferenceData.AssetCode.Of(Encoding.ASCII.GetBytes(asset));

    public static byte[] Contract(uint id, InstrumentKind kind, decimal multiplier, decimal maintenance, decimal tick, decimal step)
    {
        var bytes = new byte[InstrumentConfigurationEncoder.EncodedLength];
        InstrumentConfigurationEncoder e = InstrumentConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.InstrumentId = id;
        e.VenueId = 1;
        e.PriceTick = Raw(tick);
        e.QuantityStep = Raw(step);
        e.SetSymbol("BTCUSDT");
        e.SetBaseAsset("BTC");
        e.SetQuoteAsset("USDT");
        e.Kind = kind;
        e.Multiplier = Raw(multiplier);
        e.MaintenanceMarginRate = Raw(maintenance);
        return bytes;
    }

    public static byte[] Account(uint id, string asset, decimal cash, decimal leverage, PositionMode mode)
    {
        var bytes = new byte[AccountConfigurationEncoder.EncodedLength];
        AccountConfigurationEncoder e = AccountConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.AccountId = id;
        e.ClientId = 1;
        e.VenueId = 1;
        e.InitialCash = Raw(cash);
        e.MaximumLeverage = Raw(leverage);
        e.SetQuoteAsset(asset);
        e.PositionMode = mode;
        return bytes;
    }
}
