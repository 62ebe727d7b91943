using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Analytics.Tests;

/// <summary>Tells a recorder what an engine would: inputs and outputs made by hand, whole units, times in seconds.</summary>
internal sealed class Recording
{
    public const uint Client = 1;
    public const uint Strategy = 7;
    public const ushort Venue = 3;
    public const uint Account = 5;
    public const long Second = 1_000_000_000;

    private readonly byte[] _buffer = new byte[1_024];
    private long _sequence;

    public RunRecorder Recorder { get; } = new();

    public long NowNanos { get; private set; } = SampleRun.StartNanos;

    public static Recording Begin(params (uint Id, string Symbol, InstrumentKind Kind, long Multiplier)[] instruments)
    {
        Recording recording = new();
        var venue = VenueConfigurationEncoder.WrapForEncodeAndApplyHeader(recording.Clear());
        venue.VenueId = Venue;
        venue.SetName("binance"u8);
        recording.Input();
        var client = ClientConfigurationEncoder.WrapForEncodeAndApplyHeader(recording.Clear());
        client.ClientId = Client;
        client.SetName("atlas"u8);
        recording.Input();
        var strategy = StrategyConfigurationEncoder.WrapForEncodeAndApplyHeader(recording.Clear());
        strategy.StrategyId = Strategy;
        strategy.SetName("momentum"u8);
        recording.Input();
        recording.AddAccount(Account, 1_000);
        foreach ((uint id, string symbol, InstrumentKind kind, long multiplier) in instruments)
        {
            var instrument = InstrumentConfigurationEncoder.WrapForEncodeAndApplyHeader(recording.Clear());
            instrument.InstrumentId = id;
            instrument.VenueId = Venue;
            instrument.SetSymbol(System.Text.Encoding.ASCII.GetBytes(symbol));
            instrument.Kind = kind;
            instrument.Multiplier = Raw(multiplier);
            recording.Input();
        }

        return recording;
    }

    public static long Raw(long units) => units * FixedPoint.One;

    public void AddAccount(uint account, long cash, uint conversion = 0)
    {
        var e = AccountConfigurationEncoder.WrapForEncodeAndApplyHeader(Clear());
        e.AccountId = account;
        e.ClientId = Client;
        e.InitialCash = Raw(cash);
        if (conversion != 0)
        {
            e.ConversionInstrumentId = conversion;
        }

        Input();
    }

    public void Wait(long seconds) => NowNanos += seconds * Second;

    public void Mark(uint instrument, long price)
    {
        var e = MarketTradeEncoder.WrapForEncodeAndApplyHeader(Clear());
        e.InstrumentId = instrument;
        e.Price = Raw(price);
        e.Quantity = Raw(1);
        Input();
        Recorder.OnInputDone();
    }

    public void Seed()
    {
        PositionSeedEncoder.WrapForEncodeAndApplyHeader(Clear());
        Input();
    }

    public void Report()
    {
        ExecutionReportEncoder.WrapForEncodeAndApplyHeader(Clear());
        Input();
    }

    public void Order(
        ulong id, uint instrument, OrderStatus status, Side side = Side.Buy, long quantity = 1, long filled = 0, long last = 0, long price = 0, long fee = 0,
        FeeCurrency currency = FeeCurrency.Quote, long decision = 0, long arrival = 0, ulong parent = 0, long decidedAt = 0)
    {
        var e = OrderEventEncoder.WrapForEncodeAndApplyHeader(Clear());
        e.ClientOrderId = id;
        e.ClientId = Client;
        e.StrategyId = Strategy;
        e.InstrumentId = instrument;
        e.VenueId = Venue;
        e.Status = status;
        e.Side = side;
        e.OrderType = OrderType.Market;
        e.Quantity = Raw(quantity);
        e.CumulativeQuantity = Raw(filled);
        e.LastQuantity = Raw(last);
        e.LastPrice = Raw(price);
        e.LastFee = Raw(fee);
        e.FeeCurrency = currency;
        e.DecisionPrice = Raw(decision);
        e.ArrivalPrice = Raw(arrival);
        e.ParentId = parent;
        e.DecidedAtNanos = decidedAt;
        e.TimestampNanos = NowNanos;
        Output();
    }

    public void Position(
        uint instrument, long quantity, long cost, long cash, long realised = 0, long fees = 0, long funding = 0, uint account = Account,
        PositionLeg leg = PositionLeg.Net)
    {
        var e = PositionEventEncoder.WrapForEncodeAndApplyHeader(Clear());
        e.ClientId = Client;
        e.StrategyId = Strategy;
        e.InstrumentId = instrument;
        e.AccountId = account;
        e.Leg = leg;
        e.Quantity = Raw(quantity);
        e.Cost = Raw(cost);
        e.RealisedPnl = Raw(realised);
        e.Fees = Raw(fees);
        e.Funding = Raw(funding);
        e.Cash = Raw(cash);
        e.TimestampNanos = NowNanos;
        Output();
    }

    public void Cash(CashKind kind, long amount, long cash)
    {
        var e = CashEventEncoder.WrapForEncodeAndApplyHeader(Clear());
        e.AccountId = Account;
        e.Kind = kind;
        e.Amount = Raw(amount);
        e.Cash = Raw(cash);
        Output();
    }

    public void Refusal(uint instrument, Side? side, CheckKind check, ReasonCode reason)
    {
        var e = RiskEventEncoder.WrapForEncodeAndApplyHeader(Clear());
        e.ClientId = Client;
        e.StrategyId = Strategy;
        e.InstrumentId = instrument;
        if (side is { } known)
        {
            e.Side = known;
        }

        e.Check = check;
        e.Reason = reason;
        e.TimestampNanos = NowNanos;
        Output();
    }

    public void Decision(Ratio? confidence, Ratio? momentum)
    {
        var e = DecisionEventEncoder.WrapForEncodeAndApplyHeader(Clear());
        e.Action = DecisionAction.Enter;
        if (confidence is { } sure)
        {
            e.Confidence = sure.Raw;
        }

        if (momentum is { } moved)
        {
            e.Momentum = moved.Raw;
        }

        Output();
    }

    public void Checks(params ReadOnlySpan<(CheckKind Kind, bool Passed)> checks)
    {
        var e = CheckEventEncoder.WrapForEncodeAndApplyHeader(Clear());
        CheckEventEncoder.ChecksEncoder entries = e.BeginChecks(checks.Length);
        foreach ((CheckKind kind, bool passed) in checks)
        {
            entries.Next();
            entries.Check = kind;
            entries.Passed = passed ? YesNo.Yes : YesNo.No;
        }

        Output();
    }

    public void Trade(uint instrument, long adverse, long favourable, long slippage, long funding, long realised, long fees)
    {
        var e = TradeEventEncoder.WrapForEncodeAndApplyHeader(Clear());
        e.ClientId = Client;
        e.StrategyId = Strategy;
        e.InstrumentId = instrument;
        e.Direction = Direction.Long;
        e.RealisedPnl = Raw(realised);
        e.Fees = Raw(fees);
        e.Adverse = Raw(adverse);
        e.Favourable = Raw(favourable);
        e.Slippage = Raw(slippage);
        e.Funding = Raw(funding);
        Output();
    }

    public RunRecord Complete() => Recorder.Complete("", default, "");

    private byte[] Clear()
    {
        Array.Clear(_buffer);
        return _buffer;
    }

    private void Input() => Recorder.OnInput(++_sequence, NowNanos, _buffer);

    private void Output() => Recorder.OnOutput(_buffer);
}
