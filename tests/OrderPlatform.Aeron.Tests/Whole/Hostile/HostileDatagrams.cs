using System.Buffers.Binary;
using OrderPlatform.Aeron.Protocol;
using OrderPlatform.Aeron.Tests.Receiving;

namespace OrderPlatform.Aeron.Tests.Whole.Hostile;

/// <summary>
/// Datagrams that nobody should send: random bytes, and the golden ones cut, lengthened, joined and overwritten. Of the honest session only what
/// must be refused or cannot change the stream: a datagram that is right in everything is right, whoever sent it.
/// </summary>
internal sealed class HostileDatagrams(Random random, int honestSession, int honestStream, int initialTermId, int termLength)
{
    private const int LengthMax = 2048;

    private static readonly string[] Captures =
    [
        "backpressure", "fragmented", "gtag", "idle", "loss_fixed", "loss_random", "loss_unreliable", "mdc_dynamic", "mdc_dynamic_late",
        "no_subscriber", "reject", "rejoin",
        "response", "revoke", "rttm_cubic", "setup_only_then_join", "small", "termroll", "window",
    ];

    private static readonly byte[][] Originals =
    [
        .. Captures.SelectMany(static name => GoldenCapture.Read(name).Datagrams)
            .Select(static datagram => datagram.Bytes)
            .Where(static bytes => bytes.Length <= LengthMax),
    ];

    private readonly byte[] _buffer = new byte[2 * LengthMax];

    /// <summary>The next; valid until the following call.</summary>
    public ReadOnlySpan<byte> Next()
    {
        int length = random.Next(6) == 0 ? Noise() : Mutated();
        Span<byte> datagram = _buffer.AsSpan(0, length);
        if (length >= FrameHeader.LengthBytes && SessionOffset(datagram) + 8 <= length && random.Next(8) == 0)
        {
            // For the honest stream: it has to be told from what is its own.
            BinaryPrimitives.WriteInt32LittleEndian(datagram[SessionOffset(datagram)..], random.Next(4) == 0 ? random.Next() : honestSession);
            BinaryPrimitives.WriteInt32LittleEndian(datagram[(SessionOffset(datagram) + 4)..], honestStream);
        }

        Defuse(datagram);
        return datagram;
    }

    /// <summary>True for what no receiver of the honest stream may take, whatever it knows.</summary>
    public bool ReceiverMustRefuse(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length < FrameHeader.LengthBytes || datagram[4] != FrameHeader.CurrentVersion)
            return true;
        FrameType type = Frame.TypeOf(datagram);
        return type switch
        {
            FrameType.Setup or FrameType.RttMeasurement => IsNoWholeFrame(datagram, SetupFrame.LengthBytes),
            FrameType.Data or FrameType.Pad => datagram.Length < DataHeader.LengthBytes || (IsHonest(datagram) && IsNoData(datagram, type)),
            _ => false,
        };
    }

    /// <summary>True for what no sender may take.</summary>
    public static bool SenderMustRefuse(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length < FrameHeader.LengthBytes || datagram[4] != FrameHeader.CurrentVersion)
            return true;
        return Frame.TypeOf(datagram) switch
        {
            FrameType.Nak => IsNoWholeFrame(datagram, 28),
            FrameType.StatusMessage => IsNoWholeFrame(datagram, 36),
            FrameType.Error or FrameType.RttMeasurement => IsNoWholeFrame(datagram, 40),
            FrameType.ResponseSetup => IsNoWholeFrame(datagram, 20),
            _ => false,
        };
    }

    private static bool IsNoWholeFrame(ReadOnlySpan<byte> datagram, int needed)
    {
        int frameLength = BinaryPrimitives.ReadInt32LittleEndian(datagram);
        return datagram.Length < needed || frameLength < needed || frameLength > datagram.Length;
    }

    private bool IsNoData(ReadOnlySpan<byte> datagram, FrameType type)
    {
        DataHeader header = Frame.As<DataHeader>(datagram);
        int frameLength = header.Frame.FrameLength;
        bool isHeartbeat = datagram.Length == DataHeader.LengthBytes && frameLength == 0 && type == FrameType.Data;
        long end = isHeartbeat ? header.TermOffset : header.TermOffset + (long)frameLength;
        return datagram.Length % 32 != 0 || header.TermOffset % 32 != 0 || header.TermOffset < 0 || header.TermOffset >= termLength || end > termLength
            || (!isHeartbeat && frameLength < DataHeader.LengthBytes) || unchecked(header.TermId - initialTermId) < 0;
    }

    /// <summary>Control frames have the session where data and SETUP have the offset.</summary>
    private static int SessionOffset(ReadOnlySpan<byte> datagram) => Frame.TypeOf(datagram) is FrameType.Data or FrameType.Pad or FrameType.Setup ? 12 : 8;

    private bool IsHonest(ReadOnlySpan<byte> datagram)
    {
        int offset = SessionOffset(datagram);
        return offset + sizeof(int) <= datagram.Length && BinaryPrimitives.ReadInt32LittleEndian(datagram[offset..]) == honestSession;
    }

    /// <summary>Takes the honest session out of what would be believed: data that may stand in the stream, and status messages.</summary>
    private void Defuse(Span<byte> datagram)
    {
        if (datagram.Length < FrameHeader.LengthBytes || !IsHonest(datagram))
            return;
        bool isBelieved = Frame.TypeOf(datagram) switch
        {
            FrameType.StatusMessage => !SenderMustRefuse(datagram),
            FrameType.Data or FrameType.Pad => !ReceiverMustRefuse(datagram),
            _ => false,
        };
        if (isBelieved)
            datagram[SessionOffset(datagram)] ^= 1;
    }

    private int Noise()
    {
        int length = random.Next(200);
        random.NextBytes(_buffer.AsSpan(0, length));
        return length;
    }

    private int Mutated()
    {
        byte[] original = Originals[random.Next(Originals.Length)];
        original.CopyTo(_buffer, 0);
        int length = original.Length;
        switch (random.Next(16))
        {
            case 0:
                length = random.Next(length + 1);
                break;

            case 1:
                int more = random.Next(1, 96);
                random.NextBytes(_buffer.AsSpan(length, more));
                length += more;
                break;

            case 2:
                byte[] other = Originals[random.Next(Originals.Length)];
                other.CopyTo(_buffer, length);
                length += other.Length;
                break;

            case 3:
                // Another session of the same stream: many of them fill what is kept in mind.
                BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(SessionOffset(_buffer)), random.Next(2) == 0 ? random.Next(64) : random.Next());
                break;
        }

        for (int count = random.Next(3); count > 0 && length > 0; count--)
        {
            Overwrite(length);
        }

        return length;
    }

    private void Overwrite(int length)
    {
        int field = 4 * random.Next(11);
        if (random.Next(2) == 0 || field + sizeof(int) > length)
        {
            _buffer[random.Next(length)] ^= (byte)(1 << random.Next(8));
            return;
        }

        ReadOnlySpan<int> values =
        [
            0, -1, 1, 31, 32, 33, 64, 4096, 65504, 65536, 1 << 30, int.MaxValue, int.MinValue, random.Next(), random.Next(2048) * 32,
            honestSession, honestStream,
        ];
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(field), values[random.Next(values.Length)]);
    }
}
