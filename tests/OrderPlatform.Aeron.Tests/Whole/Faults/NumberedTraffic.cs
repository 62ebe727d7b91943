using System.Buffers.Binary;
using OrderPlatform.Aeron.Client;

namespace OrderPlatform.Aeron.Tests.Whole.Faults;

/// <summary>Offers messages that say whose they are and which: for streams that are joined late, mixed, or have losses.</summary>
internal sealed class NumberedSource(int publisher, Traffic traffic, Publication publication, long first = 0)
{
    public const int HeaderLength = sizeof(int) + sizeof(long);

    private readonly byte[] _header = new byte[HeaderLength];

    /// <summary>The number of the next message.</summary>
    public long Next { get; private set; } = first;

    /// <summary>How often there was no room.</summary>
    public long BackPressureCount { get; private set; }

    /// <summary>At most so many messages; returns how many there was room for.</summary>
    public int Offer(int messagesMax)
    {
        for (int offered = 0; offered < messagesMax; offered++)
        {
            if (!TryOffer())
                return offered;
        }

        return messagesMax;
    }

    private bool TryOffer()
    {
        BinaryPrimitives.WriteInt32LittleEndian(_header, publisher);
        BinaryPrimitives.WriteInt64LittleEndian(_header.AsSpan(sizeof(int)), Next);
        long result;
        do
        {
            result = publication.Offer(_header, traffic.Message(Next));
        }
        while (result == Publication.AdminAction);
        BackPressureCount += result == Publication.BackPressured ? 1 : 0;
        Next += result >= 0 ? 1 : 0;
        return result >= 0;
    }
}

/// <summary>Takes numbered messages of any number of publishers: each byte has to be right, and no number may come twice or late.</summary>
internal sealed class NumberedSink
{
    private readonly IReadOnlyList<Traffic> _traffics;
    private readonly Dictionary<int, long> _next = [];
    private readonly bool _isFirstOfEachAny;
    private readonly FragmentAssembler<Taker> _assembler;

    public NumberedSink(params Traffic[] traffics)
    {
        _traffics = traffics;
        _assembler = new FragmentAssembler<Taker>(new Taker(this));
    }

    /// <summary>One that begins anywhere in each publisher's messages; publishers may be added while it lives.</summary>
    public NumberedSink(List<Traffic> traffics)
    {
        _traffics = traffics;
        _isFirstOfEachAny = true;
        _assembler = new FragmentAssembler<Taker>(new Taker(this));
    }

    /// <summary>Numbers may be missing between; at the beginning too when <see cref="MayMissFirst"/>.</summary>
    public bool MayMiss { get; init; }

    /// <summary>The first message may be any, from then on none may miss: as after a late join. Set again by whoever joins again.</summary>
    public bool MayMissFirst { get; set; }

    public long Count { get; private set; }

    /// <summary>Numbers that never came.</summary>
    public long MissedCount { get; private set; }

    /// <summary>One more than the last number of a publisher.</summary>
    public long Next(int publisher = 0) => _next.GetValueOrDefault(publisher);

    public int Poll(Subscription subscription, int fragmentLimit = 64) => subscription.Poll(_assembler, fragmentLimit);

    public int Poll(Image image, int fragmentLimit = 64) => image.Poll(_assembler, fragmentLimit);

    private void Take(ReadOnlySpan<byte> message)
    {
        int publisher = BinaryPrimitives.ReadInt32LittleEndian(message);
        long number = BinaryPrimitives.ReadInt64LittleEndian(message[sizeof(int)..]);
        if (!_next.TryGetValue(publisher, out long next) && _isFirstOfEachAny)
            next = number;
        long missed = number - next;
        if (missed < 0)
            Assert.Fail($"message {number} of publisher {publisher} comes again: {next} is next");
        if (missed > 0 && !MayMiss && !MayMissFirst)
            Assert.Fail($"message {number} of publisher {publisher} comes, and {next} never did");
        if (!message[NumberedSource.HeaderLength..].SequenceEqual(_traffics[publisher].Message(number)))
            Assert.Fail($"message {number} of publisher {publisher} has other bytes or another length: {message.Length}");
        MayMissFirst = false;
        MissedCount += missed;
        _next[publisher] = number + 1;
        Count++;
    }

    private readonly struct Taker(NumberedSink sink) : IFragmentHandler
    {
        public void OnFragment(ReadOnlySpan<byte> buffer, in Header header) => sink.Take(buffer);
    }
}
