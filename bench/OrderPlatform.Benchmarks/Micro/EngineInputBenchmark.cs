using System.Numerics;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Checking;

namespace OrderPlatform.Benchmarks.Micro;

/// <summary>
/// The cost of one input through the engine, nothing around it: <c>bytes → Process → outputs in the batch</c>.
/// <code>
///   message ─► BusinessLogicProcessor.Process ─► OutputBatch
/// </code>
/// The baseline is what a message costs that is only looked at: copy and CRC32C of the same 88 bytes. A cycle is three inputs: signal → order,
/// accepted, filled → position; each cycle turns the position round, so that every third input decides, checks and books.
/// </summary>
public class EngineInputBenchmark
{
    private const int CycleInputs = 3;

    private readonly byte[] _bar = new byte[BarEncoder.EncodedLength];
    private readonly byte[] _book = new byte[TopOfBookEncoder.EncodedLength];
    private readonly byte[] _tick = new byte[TickEncoder.EncodedLength];
    private readonly byte[] _message = new byte[256];
    private readonly byte[] _copy = new byte[256];
    private readonly OutputTrail _trail = new(0);
    private EngineRig _flat = null!;
    private EngineRig _full = null!;
    private EngineRig _holding = null!;
    private EngineRig _trading = null!;
    private long _cycles;

    [GlobalSetup]
    public void SetUp()
    {
        _flat = new EngineRig();
        _full = new EngineRig();
        _holding = new EngineRig();
        _trading = new EngineRig();
        TickEncoder.WrapForEncodeAndApplyHeader(_tick);
        EngineRig.EncodeBar(_bar, 50_000);
        EngineRig.EncodeBook(_book, 50_000);
        _flat.Put(_bar);
        _holding.Put(_bar);
        _holding.Cycle(Direction.Long, _message);
        _trading.Put(_bar);
        _full.Put(_bar);
        for (int fill = 0; fill < _full.Engine.State.Clients[0].FillPlaces; fill++)
        {
            _full.Cycle((fill & 1) == 0 ? Direction.Long : Direction.Short, _message);
        }

        if (_holding.Engine.State.Positions[0].Quantity.IsZero)
        {
            throw new InvalidOperationException("the rig holds nothing: the benchmark would measure a refusal");
        }
    }

    [Benchmark(Baseline = true, Description = "copy + CRC32C of 88 bytes")]
    public uint CopyAndChecksum()
    {
        Span<byte> copy = _copy.AsSpan(0, _bar.Length);
        _bar.CopyTo(copy);
        uint crc = 0;
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(copy))
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        return crc;
    }

    [Benchmark(Description = "tick")]
    public int Tick() => _flat.Put(_tick);

    [Benchmark(Description = "tick, and its output digest left in the trail")]
    public int TickWithTrail()
    {
        int outputs = _flat.Put(_tick);
        _trail.Leave(_flat.Engine.State.Sequence, _flat.Engine.Outputs.Digest);
        return outputs;
    }

    [Benchmark(Description = "state digest, tables of orders and fills full")]
    public ulong StateDigestFull() => _full.Engine.StateDigest();

    [Benchmark(Description = "top of book, flat")]
    public int BookFlat() => _flat.Put(_book);

    [Benchmark(Description = "top of book, position with stop and target")]
    public int BookHolding() => _holding.Put(_book);

    [Benchmark(Description = "closed bar, position valued (one output)")]
    public int BarHolding() => _holding.Put(_bar);

    [Benchmark(Description = "signal, accepted, filled: per input", OperationsPerInvoke = CycleInputs)]
    public int TradingCycle()
    {
        int outputs = _trading.Cycle((_cycles++ & 1) == 0 ? Direction.Long : Direction.Short, _message);
        return outputs >= 6 ? outputs : throw new InvalidOperationException($"a cycle made {outputs} outputs: it did not trade");
    }
}
