using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Harness;

/// <summary>A venue's record.</summary>
internal sealed record VenueRecord
{
    public ushort Id { get; init; } = 1;

    public decimal MakerFee { get; init; }

    public decimal TakerFee { get; init; }

    public VenueFeatures Features { get; init; }

    public byte[] Encode()
    {
        var bytes = new byte[VenueConfigurationEncoder.EncodedLength];
        var e = VenueConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.VenueId = Id;
        e.MakerFeeRate = Scaled.Raw(MakerFee);
        e.TakerFeeRate = Scaled.Raw(TakerFee);
        e.Features = Features;
        e.SetName("venue");
        return bytes;
    }
}

/// <summary>An instrument's record.</summary>
internal sealed record InstrumentRecord
{
    public uint Id { get; init; } = 1;

    public ushort Venue { get; init; } = 1;

    public decimal PriceTick { get; init; } = 0.01m;

    public decimal QuantityStep { get; init; } = 0.001m;

    public decimal? MinimumQuantity { get; init; }

    public decimal? MaximumQuantity { get; init; }

    public decimal? MinimumNotional { get; init; }

    public decimal? MaximumNotional { get; init; }

    public uint Product { get; init; }

    public InstrumentKind Kind { get; init; } = InstrumentKind.Spot;

    public decimal Multiplier { get; init; } = 1m;

    public string? BaseAsset { get; init; }

    public string? QuoteAsset { get; init; }

    public byte[] Encode()
    {
        var bytes = new byte[InstrumentConfigurationEncoder.EncodedLength];
        var e = InstrumentConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.InstrumentId = Id;
        e.VenueId = Venue;
        e.PriceTick = Scaled.Raw(PriceTick);
        e.QuantityStep = Scaled.Raw(QuantityStep);
        e.MinimumQuantity = Scaled.OrNull(MinimumQuantity);
        e.MaximumQuantity = Scaled.OrNull(MaximumQuantity);
        e.MinimumNotional = Scaled.OrNull(MinimumNotional);
        e.MaximumNotional = Scaled.OrNull(MaximumNotional);
        e.ProductId = Product == 0 ? InstrumentConfigurationDecoder.ProductIdNullValue : Product;
        e.SetSymbol("BTCUSDT");
        e.Kind = Kind;
        e.Multiplier = Scaled.Raw(Multiplier);
        e.SetBaseAsset(BaseAsset ?? string.Empty);
        e.SetQuoteAsset(QuoteAsset ?? string.Empty);
        return bytes;
    }
}

/// <summary>An account's record.</summary>
internal sealed record AccountRecord
{
    public uint Id { get; init; } = 1;

    public uint Client { get; init; } = 1;

    public ushort Venue { get; init; } = 1;

    public decimal Cash { get; init; } = 100_000m;

    public decimal Leverage { get; init; } = 1_000m;

    public string? Asset { get; init; }

    public PositionMode PositionMode { get; init; } = PositionMode.Netting;

    /// <summary>Whose mark turns its currency into the client's; 0 where they are one.</summary>
    public uint Conversion { get; init; }

    public byte[] Encode()
    {
        var bytes = new byte[AccountConfigurationEncoder.EncodedLength];
        var e = AccountConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.AccountId = Id;
        e.ClientId = Client;
        e.VenueId = Venue;
        e.InitialCash = Scaled.Raw(Cash);
        e.MaximumLeverage = Scaled.Raw(Leverage);
        e.SetQuoteAsset(Asset ?? string.Empty);
        e.PositionMode = PositionMode;
        e.ConversionInstrumentId = Conversion == 0 ? AccountConfigurationDecoder.ConversionInstrumentIdNullValue : Conversion;
        return bytes;
    }
}

/// <summary>A strategy's record.</summary>
internal sealed record StrategyRecord
{
    public uint Id { get; init; } = 1;

    public uint Client { get; init; } = 1;

    public uint Account { get; init; } = 1;

    public TradingMode Mode { get; init; } = TradingMode.LongShort;

    public EntryTiming Timing { get; init; } = EntryTiming.PreviousClose;

    public NeutralSignal Neutral { get; init; } = NeutralSignal.Flatten;

    public OrderType Type { get; init; } = OrderType.Market;

    public TimeInForce TimeInForce { get; init; } = TimeInForce.GoodTillCancelled;

    public decimal? Quantity { get; init; } = 1m;

    public decimal? EquityFraction { get; init; }

    public decimal? Notional { get; init; }

    public decimal? TargetVolatility { get; init; }

    public decimal? KellyMultiplier { get; init; }

    public decimal? KellyWinRate { get; init; }

    public decimal? RiskPerTrade { get; init; }

    public decimal? MaximumFraction { get; init; }

    public decimal? LimitOffset { get; init; }

    public decimal? StopLoss { get; init; }

    public decimal? TakeProfit { get; init; }

    public decimal? MinimumConfidence { get; init; }

    public byte[] Encode()
    {
        var bytes = new byte[StrategyConfigurationEncoder.EncodedLength];
        var e = StrategyConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.StrategyId = Id;
        e.ClientId = Client;
        e.AccountId = Account;
        e.Mode = Mode;
        e.EntryTiming = Timing;
        e.NeutralSignal = Neutral;
        e.SizingMode = EquityFraction is not null ? SizingMode.EquityFraction : Notional is not null ? SizingMode.FixedNotional
            : TargetVolatility is not null ? SizingMode.VolatilityTarget : KellyMultiplier is not null ? SizingMode.Kelly : SizingMode.FixedQuantity;
        e.FixedNotional = Scaled.OrNull(Notional);
        e.TargetVolatility = Scaled.OrNull(TargetVolatility);
        e.KellyMultiplier = Scaled.OrNull(KellyMultiplier);
        e.KellyWinRate = Scaled.OrNull(KellyWinRate);
        e.RiskPerTrade = Scaled.OrNull(RiskPerTrade);
        e.KellyMaximumFraction = Scaled.OrNull(MaximumFraction);
        e.OrderType = Type;
        e.TimeInForce = TimeInForce;
        e.FixedQuantity = Scaled.OrNull(Quantity);
        e.EquityFraction = Scaled.OrNull(EquityFraction);
        e.LimitOffset = Scaled.OrNull(LimitOffset);
        e.StopLoss = Scaled.OrNull(StopLoss);
        e.TakeProfit = Scaled.OrNull(TakeProfit);
        e.MinimumConfidence = Scaled.OrNull(MinimumConfidence);
        return bytes;
    }
}

/// <summary>A record of limits.</summary>
internal sealed record LimitsRecord
{
    public Scope Scope { get; init; } = Scope.Strategy;

    public uint Id { get; init; } = 1;

    public decimal? MinimumOrderQuantity { get; init; }

    public decimal? MaximumOrderQuantity { get; init; }

    public decimal? MaximumOrderNotional { get; init; }

    public decimal? MaximumPositionQuantity { get; init; }

    public decimal? MaximumPositionNotional { get; init; }

    public decimal? MaximumPositionFraction { get; init; }

    public decimal? MaximumDailyLoss { get; init; }

    public decimal? MaximumDailyLossFraction { get; init; }

    public decimal? MaximumDrawdown { get; init; }

    public decimal? MaximumDrawdownFraction { get; init; }

    public decimal? MaximumPriceDeviation { get; init; }

    public decimal? MaximumConcentration { get; init; }

    public decimal? MaximumLeverage { get; init; }

    public decimal? MaximumLossPerTrade { get; init; }

    public uint? MaximumOpenOrders { get; init; }

    public uint? MaximumMessages { get; init; }

    public long? MessageWindowNanos { get; init; }

    public long? MaximumPriceAgeNanos { get; init; }

    public decimal? MaximumSlippage { get; init; }

    public bool ReduceOnBreach { get; init; }

    public byte[] Encode()
    {
        var bytes = new byte[RiskLimitsEncoder.EncodedLength];
        var e = RiskLimitsEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.Scope = Scope;
        e.ScopeId = Id;
        e.MinimumOrderQuantity = Scaled.OrNull(MinimumOrderQuantity);
        e.MaximumOrderQuantity = Scaled.OrNull(MaximumOrderQuantity);
        e.MaximumOrderNotional = Scaled.OrNull(MaximumOrderNotional);
        e.MaximumPositionQuantity = Scaled.OrNull(MaximumPositionQuantity);
        e.MaximumPositionNotional = Scaled.OrNull(MaximumPositionNotional);
        e.MaximumPositionFraction = Scaled.OrNull(MaximumPositionFraction);
        e.MaximumDailyLoss = Scaled.OrNull(MaximumDailyLoss);
        e.MaximumDailyLossFraction = Scaled.OrNull(MaximumDailyLossFraction);
        e.MaximumDrawdown = Scaled.OrNull(MaximumDrawdown);
        e.MaximumDrawdownFraction = Scaled.OrNull(MaximumDrawdownFraction);
        e.MaximumPriceDeviation = Scaled.OrNull(MaximumPriceDeviation);
        e.MaximumConcentration = Scaled.OrNull(MaximumConcentration);
        e.MaximumLeverage = Scaled.OrNull(MaximumLeverage);
        e.MaximumLossPerTrade = Scaled.OrNull(MaximumLossPerTrade);
        e.MaximumOpenOrders = MaximumOpenOrders ?? RiskLimitsDecoder.MaximumOpenOrdersNullValue;
        e.MaximumMessages = MaximumMessages ?? RiskLimitsDecoder.MaximumMessagesNullValue;
        e.MessageWindowNanos = MessageWindowNanos ?? RiskLimitsDecoder.MessageWindowNanosNullValue;
        e.MaximumPriceAgeNanos = MaximumPriceAgeNanos ?? RiskLimitsDecoder.MaximumPriceAgeNanosNullValue;
        e.MaximumSlippage = Scaled.OrNull(MaximumSlippage);
        e.ReduceOnBreach = ReduceOnBreach ? YesNo.Yes : YesNo.No;
        return bytes;
    }
}
