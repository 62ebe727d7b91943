using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using OrderPlatform.Messages;

namespace OrderPlatform.Benchmarks.Micro;

/// <summary>
/// The three messages of the hot path with their headers, every field set and read, against a struct of the same bytes that is made and written with
/// <c>MemoryMarshal.Write</c>, and read with <c>MemoryMarshal.Read</c>: what a wire without versions, null values and byte order costs.
/// </summary>
public class MessageCodecBenchmark
{
    internal const int Messages = 1_000;
    private const long Nanos = 1_790_000_000_000_000_000;

    private readonly byte[] _signal = new byte[SignalEncoder.EncodedLength];
    private readonly byte[] _order = new byte[NewOrderEncoder.EncodedLength];
    private readonly byte[] _report = new byte[ExecutionReportEncoder.EncodedLength];

    internal ReadOnlySpan<byte> Signal => _signal;

    internal ReadOnlySpan<byte> Order => _order;

    internal ReadOnlySpan<byte> Report => _report;

    [GlobalSetup]
    public void SetUp()
    {
        SignalEncode();
        OrderEncode();
        ReportEncode();
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public void SignalEncode()
    {
        for (int index = 0; index < Messages; index++)
        {
            SignalEncoder signal = SignalEncoder.WrapForEncodeAndApplyHeader(_signal);
            signal.ClientId = 7;
            signal.StrategyId = 11;
            signal.InstrumentId = (uint)index;
            signal.Direction = Direction.Long;
            signal.SignalId = (ulong)index;
            signal.Confidence = 90_000_000;
            signal.ExpectedReturn = 1_000_000;
            signal.RiskScore = 20_000_000;
            signal.Volatility = 3_000_000;
            signal.Price = 100_000_000 + index;
            signal.GeneratedAtNanos = Nanos + index;
            signal.ValidUntilNanos = Nanos + index + 1;
            signal.Role = SignalRole.Entry;
            signal.ModelId = 4;
            signal.ExecuteAtNanos = Nanos;
        }
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public void SignalWrite()
    {
        for (int index = 0; index < Messages; index++)
        {
            var signal = new SignalStruct(
                Header(SignalEncoder.BlockLength, SignalEncoder.TemplateId), 7, 11, (uint)index, Direction.Long, (ulong)index, 90_000_000, 1_000_000,
                20_000_000, 3_000_000, 100_000_000 + index, Nanos + index, Nanos + index + 1, SignalRole.Entry, 4, Nanos);
            MemoryMarshal.Write(_signal, in signal);
        }
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public long SignalDecode()
    {
        long sum = 0;
        for (int index = 0; index < Messages; index++)
        {
            SignalDecoder signal = SignalDecoder.WrapForDecodeAndApplyHeader(_signal);
            sum += signal.ClientId + signal.StrategyId + signal.InstrumentId + (long)signal.Direction + (long)signal.SignalId + signal.Confidence
                + signal.ExpectedReturn + signal.RiskScore + signal.Volatility + signal.Price + signal.GeneratedAtNanos + signal.ValidUntilNanos;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public long SignalRead()
    {
        long sum = 0;
        for (int index = 0; index < Messages; index++)
        {
            SignalStruct signal = MemoryMarshal.Read<SignalStruct>(_signal);
            sum += signal.ClientId + signal.StrategyId + signal.InstrumentId + (long)signal.Direction + (long)signal.SignalId + signal.Confidence
                + signal.ExpectedReturn + signal.RiskScore + signal.Volatility + signal.Price + signal.GeneratedAtNanos + signal.ValidUntilNanos;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public void OrderEncode()
    {
        for (int index = 0; index < Messages; index++)
        {
            NewOrderEncoder order = NewOrderEncoder.WrapForEncodeAndApplyHeader(_order);
            order.ClientOrderId = (ulong)index;
            order.AccountId = 3;
            order.StrategyId = 11;
            order.InstrumentId = 5;
            order.VenueId = 2;
            order.Side = Side.Sell;
            order.OrderType = OrderType.Limit;
            order.TimeInForce = TimeInForce.GoodTillCancelled;
            order.Quantity = 100_000_000 + index;
            order.Price = 200_000_000 + index;
            order.DecidedAtNanos = Nanos + index;
            order.TriggerPrice = 210_000_000;
            order.TrailingOffset = 1_000_000;
            order.ExpireAtNanos = Nanos;
            order.DisplayQuantity = 10_000_000;
            order.PostOnly = YesNo.No;
            order.ReduceOnly = YesNo.Yes;
            order.Batch = 1;
            order.SelfTradePrevention = SelfTradePrevention.None;
            order.Leg = PositionLeg.Net;
        }
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public void OrderWrite()
    {
        for (int index = 0; index < Messages; index++)
        {
            var order = new NewOrderStruct(
                Header(NewOrderEncoder.BlockLength, NewOrderEncoder.TemplateId), (ulong)index, 3, 11, 5, 2, Side.Sell, OrderType.Limit,
                TimeInForce.GoodTillCancelled, 100_000_000 + index, 200_000_000 + index, Nanos + index, 210_000_000, 1_000_000, Nanos, 10_000_000, YesNo.No,
                YesNo.Yes, 1, SelfTradePrevention.None, PositionLeg.Net);
            MemoryMarshal.Write(_order, in order);
        }
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public long OrderDecode()
    {
        long sum = 0;
        for (int index = 0; index < Messages; index++)
        {
            NewOrderDecoder order = NewOrderDecoder.WrapForDecodeAndApplyHeader(_order);
            sum += (long)order.ClientOrderId + order.AccountId + order.StrategyId + order.InstrumentId + order.VenueId + (long)order.Side
                + (long)order.OrderType + (long)order.TimeInForce + order.Quantity + order.Price + order.DecidedAtNanos;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public long OrderRead()
    {
        long sum = 0;
        for (int index = 0; index < Messages; index++)
        {
            NewOrderStruct order = MemoryMarshal.Read<NewOrderStruct>(_order);
            sum += (long)order.ClientOrderId + order.AccountId + order.StrategyId + order.InstrumentId + order.VenueId + (long)order.Side
                + (long)order.OrderType + (long)order.TimeInForce + order.Quantity + order.Price + order.DecidedAtNanos;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public void ReportEncode()
    {
        for (int index = 0; index < Messages; index++)
        {
            ExecutionReportEncoder report = ExecutionReportEncoder.WrapForEncodeAndApplyHeader(_report);
            report.ClientOrderId = (ulong)index;
            report.VenueOrderId = 1_000_000 + (ulong)index;
            report.VenueTradeId = 2_000_000 + (ulong)index;
            report.InstrumentId = 5;
            report.VenueId = 2;
            report.Kind = ExecutionKind.Fill;
            report.Side = Side.Buy;
            report.Liquidity = Liquidity.Maker;
            report.FeeCurrency = FeeCurrency.Quote;
            report.Reason = ReasonCode.None;
            report.LastQuantity = 100_000_000 + index;
            report.LastPrice = 200_000_000 + index;
            report.Fee = 20_000;
            report.CumulativeQuantity = 300_000_000;
            report.LeavesQuantity = 400_000_000;
            report.Price = 500_000_000;
            report.VenueTimeNanos = Nanos + index;
            report.SetFeeAsset("");
            report.RetryAfterNanos = 0;
            report.AveragePrice = 200_000_000;
        }
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public void ReportWrite()
    {
        for (int index = 0; index < Messages; index++)
        {
            var report = new ExecutionReportStruct(
                Header(ExecutionReportEncoder.BlockLength, ExecutionReportEncoder.TemplateId), (ulong)index, 1_000_000 + (ulong)index,
                2_000_000 + (ulong)index, 5, 2, ExecutionKind.Fill, Side.Buy, Liquidity.Maker, FeeCurrency.Quote, ReasonCode.None, 100_000_000 + index,
                200_000_000 + index, 20_000, 300_000_000, 400_000_000, 500_000_000, Nanos + index, 0, 0, 200_000_000);
            MemoryMarshal.Write(_report, in report);
        }
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public long ReportDecode()
    {
        long sum = 0;
        for (int index = 0; index < Messages; index++)
        {
            ExecutionReportDecoder report = ExecutionReportDecoder.WrapForDecodeAndApplyHeader(_report);
            sum += (long)report.ClientOrderId + (long)report.VenueOrderId + (long)report.VenueTradeId + report.InstrumentId + report.VenueId
                + (long)report.Kind + (long)report.Side + (long)report.Liquidity + (long)report.FeeCurrency + (long)report.Reason + report.LastQuantity
                + report.LastPrice + report.Fee + report.CumulativeQuantity + report.LeavesQuantity + report.Price + report.VenueTimeNanos;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public long ReportRead()
    {
        long sum = 0;
        for (int index = 0; index < Messages; index++)
        {
            ExecutionReportStruct report = MemoryMarshal.Read<ExecutionReportStruct>(_report);
            sum += (long)report.ClientOrderId + (long)report.VenueOrderId + (long)report.VenueTradeId + report.InstrumentId + report.VenueId
                + (long)report.Kind + (long)report.Side + (long)report.Liquidity + (long)report.FeeCurrency + (long)report.Reason + report.LastQuantity
                + report.LastPrice + report.Fee + report.CumulativeQuantity + report.LeavesQuantity + report.Price + report.VenueTimeNanos;
        }

        return sum;
    }

    private static HeaderStruct Header(ushort blockLength, ushort templateId) => new(blockLength, templateId, SignalEncoder.SchemaId, SignalEncoder.SchemaVersion);
}
