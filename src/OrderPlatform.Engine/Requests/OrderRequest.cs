using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Requests;

/// <summary>The numbers of a request for an order (R60), read and judged by themselves. An optional number that is absent or zero is not given.</summary>
internal static class OrderRequest
{
    /// <summary>The parent order that a request asks for, without what follows from the position.</summary>
    public static ParentOrder Read(in SubmitOrderDecoder request) => new()
    {
        RequestId = request.RequestId,
        Origin = OrderOrigin.Request,
        Algorithm = request.Algorithm is ExecutionAlgorithm.NULL_VALUE or 0 ? ExecutionAlgorithm.Immediate : request.Algorithm,
        Side = request.Side,
        Type = request.OrderType,
        TimeInForce = request.TimeInForce,
        ExitReason = ExitReason.Manual,
        Quantity = new Quantity(request.Quantity),
        LimitPrice = new Price(HasLimit(request.OrderType) && request.TryGetPrice(out long limit) ? limit : 0),
        TriggerPrice = new Price(HasTrigger(request.OrderType) && request.TryGetTriggerPrice(out long trigger) ? trigger : 0),
        TrailingOffset = new Ratio(request.OrderType == OrderType.TrailingStop && request.TryGetTrailingOffset(out long offset) ? offset : 0),
        ExpireAtNanos = request.TimeInForce == TimeInForce.GoodTillDate && request.TryGetExpireAtNanos(out long until) ? until : 0,
        DisplayQuantity = new Quantity(request.TryGetDisplayQuantity(out long display) ? display : 0),
        PostOnly = request.PostOnly == YesNo.Yes,
        ReduceOnly = request.ReduceOnly == YesNo.Yes,
        LinkId = request.TryGetLinkId(out ulong link) ? link : 0,
        LinkRole = request.LinkRole == LinkRole.NULL_VALUE ? LinkRole.None : request.LinkRole,
        FirstOrder = -1,
    };

    /// <summary>What is wrong with it, or none.</summary>
    public static ReasonCode Wrong(EngineState state, in ParentOrder wanted, in Instrument instrument) =>
        !IsSane(wanted) || !IsTermsSane(wanted) || !IsAlgorithmSane(wanted) ? ReasonCode.InvalidValue
        : wanted.TimeInForce == TimeInForce.GoodTillDate && wanted.ExpireAtNanos <= state.NowNanos ? ReasonCode.Expired
        : wanted.LimitPrice.Raw % instrument.PriceTick.Raw != 0 || wanted.TriggerPrice.Raw % instrument.PriceTick.Raw != 0 ? ReasonCode.PriceNotOnTick
        : wanted.DisplayQuantity.Raw % instrument.QuantityStep.Raw != 0 ? ReasonCode.QuantityNotOnStep
        : NeedsMark(wanted) && instrument.Mark.IsZero ? ReasonCode.NoPrice
        : ReasonCode.None;

    private static bool IsSane(in ParentOrder wanted) =>
        wanted.Side is Side.Buy or Side.Sell
        && wanted.Type is >= OrderType.Market and <= OrderType.TrailingStop
        && wanted.TimeInForce is >= TimeInForce.GoodTillCancelled and <= TimeInForce.Day
        && Bounds.IsQuantity(wanted.Quantity.Raw)
        && (!HasLimit(wanted.Type) || Bounds.IsPrice(wanted.LimitPrice.Raw))
        && (!HasTrigger(wanted.Type) || wanted.Type == OrderType.TrailingStop || Bounds.IsPrice(wanted.TriggerPrice.Raw))
        && (wanted.Type != OrderType.TrailingStop || (wanted.TrailingOffset.Raw is > 0 and < FixedPoint.One && Bounds.IsPriceOrZero(wanted.TriggerPrice.Raw)));

    private static bool IsTermsSane(in ParentOrder wanted) =>
        Bounds.IsQuantityOrZero(wanted.DisplayQuantity.Raw) && wanted.DisplayQuantity <= wanted.Quantity
        && (wanted.DisplayQuantity.IsZero || HasLimit(wanted.Type))
        && (!wanted.PostOnly || (wanted.Type == OrderType.Limit && wanted.TimeInForce is not (TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill)))
        && wanted.LinkRole <= LinkRole.Secondary && (wanted.LinkId != 0) == (wanted.LinkRole != LinkRole.None);

    // An algorithm makes many orders over time: what belongs to one order alone does not go with it.
    private static bool IsAlgorithmSane(in ParentOrder wanted) => wanted.Algorithm switch
    {
        ExecutionAlgorithm.Immediate => true,
        ExecutionAlgorithm.LimitThenMarket => wanted is { Type: OrderType.Limit, LinkId: 0 },
        >= ExecutionAlgorithm.Twap and <= ExecutionAlgorithm.Iceberg => wanted is { Type: OrderType.Market or OrderType.Limit, LinkId: 0, DisplayQuantity.Raw: 0 },
        _ => false,
    };

    private static bool NeedsMark(in ParentOrder wanted) => wanted.Type is OrderType.Market or OrderType.TrailingStop;

    private static bool HasLimit(OrderType type) => type is OrderType.Limit or OrderType.StopLimit or OrderType.LimitIfTouched;

    private static bool HasTrigger(OrderType type) => type is >= OrderType.Stop and <= OrderType.TrailingStop;
}
