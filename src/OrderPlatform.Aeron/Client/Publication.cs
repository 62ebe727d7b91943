using OrderPlatform.Aeron.LogBuffers;

namespace OrderPlatform.Aeron.Client;

/// <summary>
/// Sends messages to a stream. What cannot be sent now is a result and not an exception: <see cref="NotConnected"/>, <see cref="BackPressured"/> and
/// <see cref="AdminAction"/> are worth another try, <see cref="Closed"/> and <see cref="MaxPositionExceeded"/> are the end. All members can be used
/// after the publication or its client was closed: they return <see cref="Closed"/>, zero or false then.
/// </summary>
public abstract unsafe class Publication : IDisposable, ILogUser
{
    /// <summary>Nobody listens; somebody may come.</summary>
    public const long NotConnected = OfferResult.NotConnected;

    /// <summary>The receivers have no room now: try again.</summary>
    public const long BackPressured = OfferResult.BackPressured;

    /// <summary>A term ended and the next is made ready: try again at once.</summary>
    public const long AdminAction = OfferResult.AdminAction;

    /// <summary>The publication is closed.</summary>
    public const long Closed = OfferResult.Closed;

    /// <summary>The stream is at the greatest position there is: close it and add a new one, with longer terms if possible.</summary>
    public const long MaxPositionExceeded = OfferResult.MaxPositionExceeded;

    private readonly ClientConductor _conductor;
    private readonly LogPointers _log;
    private int _accesses;
    private volatile bool _isClosed;

    private protected Publication(ClientConductor conductor, in PublicationSetup setup, ClaimCount claims)
    {
        _conductor = conductor;
        Cnc = conductor.Cnc;
        SharedLog = setup.Log;
        Claims = claims;
        _log = new LogPointers(setup.Log.Log);
        PositionLimitAddress = Cnc.ValueAddress(setup.PositionLimitId);
        Channel = setup.Channel;
        StreamId = setup.StreamId;
        SessionId = setup.SessionId;
        RegistrationId = setup.RegistrationId;
        OriginalRegistrationId = setup.OriginalRegistrationId;
        PositionLimitId = setup.PositionLimitId;
        ChannelStatusId = setup.ChannelStatusId;
    }

    public string Channel { get; }

    public int StreamId { get; }

    /// <summary>Names the publication among those of the stream.</summary>
    public int SessionId { get; }

    /// <summary>The command that added it.</summary>
    public long RegistrationId { get; }

    /// <summary>The command that first added the publication that this one shares.</summary>
    public long OriginalRegistrationId { get; }

    /// <summary>True if this one was the first.</summary>
    public bool IsOriginal => RegistrationId == OriginalRegistrationId;

    /// <summary>The first term's id.</summary>
    public int InitialTermId => _log.InitialTermId;

    public int TermBufferLength => _log.TermLength;

    /// <summary>log2 of the term length.</summary>
    public int PositionBitsToShift => _log.PositionBitsToShift;

    /// <summary>The longest message, in bytes.</summary>
    public int MaxMessageLength => _log.MaxMessageLength;

    /// <summary>The longest message that is not cut, and the longest claim, in bytes.</summary>
    public int MaxPayloadLength => _log.MaxPayloadLength;

    public long MaxPossiblePosition => _log.MaxPossiblePosition;

    /// <summary>The counter that says up to where may be written.</summary>
    public int PositionLimitId { get; }

    /// <summary>The counter that has the channel's status; -1 for IPC.</summary>
    public int ChannelStatusId { get; }

    public ChannelStatus ChannelStatus => _conductor.StatusOfChannel(ChannelStatusId, _isClosed);

    public bool IsClosed => _isClosed;

    /// <summary>True if somebody listened within the driver's connection timeout.</summary>
    public bool IsConnected
    {
        get
        {
            if (!TryEnter())
                return false;
            bool isConnected = _log.MetaDataBuffer.GetIntVolatile(LogBufferDescriptor.IsConnectedOffset) == 1;
            Leave();
            return isConnected;
        }
    }

    /// <summary>Where the next message begins.</summary>
    public abstract long Position { get; }

    /// <summary>Nothing is begun at or beyond this position.</summary>
    public long PositionLimit => _isClosed ? Closed : Limit();

    /// <summary>How many bytes may be written now.</summary>
    public long AvailableWindow
    {
        get
        {
            long position = Position;
            long limit = PositionLimit;
            return position < 0 || limit < 0 ? Closed : limit - position;
        }
    }

    /// <inheritdoc/>
    bool ILogUser.IsUsingLog => Volatile.Read(ref _accesses) != 0 || !Claims.IsZero || IsWriting;

    internal SharedLog SharedLog { get; }

    private protected CncConnection Cnc { get; }

    private protected ClaimCount Claims { get; }

    private protected long* PositionLimitAddress { get; }

    /// <summary>True if a thread is in an offer or a claim.</summary>
    private protected abstract bool IsWriting { get; }

    /// <summary>Sends a message.</summary>
    /// <returns>The stream's position behind the message, or one of the negative results.</returns>
    /// <exception cref="ArgumentException">It is longer than <see cref="MaxMessageLength"/>.</exception>
    public abstract long Offer(ReadOnlySpan<byte> message);

    /// <summary>Sends a message whose frames get reserved values.</summary>
    /// <inheritdoc cref="Offer(ReadOnlySpan{byte})"/>
    public long Offer(ReadOnlySpan<byte> message, ReservedValueSupplier? supplier) => Offer(message, default, supplier);

    /// <summary>Sends a message that is in two places.</summary>
    /// <inheritdoc cref="Offer(ReadOnlySpan{byte})"/>
    public abstract long Offer(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReservedValueSupplier? supplier = null);

    /// <summary>Claims room in the stream, for a message that is written there: commit or abort the claim soon.</summary>
    /// <param name="length">Bytes of the message.</param>
    /// <param name="claim">Is open after a positive result.</param>
    /// <returns>As an offer.</returns>
    /// <exception cref="ArgumentException">The length is more than <see cref="MaxPayloadLength"/> or negative.</exception>
    /// <exception cref="InvalidOperationException">The claim is open already.</exception>
    public abstract long TryClaim(int length, BufferClaim claim);

    /// <summary>Adds a destination to a publication with <c>control-mode=manual</c>, and waits for the driver.</summary>
    /// <returns>The id by which it can be removed.</returns>
    /// <exception cref="RegistrationException">The driver refuses.</exception>
    public long AddDestination(string endpointChannel) => _conductor.AddDestination(RegistrationId, endpointChannel, isAwaited: true);

    /// <summary>As <see cref="AddDestination"/>, without waiting: ask <see cref="Aeron.IsCommandActive"/>.</summary>
    public long AsyncAddDestination(string endpointChannel) => _conductor.AddDestination(RegistrationId, endpointChannel, isAwaited: false);

    /// <summary>Takes a destination away, and waits for the driver.</summary>
    /// <exception cref="RegistrationException">The driver refuses.</exception>
    public void RemoveDestination(string endpointChannel) => _conductor.RemoveDestination(RegistrationId, endpointChannel);

    /// <summary>Takes a destination away by what <see cref="AddDestination"/> returned.</summary>
    /// <inheritdoc cref="RemoveDestination(string)" path="/exception"/>
    public void RemoveDestination(long destinationRegistrationId) => _conductor.RemoveDestination(RegistrationId, destinationRegistrationId);

    /// <summary>The addresses that the channel's socket is bound to.</summary>
    public IReadOnlyList<string> LocalSocketAddresses() => _conductor.LocalSocketAddresses(ChannelStatusId, ChannelStatus);

    /// <summary>Closes it; what was offered is still sent. Again: nothing.</summary>
    public void Dispose()
    {
        _conductor.Close(this, revoke: false);
        GC.SuppressFinalize(this);
    }

    private protected void CloseAndRevoke() => _conductor.Close(this, revoke: true);

    internal void MarkClosed() => _isClosed = true;

    private protected long Limit()
    {
        long limit = Volatile.Read(ref *PositionLimitAddress);
        GC.KeepAlive(this);
        return limit;
    }

    private protected bool TryEnter()
    {
        Interlocked.Increment(ref _accesses);
        if (!_isClosed)
            return true;
        Interlocked.Decrement(ref _accesses);
        return false;
    }

    private protected void Leave() => Interlocked.Decrement(ref _accesses);

    private protected void CheckMessageLength(int length) => _log.CheckMessageLength(length);
}

/// <summary>What a driver says of a new publication.</summary>
internal readonly record struct PublicationSetup(
    SharedLog Log,
    string Channel,
    int StreamId,
    int SessionId,
    long RegistrationId,
    long OriginalRegistrationId,
    int PositionLimitId,
    int ChannelStatusId);
