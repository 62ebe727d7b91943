using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Setup;

/// <summary>Encodes a setup as configuration inputs, in an order in which each record finds what it refers to.</summary>
public static class SetupMessages
{
    /// <summary>The inputs, each an SBE message with its header.</summary>
    /// <exception cref="ArgumentException">A name is not ASCII or does not fit its field; the text names it.</exception>
    public static IReadOnlyList<byte[]> Encode(PlatformSetup setup, long startedAtNanos)
    {
        var messages = new List<byte[]> { Start(setup, startedAtNanos) };
        messages.AddRange(setup.Venues.Select(Venue));
        messages.AddRange(setup.Instruments.Select(Instrument));
        messages.AddRange(setup.Clients.Select(Client));
        messages.AddRange(setup.Accounts.Select(Account));
        messages.AddRange(setup.Strategies.Select(Strategy));
        messages.AddRange(setup.Limits.Select(Limits));
        messages.AddRange(setup.Seeds.Select(Seed));
        return messages;
    }

    /// <summary>
    /// The inputs of a later start on the same journal: the epoch, the configuration as it is now, and the start of the reconciliation of all open orders.
    /// </summary>
    /// <param name="setup">What is configured; its epoch follows the one before.</param>
    /// <param name="startedAtNanos">When.</param>
    /// <param name="resendWithinNanos">How old an order may be to be sent again if its venue does not know it; at most an hour.</param>
    /// <exception cref="ArgumentException">A name is not ASCII or does not fit its field; the text names it.</exception>
    public static IReadOnlyList<byte[]> EncodeRestart(PlatformSetup setup, long startedAtNanos, long resendWithinNanos) =>
        [.. Encode(setup, startedAtNanos), Reconciliation(resendWithinNanos)];

    private static byte[] Reconciliation(long resendWithinNanos)
    {
        var bytes = new byte[ReconciliationStartEncoder.EncodedLength];
        var e = ReconciliationStartEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.ResendWithinNanos = resendWithinNanos;
        return bytes;
    }

    private static byte[] Start(PlatformSetup setup, long startedAtNanos)
    {
        var bytes = new byte[EpochStartEncoder.EncodedLength];
        var e = EpochStartEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.Epoch = checked((ushort)setup.Epoch);
        e.ShardId = checked((ushort)setup.ShardId);
        e.StartedAtNanos = startedAtNanos;
        return bytes;
    }

    private static byte[] Venue(VenueSetup venue)
    {
        var bytes = new byte[VenueConfigurationEncoder.EncodedLength];
        var e = VenueConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.VenueId = venue.Id;
        e.MakerFeeRate = venue.MakerFee.Raw;
        e.TakerFeeRate = venue.TakerFee.Raw;
        e.SetName(venue.Name);
        return bytes;
    }

    private static byte[] Instrument(InstrumentSetup instrument)
    {
        var bytes = new byte[InstrumentConfigurationEncoder.EncodedLength];
        var e = InstrumentConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.InstrumentId = instrument.Id;
        e.VenueId = instrument.VenueId;
        e.PriceTick = instrument.PriceTick.Raw;
        e.QuantityStep = instrument.QuantityStep.Raw;
        e.MinimumQuantity = instrument.MinimumQuantity?.Raw ?? InstrumentConfigurationDecoder.MinimumQuantityNullValue;
        e.MaximumQuantity = instrument.MaximumQuantity?.Raw ?? InstrumentConfigurationDecoder.MaximumQuantityNullValue;
        e.MinimumNotional = instrument.MinimumNotional?.Raw ?? InstrumentConfigurationDecoder.MinimumNotionalNullValue;
        e.SetSymbol(instrument.Symbol);
        e.SetBaseAsset(instrument.BaseAsset);
        e.SetQuoteAsset(instrument.QuoteAsset);
        return bytes;
    }

    private static byte[] Client(ClientSetup client)
    {
        var bytes = new byte[ClientConfigurationEncoder.EncodedLength];
        var e = ClientConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.ClientId = client.Id;
        e.SetName(client.Name);
        return bytes;
    }

    private static byte[] Account(AccountSetup account)
    {
        var bytes = new byte[AccountConfigurationEncoder.EncodedLength];
        var e = AccountConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.AccountId = account.Id;
        e.ClientId = account.ClientId;
        e.VenueId = account.VenueId;
        e.InitialCash = account.InitialCash.Raw;
        e.MaximumLeverage = account.MaximumLeverage.Raw;
        e.SetQuoteAsset(account.QuoteAsset);
        e.SetName(account.Name);
        return bytes;
    }

    private static byte[] Strategy(StrategySetup strategy)
    {
        var bytes = new byte[StrategyConfigurationEncoder.EncodedLength];
        var e = StrategyConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.StrategyId = strategy.Id;
        e.ClientId = strategy.ClientId;
        e.AccountId = strategy.AccountId;
        e.Mode = strategy.Mode;
        e.EntryTiming = strategy.EntryTiming;
        e.NeutralSignal = strategy.NeutralSignal;
        e.SizingMode = strategy.SizingMode;
        e.OrderType = strategy.OrderType;
        e.TimeInForce = strategy.TimeInForce;
        e.FixedQuantity = strategy.FixedQuantity?.Raw ?? StrategyConfigurationDecoder.FixedQuantityNullValue;
        e.EquityFraction = strategy.EquityFraction?.Raw ?? StrategyConfigurationDecoder.EquityFractionNullValue;
        e.LimitOffset = strategy.LimitOffset?.Raw ?? StrategyConfigurationDecoder.LimitOffsetNullValue;
        e.StopLoss = strategy.StopLoss?.Raw ?? StrategyConfigurationDecoder.StopLossNullValue;
        e.TakeProfit = strategy.TakeProfit?.Raw ?? StrategyConfigurationDecoder.TakeProfitNullValue;
        e.MinimumConfidence = strategy.MinimumConfidence?.Raw ?? StrategyConfigurationDecoder.MinimumConfidenceNullValue;
        e.SetName(strategy.Name);
        return bytes;
    }

    private static byte[] Limits(LimitSetup limits)
    {
        var bytes = new byte[RiskLimitsEncoder.EncodedLength];
        var e = RiskLimitsEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.Scope = limits.Scope;
        e.ScopeId = limits.ScopeId;
        e.MinimumOrderQuantity = limits.MinimumOrderQuantity?.Raw ?? RiskLimitsDecoder.MinimumOrderQuantityNullValue;
        e.MaximumOrderQuantity = limits.MaximumOrderQuantity?.Raw ?? RiskLimitsDecoder.MaximumOrderQuantityNullValue;
        e.MaximumOrderNotional = limits.MaximumOrderNotional?.Raw ?? RiskLimitsDecoder.MaximumOrderNotionalNullValue;
        e.MaximumPositionQuantity = limits.MaximumPositionQuantity?.Raw ?? RiskLimitsDecoder.MaximumPositionQuantityNullValue;
        e.MaximumPositionNotional = limits.MaximumPositionNotional?.Raw ?? RiskLimitsDecoder.MaximumPositionNotionalNullValue;
        e.MaximumPositionFraction = limits.MaximumPositionFraction?.Raw ?? RiskLimitsDecoder.MaximumPositionFractionNullValue;
        e.MaximumDailyLoss = limits.MaximumDailyLoss?.Raw ?? RiskLimitsDecoder.MaximumDailyLossNullValue;
        return bytes;
    }

    private static byte[] Seed(SeedSetup seed)
    {
        var bytes = new byte[PositionSeedEncoder.EncodedLength];
        var e = PositionSeedEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.StrategyId = seed.StrategyId;
        e.InstrumentId = seed.InstrumentId;
        e.Quantity = seed.Quantity.Raw;
        e.AveragePrice = seed.AveragePrice.Raw;
        e.RealisedPnl = seed.RealisedPnl.Raw;
        e.Fees = seed.Fees.Raw;
        return bytes;
    }
}
