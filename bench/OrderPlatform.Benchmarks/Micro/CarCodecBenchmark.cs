using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using OrderPlatform.Benchmarks.Vehicles;

namespace OrderPlatform.Benchmarks.Micro;

/// <summary>
/// The car example of the SBE reference tool: header, all root fields, three entries with text, two entries with three entries each, three texts; 205 bytes.
/// Encoding takes the texts from arrays; decoding reads every value, and of texts where they lie and how long they are.
/// </summary>
public class CarCodecBenchmark
{
    internal const int Messages = 1_000;

    private readonly byte[] _buffer = new byte[512];
    private readonly uint[] _numbers = [0, 1, 2, 3];
    private readonly byte[] _code = [.. "CODE12"u8];
    private readonly byte[] _motorMaker = [.. "123"u8];
    private readonly byte[][] _uses = [[.. "Urban Cycle"u8], [.. "Combined Cycle"u8], [.. "Highway Cycle"u8]];
    private readonly byte[] _maker = [.. "Honda"u8];
    private readonly byte[] _model = [.. "Civic VTi"u8];
    private readonly byte[] _activation = [.. "code"u8];
    private int _lengthBytes;

    /// <summary>The message as it is encoded.</summary>
    internal ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _lengthBytes);

    [GlobalSetup]
    public void SetUp() => _lengthBytes = EncodeOne();

    [Benchmark(OperationsPerInvoke = Messages)]
    public int Encode()
    {
        int lengthBytes = 0;
        for (int message = 0; message < Messages; message++)
            lengthBytes += EncodeOne();
        return lengthBytes;
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public long Decode()
    {
        long sum = 0;
        for (int message = 0; message < Messages; message++)
            sum += DecodeOne();
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public int EncodeRoot()
    {
        int lengthBytes = 0;
        for (int message = 0; message < Messages; message++)
            lengthBytes += EncodeOneRoot();
        return lengthBytes;
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public long DecodeRoot()
    {
        long sum = 0;
        for (int message = 0; message < Messages; message++)
            sum += DecodeOneRoot();
        return sum;
    }

    // Not taken into the loops: what a message costs is what a caller with one message pays.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int EncodeOneRoot()
    {
        VehicleEncoder car = VehicleEncoder.WrapForEncodeAndApplyHeader(_buffer);
        EncodeRoot(ref car);
        return car.EncodedLengthSoFar;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long DecodeOneRoot() => DecodeRoot(VehicleDecoder.WrapForDecodeAndApplyHeader(_buffer));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int EncodeOne()
    {
        VehicleEncoder car = VehicleEncoder.WrapForEncodeAndApplyHeader(_buffer);
        EncodeRoot(ref car);
        VehicleEncoder.ConsumptionsEncoder consumptions = car.BeginConsumptions(3);
        Append(ref consumptions, 30, 35.9f, _uses[0]);
        Append(ref consumptions, 55, 49.0f, _uses[1]);
        Append(ref consumptions, 75, 40.0f, _uses[2]);
        VehicleEncoder.PerformancesEncoder performances = car.BeginPerformances(2);
        performances.Next();
        performances.Octane = 95;
        Append(performances.BeginAccelerations(3), 4.0f, 7.5f, 12.2f);
        performances.Next();
        performances.Octane = 99;
        Append(performances.BeginAccelerations(3), 3.8f, 7.1f, 11.8f);
        car.SetMaker(_maker);
        car.SetModel(_model);
        car.SetActivation(_activation);
        return car.EncodedLengthSoFar;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EncodeRoot(ref VehicleEncoder car)
    {
        car.Serial = 1234;
        car.Year = 2013;
        car.IsAvailable = Answer.Yes;
        car.Line = Line.First;
        car.SetNumbers(_numbers);
        car.SetCode(_code);
        car.Extras = Extras.sports | Extras.cruise;
        MotorEncoder motor = car.Motor;
        motor.Displacement = 2000;
        motor.Cylinders = 4;
        motor.SetMaker(_motorMaker);
        motor.Efficiency = 35;
        motor.IsBoosted = Answer.Yes;
        BoostEncoder boost = motor.Boost;
        boost.Kind = BoostKind.Nitrous;
        boost.Power = 200;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Append(ref VehicleEncoder.ConsumptionsEncoder consumptions, ushort speed, float distance, byte[] use)
    {
        consumptions.Next();
        consumptions.Speed = speed;
        consumptions.Distance = distance;
        consumptions.SetUse(use);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Append(VehicleEncoder.PerformancesEncoder.AccelerationsEncoder accelerations, float to30, float to60, float to100)
    {
        accelerations.Next();
        accelerations.Speed = 30;
        accelerations.Seconds = to30;
        accelerations.Next();
        accelerations.Speed = 60;
        accelerations.Seconds = to60;
        accelerations.Next();
        accelerations.Speed = 100;
        accelerations.Seconds = to100;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long DecodeOne()
    {
        VehicleDecoder car = VehicleDecoder.WrapForDecodeAndApplyHeader(Bytes);
        long sum = DecodeRoot(in car);
        foreach (VehicleDecoder.ConsumptionsDecoder consumption in car.GetConsumptions())
            sum += consumption.Speed + BitConverter.SingleToInt32Bits(consumption.Distance) + Touch(consumption.GetUse());
        foreach (VehicleDecoder.PerformancesDecoder performance in car.GetPerformances())
        {
            sum += performance.Octane;
            foreach (VehicleDecoder.PerformancesDecoder.AccelerationsDecoder acceleration in performance.GetAccelerations())
                sum += acceleration.Speed + BitConverter.SingleToInt32Bits(acceleration.Seconds);
        }

        return sum + Touch(car.GetMaker()) + Touch(car.GetModel()) + Touch(car.GetActivation());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long DecodeRoot(in VehicleDecoder car)
    {
        long sum = (long)car.Serial + car.Year + (long)car.IsAvailable + (long)car.Line + (long)car.Extras + Touch(car.Code);
        sum += car.GetNumbers(0) + car.GetNumbers(1) + car.GetNumbers(2) + car.GetNumbers(3);
        MotorDecoder motor = car.Motor;
        BoostDecoder boost = motor.Boost;
        return sum + motor.Displacement + motor.Cylinders + Touch(motor.Maker) + motor.Efficiency + (long)motor.IsBoosted + (long)boost.Kind + boost.Power;
    }

    private static int Touch(ReadOnlySpan<byte> text) => text.Length + (text.Length > 0 ? text[0] : 0);
}
