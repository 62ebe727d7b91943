namespace OrderPlatform.Runtime.Links;

/// <summary>
/// The requests of an epoch that a gateway has not yet said to be done, encoded as they are sent: a ring of bytes with an index. A gateway that comes back gets
/// what it lacks from here. When it is full nothing more is taken: that holds back everybody who makes requests for this gateway.
/// </summary>
internal sealed class RetainedRequests
{
    private readonly byte[] _bytes;
    private readonly int[] _starts;
    private readonly int[] _lengths;
    private int _end;

    /// <param name="countMax">Requests, a power of two.</param>
    /// <param name="bytesMax">Their bytes.</param>
    public RetainedRequests(int countMax, int bytesMax)
    {
        _bytes = new byte[bytesMax];
        _starts = new int[countMax];
        _lengths = new int[countMax];
    }

    /// <summary>The number of the last request; 0 is none.</summary>
    public ulong Last { get; private set; }

    /// <summary>The last request that is done and forgotten.</summary>
    public ulong Done { get; private set; }

    /// <summary>How many are kept.</summary>
    public int Count => (int)(Last - Done);

    /// <summary>Room for one more request.</summary>
    /// <param name="lengthMax">How many bytes it may take.</param>
    /// <param name="room">Where it is written; then <see cref="Commit"/>.</param>
    /// <returns><c>false</c> if there is none.</returns>
    public bool TryClaim(int lengthMax, out Span<byte> room)
    {
        room = default;
        if (Count == _starts.Length)
        {
            return false;
        }

        if (Count == 0)
        {
            _end = 0;
        }

        int start = Count == 0 ? 0 : _starts[Index(Done + 1)];
        bool isWrapped = Count > 0 && _end <= start;
        if (!isWrapped && _bytes.Length - _end < lengthMax)
        {
            if (start < lengthMax)
            {
                return false;
            }

            // What is left at the end stays unused until the ring has gone round.
            _end = 0;
            isWrapped = true;
        }

        if (isWrapped && start - _end < lengthMax)
        {
            return false;
        }

        room = _bytes.AsSpan(_end, lengthMax);
        return true;
    }

    /// <summary>Keeps what was written into the room; its number is the next one.</summary>
    public void Commit(int length)
    {
        Last++;
        _starts[Index(Last)] = _end;
        _lengths[Index(Last)] = length;
        _end += length;
    }

    /// <summary>A request that is kept.</summary>
    public Span<byte> Get(ulong number) => _bytes.AsSpan(_starts[Index(number)], _lengths[Index(number)]);

    /// <summary>Requests up to this one are done.</summary>
    public void Forget(ulong number) => Done = Math.Min(Math.Max(Done, number), Last);

    private int Index(ulong number) => (int)(number & (ulong)(_starts.Length - 1));
}
