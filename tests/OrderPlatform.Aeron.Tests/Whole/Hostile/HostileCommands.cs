using System.Buffers.Binary;
using System.Text;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Tests.CommandAndControl;

namespace OrderPlatform.Aeron.Tests.Whole.Hostile;

/// <summary>
/// Commands of clients that do what they like: well-formed ones with ids and channels of any kind, the golden ones mutated, and noise. They leave the
/// honest client's name and streams alone: whoever speaks in its name is it, for the driver.
/// </summary>
internal sealed class HostileCommands(Random random, long honestClient, long[] honestImages, int honestStreamMin)
{
    private const int FirstClient = 1_000_000;

    private static readonly (int TypeId, byte[] Message)[] Originals =
    [
        .. CncSession.ToDriver(CncSession.Commands).Concat(CncSession.ToDriver(CncSession.CloseCommands))
            .Select(static record => (record.TypeId, record.Message)),
    ];

    private static readonly string[] Channels =
    [
        "aeron:ipc",
        "aeron:ipc?term-length=64k|mtu=2k",
        "aeron:udp?endpoint=127.0.0.1:30001",
        "aeron:udp?endpoint=127.0.0.1:30002|term-length=128k|ssc=true",
        "aeron-spy:aeron:udp?endpoint=127.0.0.1:30001",
        "aeron:udp?control-mode=manual",
        "aeron:udp?control=127.0.0.1:30003|control-mode=dynamic|fc=min,g:7/2",
        "aeron:udp?endpoint=224.20.30.39:30004|interface=127.0.0.1",
        "aeron:udp?endpoint=127.0.0.1:30005|session-id=7|tags=3,4",
        "aeron:udp?tags=3",
        "aeron:udp?endpoint=[::1]:30006",
        "aeron:udp?endpoint=127.0.0.1:0",
        "aeron:udp?endpoint=127.0.0.1:30001|tether=false|rejoin=false|reliable=false|cc=cubic",
        "aeron-spy:aeron:ipc",
        "aeron:ipc?tether=false",
        "aeron:udp?endpoint=127.0.0.1:30007|init-term-id=2147483647|term-id=-2147483648|term-offset=65504|term-length=64k",
        "aeron:udp?endpoint=127.0.0.1:30008|linger=0|eos=false",
        "aeron:udp?control=127.0.0.1:30009|control-mode=response|response-correlation-id=prototype",
        "aeron:ipc?term-length=1g",
        "aeron:ipc?init-term-id=1|term-id=3|term-offset=32",
    ];

    private readonly byte[] _buffer = new byte[2048];
    private readonly long[] _ids = new long[64];

    /// <summary>The next; the message is valid until the following call.</summary>
    /// <param name="nextId">Gives a correlation id as the protocol wants it.</param>
    /// <param name="message">The message.</param>
    /// <returns>The type.</returns>
    public int Next(Func<long> nextId, out ReadOnlySpan<byte> message)
    {
        int length;
        int typeId;
        switch (random.Next(8))
        {
            case 0:
                typeId = random.Next(-1, 32) is var type and not 0 and not -1 ? type : 1;
                length = random.Next(200);
                random.NextBytes(_buffer.AsSpan(0, length));
                break;

            case 1:
                (typeId, byte[] original) = Originals[random.Next(Originals.Length)];
                original.CopyTo(_buffer, 0);
                length = random.Next(8) == 0 ? random.Next(original.Length + 1) : original.Length;
                for (int count = random.Next(4); count > 0 && length > 0; count--)
                {
                    _buffer[random.Next(length)] = (byte)random.Next(256);
                }

                break;

            default:
                typeId = random.Next(ControlMessageTypes.AddPublication, ControlMessageTypes.GetNextAvailableSessionId + 1);
                length = WellFormed(typeId, nextId);
                break;
        }

        Defuse(typeId, length);
        message = _buffer.AsSpan(0, length);
        return typeId;
    }

    private int WellFormed(int typeId, Func<long> nextId)
    {
        long correlationId = random.Next(16) == 0 ? Id() : nextId();
        _ids[random.Next(_ids.Length)] = correlationId;
        int at = Put(0, FirstClient + (long)random.Next(16));
        at = Put(at, correlationId);
        switch (typeId)
        {
            case ControlMessageTypes.AddPublication or ControlMessageTypes.AddExclusivePublication:
                return PutText(PutInt(at, random.Next(4)), Channel());
            case ControlMessageTypes.AddSubscription:
                return PutText(PutInt(Put(at, Id()), random.Next(4)), Channel());
            case ControlMessageTypes.AddDestination or ControlMessageTypes.RemoveDestination
                or ControlMessageTypes.AddReceiveDestination or ControlMessageTypes.RemoveReceiveDestination:
                return PutText(Put(at, Id()), Channel());
            case ControlMessageTypes.AddCounter:
                return PutText(PutText(PutInt(at, random.Next(2000)), Noise(200)), Noise(500));
            case ControlMessageTypes.AddStaticCounter:
                return PutText(PutText(PutInt(Put(at, random.Next(4) == 0 ? random.NextInt64() : Id()), random.Next(2000)), Noise(200)), Noise(500));
            case ControlMessageTypes.RejectImage:
                return PutText(Put(Put(at, random.Next(3) == 0 ? random.Next(1, 5000) : Id()), random.NextInt64()), Noise(1200));
            case ControlMessageTypes.TerminateDriver:
                return PutText(at, Noise(64));
            default:
                return Put(Put(at, Id()), random.Next(2) == 0 ? random.Next(2) : Id());
        }
    }

    /// <summary>What is the honest client's alone becomes somebody else's.</summary>
    private void Defuse(int typeId, int length)
    {
        if (length >= 8 && BitConverter.ToInt64(_buffer) == honestClient)
            Put(0, FirstClient);
        if (typeId == ControlMessageTypes.RejectImage && length >= 24 && honestImages.Contains(BitConverter.ToInt64(_buffer, 16)))
            Put(16, -1);
        int streamOffset = typeId switch
        {
            ControlMessageTypes.AddPublication or ControlMessageTypes.AddExclusivePublication => 16,
            ControlMessageTypes.AddSubscription => 24,
            _ => -1,
        };
        if (streamOffset >= 0 && length >= streamOffset + 4 && BitConverter.ToInt32(_buffer, streamOffset) >= honestStreamMin)
            PutInt(streamOffset, 0);
    }

    private long Id() => random.Next(8) == 0 ? random.Next(-2, 100) : _ids[random.Next(_ids.Length)];

    private byte[] Channel()
    {
        byte[] channel = Encoding.ASCII.GetBytes(Channels[random.Next(Channels.Length)]);
        if (random.Next(8) == 0)
            channel[random.Next(channel.Length)] = (byte)random.Next(256);
        return random.Next(32) == 0 ? channel[..random.Next(channel.Length)] : channel;
    }

    private byte[] Noise(int lengthMax)
    {
        byte[] noise = new byte[random.Next(lengthMax)];
        random.NextBytes(noise);
        return noise;
    }

    private int Put(int at, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(at), value);
        return at + sizeof(long);
    }

    private int PutInt(int at, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(at), value);
        return at + sizeof(int);
    }

    private int PutText(int at, byte[] text)
    {
        PutInt(at, text.Length);
        text.CopyTo(_buffer, at + sizeof(int));
        return (at + sizeof(int) + text.Length + 3) & ~3;
    }
}
