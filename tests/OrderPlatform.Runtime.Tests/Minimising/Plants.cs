using OrderPlatform.Engine;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Runtime.Tests.Minimising;

/// <summary>Faults of many kinds, and the state that each leads to.</summary>
internal sealed record Plant(string Name, double Share, Func<byte[], bool> IsPlace, Func<byte[], byte[]> Make, bool Instead, Func<BusinessLogicProcessor,
    bool> Shows)
{
    // The scenario's strategy holds a tenth, long or short, so an order that turns it is of two tenths.
    private const long Much = FixedPoint.One / 4;

    public static readonly Plant[] All =
    [
        new("a fill that is told twice under two numbers", 0.4, PlantedMonth.IsFill, static message => Fill(message, 1, 987_654_321), false, static engine =>
            Largest(engine) > Much),
        new("a fill of ten times the quantity", 0.7, PlantedMonth.IsFill, static message => Fill(message, 10, 0), true, static engine =>
            Largest(engine) > Much),
        new("a strategy that is configured four times as large", 0.5, IsBar, static _ => Strategy(), false, static engine => LargestOrder(engine) > Much),
        new("a bar of a hundredth of the price", 0.3, IsClosedBar, CheapBar, true, static engine => engine.State.Positions.Count > 0
            && engine.State.Positions[0].Unrealised.Raw < -5_000 * FixedPoint.One),
        new("a withdrawal with too many zeros", 0.6, IsBar, static _ => Withdrawal(), false, static engine => Cash(engine) < 0),
        new("a fill of an order that nobody sent", 0.8, PlantedMonth.IsFill, static message => Stranger(message), false, static engine => HasAlert(engine,
            ReasonCode.UnknownOrder)),
    ];

    public override string ToString() => Name;

    private static bool IsBar(byte[] message) => BarDecoder.TryWrap(message, out _);

    private static bool IsClosedBar(byte[] message) => BarDecoder.TryWrap(message, out BarDecoder bar) && bar.Phase == BarPhase.Closed;

    private static long Largest(BusinessLogicProcessor engine)
    {
        long largest = 0;
        foreach (ref readonly Position position in engine.State.Positions.Rows)
        {
            largest = Math.Max(largest, Math.Abs(position.Quantity.Raw));
        }

        return largest;
    }

    private static long LargestOrder(BusinessLogicProcessor engine)
    {
        long largest = 0;
        for (int i = 0; i < engine.Outputs.Count; i++)
        {
            if (NewOrderDecoder.TryWrap(engine.Outputs[i], out NewOrderDecoder order))
            {
                largest = Math.Max(largest, order.Quantity);
            }
        }

        return largest;
    }

    private static long Cash(BusinessLogicProcessor engine)
    {
        foreach (ref readonly Account account in engine.State.Accounts.Rows)
        {
            return account.Cash.Raw;
        }

        return 0;
    }

    private static bool HasAlert(BusinessLogicProcessor engine, ReasonCode reason)
    {
        for (int i = 0; i < engine.Outputs.Count; i++)
        {
            if (AlertEventDecoder.TryWrap(engine.Outputs[i], out AlertEventDecoder alert) && alert.Reason == reason)
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] Fill(byte[] message, long times, ulong tradeId)
    {
        byte[] copy = [.. message];
        var e = ExecutionReportEncoder.WrapForEncodeAndApplyHeader(copy);
        message.CopyTo(copy.AsSpan());
        e.LastQuantity *= times;
        e.CumulativeQuantity *= times;
        e.VenueTradeId = tradeId == 0 ? e.VenueTradeId : tradeId;
        return copy;
    }

    private static byte[] Stranger(byte[] message)
    {
        byte[] copy = Fill(message, 1, 123_456_789);
        OrderReference.Write([.. copy], 4_711, copy);
        return copy;
    }

    private static byte[] CheapBar(byte[] message)
    {
        byte[] copy = [.. message];
        var e = BarEncoder.WrapForEncodeAndApplyHeader(copy);
        message.CopyTo(copy.AsSpan());
        e.Low = e.Close = e.Low / 100 / 1_000_000 * 1_000_000;
        return copy;
    }

    private static byte[] Withdrawal()
    {
        byte[] message = new byte[CashMovementEncoder.EncodedLength];
        var e = CashMovementEncoder.WrapForEncodeAndApplyHeader(message);
        e.AccountId = 1;
        e.Kind = CashKind.Withdrawal;
        e.Amount = -1_000_000 * FixedPoint.One;
        e.MovementId = 55_555;
        return message;
    }

    private static byte[] Strategy()
    {
        PlatformSetup setup = new Scenario { Size = new Quantity(FixedPoint.One / 10 * 4), StopLoss = null, TakeProfit = null }.Setup();
        return SetupMessages.Encode(setup, 0).First(static bytes => StrategyConfigurationDecoder.TryWrap(bytes, out _));
    }
}
