using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Harness.Scaled;

namespace OrderPlatform.Engine.Tests.Harness;

/// <summary>Records that tests of orders need: execution rules, rate budgets, a venue's features and its status.</summary>
internal static class OrderRecords
{
    public static byte[] Execution(long timeoutNanos, uint strategy = 1)
    {
        var bytes = new byte[ExecutionConfigurationEncoder.EncodedLength];
        var e = ExecutionConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.StrategyId = strategy;
        e.Algorithm = ExecutionAlgorithm.Immediate;
        e.Routing = RoutingMode.Direct;
        e.FallbackToMarket = YesNo.No;
        e.UseLimitOrders = YesNo.No;
        e.PostOnly = YesNo.No;
        e.SplitOversized = YesNo.No;
        e.ExecutionTimeoutNanos = timeoutNanos;
        return bytes;
    }

    public static byte[] Venue(VenueFeatures features, long dayEndNanos = 0)
    {
        var bytes = new byte[VenueConfigurationEncoder.EncodedLength];
        var e = VenueConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.VenueId = 1;
        e.SetName("venue");
        e.Features = features;
        e.DayEndNanos = dayEndNanos;
        return bytes;
    }

    public static byte[] VenueStatus(bool connected, long? retryAfterNanos = null, uint? budget = null, uint used = 0)
    {
        var bytes = new byte[VenueStatusEncoder.EncodedLength];
        var e = VenueStatusEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.VenueId = 1;
        e.Connected = connected ? YesNo.Yes : YesNo.No;
        e.RetryAfterNanos = retryAfterNanos ?? VenueStatusDecoder.RetryAfterNanosNullValue;
        e.BudgetId = budget ?? VenueStatusDecoder.BudgetIdNullValue;
        e.Used = budget is null ? VenueStatusDecoder.UsedNullValue : used;
        return bytes;
    }

    public static byte[] Account(uint id, uint client)
    {
        return new AccountRecord { Id = id, Client = client }.Encode();
    }

    /// <summary>The trigger, trailing offset, expiry, display and flags that a new order carries, as text.</summary>
    public static string Extras(ReadOnlySpan<byte> newOrder)
    {
        var d = NewOrderDecoder.WrapForDecodeAndApplyHeader(newOrder);
        return $"{d.OrderType} {d.TimeInForce}"
            + (d.TryGetTriggerPrice(out long trigger) ? $" trigger {Of(trigger):0.##}" : string.Empty)
            + (d.TryGetTrailingOffset(out long offset) ? $" trailing {Of(offset):0.####}" : string.Empty)
            + (d.TryGetExpireAtNanos(out long at) ? $" until {at}" : string.Empty)
            + (d.TryGetDisplayQuantity(out long shown) ? $" shows {Of(shown):0.###}" : string.Empty)
            + (d.PostOnly == YesNo.Yes ? " post" : string.Empty)
            + (d.ReduceOnly == YesNo.Yes ? " reduce" : string.Empty);
    }
}
