using OrderPlatform.Benchmarks.Measuring;
using OrderPlatform.Benchmarks.Micro;
using OrderPlatform.Tests;

namespace OrderPlatform.Benchmarks.Figures;

/// <summary>
/// Encoding and decoding of messages. The recorded baselines are the SBE reference tool's C# for its car example on a machine of such a kind, which does
/// not check bounds of fields; the others write and read an equal struct in the same rounds.
/// </summary>
internal static class CodecFigures
{
    private const int RoundCount = 15;

    private static readonly TimeSpan Time = TimeSpan.FromMilliseconds(40);

    public static void Run()
    {
        Car();
        Platform();
    }

    private static void Car()
    {
        var car = new CarCodecBenchmark();
        car.SetUp();
        Rounds rounds = Rounds.Run(
            [
                Loop.Of("encode", CarCodecBenchmark.Messages, () => car.Encode()), Loop.Of("decode", CarCodecBenchmark.Messages, () => car.Decode()),
                Loop.Of("encode-root", CarCodecBenchmark.Messages, () => car.EncodeRoot()),
                Loop.Of("decode-root", CarCodecBenchmark.Messages, () => car.DecodeRoot()),
            ],
            RoundCount, Time);
        Figure.PrintTime("sbe.car-encode", rounds, "encode", "sbe-tool-csharp-recorded", 90.7);
        Figure.PrintTime("sbe.car-decode", rounds, "decode", "sbe-tool-csharp-recorded", 75.2);
        Figure.PrintTime("sbe.car-root-encode", rounds, "encode-root", "sbe-tool-csharp-recorded", 15.7);
        Figure.PrintTime("sbe.car-root-decode", rounds, "decode-root", "sbe-tool-csharp-recorded", 10.4);
        PrintAllocated("sbe.car-allocated", () => car.Encode(), () => car.Decode());
    }

    private static void Platform()
    {
        var codec = new MessageCodecBenchmark();
        codec.SetUp();
        (string Name, Action Encode, Action Write, Action Decode, Action Read)[] messages =
        [
            ("signal", codec.SignalEncode, codec.SignalWrite, () => codec.SignalDecode(), () => codec.SignalRead()),
            ("new-order", codec.OrderEncode, codec.OrderWrite, () => codec.OrderDecode(), () => codec.OrderRead()),
            ("execution-report", codec.ReportEncode, codec.ReportWrite, () => codec.ReportDecode(), () => codec.ReportRead()),
        ];
        foreach ((string name, Action encode, Action write, Action decode, Action read) in messages)
        {
            Rounds rounds = Rounds.Run(
                [
                    Loop.Of("encode", MessageCodecBenchmark.Messages, encode), Loop.Of("struct-write", MessageCodecBenchmark.Messages, write),
                    Loop.Of("decode", MessageCodecBenchmark.Messages, decode), Loop.Of("struct-read", MessageCodecBenchmark.Messages, read),
                ],
                RoundCount, Time);
            Figure.PrintTime($"sbe.{name}-encode", rounds, "encode", "struct-write");
            Figure.PrintTime($"sbe.{name}-decode", rounds, "decode", "struct-read");
            PrintAllocated($"sbe.{name}-allocated", encode, decode);
        }
    }

    private static void PrintAllocated(string name, Action encode, Action decode)
    {
        long bytes = AllocationCount.LeastOfRounds(encode) + AllocationCount.LeastOfRounds(decode);
        Figure.Print(name, bytes, "bytes", "nothing", 0, bytes == 0 ? 1 : 0);
    }
}
