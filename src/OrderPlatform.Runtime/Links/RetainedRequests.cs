namespace OrderPlatform.Runtime.Links;

/// <summary>What is known of a request besides its message.</summary>
/// <param name="InputSequence">The input that caused it; 0 where none did.</param>
/// <param name="OutputIndex">Its number among the outputs of that input.</param>
/// <param name="MarketNumber">Of a market event; else 0.</param>
internal readonly record struct RequestCause(long InputSequence, ushort OutputIndex, ulong MarketNumber);

/// <summary>
/// The requests of an epoch that a gateway has not yet said to be done: a ring of their bytes with an index. A gateway that comes back gets
/// what it lacks from here. When it is full nothing more is taken: that holds back everybody who makes requests for this gateway.
/// </summary>
internal sealed class RetainedRequests
{
    private readonly byte[] _bytes;
    private readonly int[] _starts;
    private readonly int[] _lengths;
    private readonly RequestCause[] _causes;
    private int _end;

    /// <param name="countMax">Requests, a power of two.</param>
    /// <param name="bytesMax">Their bytes.</param>
    public RetainedRequests(int countMax, int bytesMax)
    {
        _bytes = new byte[bytesMax];
        _starts = new int[countMax];
        _lengths = new int[countMax];
        _causes = new RequestCause[countMax];
    }

    /// <summary>The number of the last request; 0 is none.</summary>
    public ulong Last { get; private set; }

    /// <summary>The last request that is done and forgotten.</summary>
    public ulong Done { get; private set; }

    /// <summary>How many are kept.</summary>
    public int Count => (int)(Last - Done);

    /// <summary>Whether a request of that length can be kept.</summary>
    public bool HasRoom(int length) => TryPlace(length, out _);

    /// <summary>Keeps a request; its number is the next one.</summary>
    /// <exception cref="InvalidOperationException">There is no room.</exception>
    public void Add(in RequestCause cause, ReadOnlySpan<byte> message)
    {
        if (!TryPlace(message.Length, out int start))
        {
            throw new InvalidOperationException("there is no room for the request: HasRoom says when there is");
        }

        message.CopyTo(_bytes.AsSpan(start));
        Last++;
        int index = Index(Last);
        _starts[index] = start;
        _lengths[index] = message.Length;
        _causes[index] = cause;
        _end = start + message.Length;
    }

    /// <summary>A request that is kept.</summary>
    public ReadOnlySpan<byte> Get(ulong number) => _bytes.AsSpan(_starts[Index(number)], _lengths[Index(number)]);

    /// <summary>What is known of it.</summary>
    public ref RequestCause Cause(ulong number) => ref _causes[Index(number)];

    /// <summary>Requests up to this one are done.</summary>
    public void Forget(ulong number) => Done = Math.Min(Math.Max(Done, number), Last);

    private bool TryPlace(int length, out int start)
    {
        start = 0;
        if (Count == _starts.Length)
        {
            return false;
        }

        if (Count == 0)
        {
            return length <= _bytes.Length;
        }

        // Behind the newest; where that does not fit, what is left there stays unused until the ring has gone round.
        int oldest = _starts[Index(Done + 1)];
        start = _end > oldest && _bytes.Length - _end < length ? 0 : _end;
        int room = start > oldest ? _bytes.Length - start : oldest - start;
        return length <= room;
    }

    private int Index(ulong number) => (int)(number & (ulong)(_starts.Length - 1));
}
