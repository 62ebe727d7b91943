using OrderPlatform.Engine.Numbers;
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
        messages.AddRange(setup.Strategies.Select(
            strategy => StrategyMessages.Strategy(HasMultipleStop(setup, strategy) ? strategy with { StopLoss = null } : strategy)));
        messages.AddRange(setup.SignalRules.Select(StrategyMessages.Signals));
        messages.AddRange(setup.Executions.Select(StrategyMessages.Execution));
        messages.AddRange(setup.Exits.Select(StrategyMessages.Exits));
        messages.AddRange(setup.Strategies.Where(strategy => HasMultipleStop(setup, strategy)).Select(StrategyMessages.Strategy));
        messages.AddRange(setup.Limits.Select(LimitMessages.Limits));
        messages.AddRange(setup.Budgets.Select(LimitMessages.Budget));
        messages.AddRange(setup.Breakers.Select(LimitMessages.Breaker));
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

    // A stop of two deviations is no fraction: an engine takes it when it knows what it counts in, which is another record that needs the strategy.
    private static bool HasMultipleStop(PlatformSetup setup, StrategySetup strategy) =>
        strategy.StopLoss is { Raw: >= FixedPoint.One } && setup.Exits.Any(exits => exits.StrategyId == strategy.Id && exits.StopMode != ExitMode.Fixed);

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

    internal static byte[] Venue(VenueSetup venue)
    {
        var bytes = new byte[VenueConfigurationEncoder.EncodedLength];
        var e = VenueConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.VenueId = venue.Id;
        e.MakerFeeRate = venue.MakerFee.Raw;
        e.TakerFeeRate = venue.TakerFee.Raw;
        e.SetName(venue.Name);
        e.Features = venue.Features;
        e.BatchMaximum = venue.BatchMaximum;
        e.DayEndNanos = venue.DayEndNanos;
        e.SelfTradePrevention = venue.SelfTradePrevention;
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
        e.Kind = instrument.Kind == InstrumentKind.Spot ? InstrumentKind.NULL_VALUE : instrument.Kind;
        e.Multiplier = instrument.Multiplier?.Raw ?? InstrumentConfigurationDecoder.MultiplierNullValue;
        e.MaximumNotional = instrument.MaximumNotional?.Raw ?? InstrumentConfigurationDecoder.MaximumNotionalNullValue;
        e.MaintenanceMarginRate = instrument.MaintenanceMarginRate?.Raw ?? InstrumentConfigurationDecoder.MaintenanceMarginRateNullValue;
        e.MaintenanceAmount = instrument.MaintenanceAmount?.Raw ?? InstrumentConfigurationDecoder.MaintenanceAmountNullValue;
        return bytes;
    }

    private static byte[] Client(ClientSetup client)
    {
        var bytes = new byte[ClientConfigurationEncoder.EncodedLength];
        var e = ClientConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.ClientId = client.Id;
        e.SetName(client.Name);
        e.MaximumOrders = client.MaximumOrders ?? ClientConfigurationDecoder.MaximumOrdersNullValue;
        e.MaximumPositions = client.MaximumPositions ?? ClientConfigurationDecoder.MaximumPositionsNullValue;
        e.DayRollNanos = client.DayRollNanos ?? ClientConfigurationDecoder.DayRollNanosNullValue;
        e.SelfTradePrevention = client.SelfTradePrevention ?? SelfTradePrevention.NULL_VALUE;
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
        e.PositionMode = account.PositionMode ?? PositionMode.NULL_VALUE;
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
        e.Leg = seed.Leg ?? PositionLeg.NULL_VALUE;
        return bytes;
    }
}
