using System.Runtime.InteropServices;
using System.Text.Json;
using OrderPlatform.Benchmarks.Micro;

namespace OrderPlatform.Benchmarks.Tests;

/// <summary>What the codec suites compare is the same bytes on both sides.</summary>
[TestFixture]
internal sealed class CodecBenchmarkTests
{
    [Test]
    public void The_vehicle_is_the_reference_tools_car_byte_for_byte()
    {
        string path = ReferenceFolder.PathOf("sbe-upstream", "vectors", "example-schema.json");
        using JsonDocument vectors = JsonDocument.Parse(File.ReadAllText(path));
        JsonElement car = vectors.RootElement.GetProperty("vectors").EnumerateArray()
            .Single(static vector => vector.GetProperty("name").GetString() == "car-baseline");
        var benchmark = new CarCodecBenchmark();
        benchmark.SetUp();
        Assert.That(Convert.ToHexStringLower(benchmark.Bytes), Is.EqualTo(car.GetProperty("hex").GetString()));
    }

    [Test]
    public void Codec_and_struct_write_the_same_bytes_and_read_the_same_values()
    {
        var codec = new MessageCodecBenchmark();
        codec.SetUp();
        byte[][] encoded = [codec.Signal.ToArray(), codec.Order.ToArray(), codec.Report.ToArray()];
        int[] lengths = [Marshal.SizeOf<SignalStruct>(), Marshal.SizeOf<NewOrderStruct>(), Marshal.SizeOf<ExecutionReportStruct>()];
        Assert.That(encoded.Select(static bytes => bytes.Length), Is.EqualTo(lengths));
        Assert.That((codec.SignalDecode(), codec.OrderDecode(), codec.ReportDecode()), Is.EqualTo((codec.SignalRead(), codec.OrderRead(), codec.ReportRead())));
        codec.SignalWrite();
        codec.OrderWrite();
        codec.ReportWrite();
        Assert.That((byte[][])[codec.Signal.ToArray(), codec.Order.ToArray(), codec.Report.ToArray()], Is.EqualTo(encoded));
    }
}
