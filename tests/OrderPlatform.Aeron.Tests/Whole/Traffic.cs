using System.Buffers.Binary;
using System.Numerics;
using OrderPlatform.Aeron.Client;

namespace OrderPlatform.Aeron.Tests.Whole;

/// <summary>
/// Messages whose number, length and bytes follow from a seed, so that whoever receives them knows what has to come next. A message of less than
/// sixteen bytes has only what fits of it.
/// </summary>
internal sealed class Traffic(int seed, int lengthMax)
{
    private const int HeaderLength = sizeof(long) + sizeof(uint);

    private readonly byte[] _buffer = new byte[lengthMax];

    /// <summary>Message number <paramref name="number"/>; valid until the next call.</summary>
    public ReadOnlySpan<byte> Message(long number)
    {
        Span<byte> message = _buffer.AsSpan(0, Length(number));
        ulong state = Mix((ulong)number ^ ((ulong)(uint)seed << 32));
        int at = 0;
        for (; at + sizeof(ulong) <= message.Length; at += sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(message[at..], state);
            state += 0x9E3779B97F4A7C15;
        }

        for (; at < message.Length; at++)
        {
            message[at] = (byte)(state >> (8 * (at & 7)));
        }

        if (message.Length >= HeaderLength)
        {
            BinaryPrimitives.WriteInt64LittleEndian(message, number);
            BinaryPrimitives.WriteUInt32LittleEndian(message[sizeof(long)..], Checksum(message[HeaderLength..]));
        }

        return message;
    }

    /// <summary>From one byte to the longest, as many of each order of magnitude; the longest ones are rare.</summary>
    public int Length(long number)
    {
        ulong random = Mix((ulong)number * 31 + (uint)seed);
        int bits = (int)(random % (uint)(BitOperations.Log2((uint)lengthMax) + 1));
        // Two draws for the size: the higher orders come less and less often.
        bits = Math.Min(bits, (int)((random >> 20) % (uint)(BitOperations.Log2((uint)lengthMax) + 1)));
        return Math.Clamp((1 << bits) + (int)((random >> 40) & ((1u << bits) - 1)), 1, lengthMax);
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (byte value in bytes)
        {
            sum = BitOperations.Crc32C(sum, value);
        }

        return sum;
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}

/// <summary>Offers a traffic's messages in order, as far as the publication takes them.</summary>
internal sealed class TrafficSource(Traffic traffic, Publication publication, long count)
{
    /// <summary>The next to offer.</summary>
    public long Next { get; private set; }

    public bool IsDone => Next == count;

    /// <summary>At most so many.</summary>
    public int Offer(int messagesMax)
    {
        int offered = 0;
        while (offered < messagesMax && Next < count)
        {
            long result = publication.Offer(traffic.Message(Next));
            if (result < 0)
            {
                Assert.That(result, Is.EqualTo(Publication.BackPressured).Or.EqualTo(Publication.AdminAction).Or.EqualTo(Publication.NotConnected));
                break;
            }

            Next++;
            offered++;
        }

        return offered;
    }
}

/// <summary>Takes messages and compares each, byte by byte, with what has to come.</summary>
internal sealed class TrafficSink
{
    private readonly Traffic _traffic;
    private readonly FragmentAssembler<Taker> _assembler;

    /// <param name="traffic">What the other side sends.</param>
    /// <param name="first">The number of the first that comes; null takes any first number.</param>
    public TrafficSink(Traffic traffic, long? first = 0)
    {
        _traffic = traffic;
        Next = first ?? -1;
        _assembler = new FragmentAssembler<Taker>(new Taker(this));
    }

    /// <summary>The number of the message that has to come next; −1 while any may.</summary>
    public long Next { get; private set; }

    public long Count { get; private set; }

    public int Poll(Subscription subscription, int fragmentLimit = 64) => subscription.Poll(_assembler, fragmentLimit);

    private void Take(ReadOnlySpan<byte> message)
    {
        if (Next < 0)
        {
            Next = message.Length >= sizeof(long)
                ? BinaryPrimitives.ReadInt64LittleEndian(message)
                : throw new InvalidOperationException("the first message is too short to say its number");
        }
        if (!message.SequenceEqual(_traffic.Message(Next)))
            Assert.Fail($"message {Next}, {_traffic.Length(Next)} bytes: another one of {message.Length} bytes came");
        Next++;
        Count++;
    }

    private readonly struct Taker(TrafficSink sink) : IFragmentHandler
    {
        public void OnFragment(ReadOnlySpan<byte> buffer, in Header header) => sink.Take(buffer);
    }
}
