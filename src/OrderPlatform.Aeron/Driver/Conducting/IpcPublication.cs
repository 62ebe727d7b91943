using OrderPlatform.Aeron.Driver.Sending;
using OrderPlatform.Aeron.Driver.Subscribers;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>
/// A stream inside the machine: publisher and subscribers share one log, and the conductor alone moves the publisher's limit. It also clears
/// what every subscriber has read. The conductor's thread only. Source: aeron_ipc_publication.c of Aeron 1.52.
/// </summary>
internal sealed class IpcPublication : ISubscribable
{
    private readonly IpcPublicationParameters _parameters;
    private readonly UntetheredSubscribers _untethered;
    private readonly BlockedPublisher _blockedPublisher;
    private readonly ShownPosition _publisherLimit;
    private readonly UnsafeBuffer _metaData;
    private readonly LogCleaner _cleaner;
    private readonly int _tripGain;
    private long _consumerPosition;
    private long _tripLimit;
    private long _coolDownDeadlineNs;
    private int _referenceCount;

    public IpcPublication(IpcPublicationParameters parameters)
    {
        _parameters = parameters;
        _metaData = parameters.Log.MetaData;
        _cleaner = new LogCleaner(parameters.Log, parameters.StartPosition);
        _tripGain = parameters.TermWindowLength / 8;
        _consumerPosition = _tripLimit = parameters.StartPosition;
        _blockedPublisher = new BlockedPublisher(parameters.Log, parameters.UnblockTimeoutNs, parameters.NowNs);
        _untethered = new UntetheredSubscribers(
            Subscribers,
            parameters.SubscriberEvents,
            parameters.UntetheredWindowLimitTimeoutNs,
            parameters.UntetheredLingerTimeoutNs,
            parameters.UntetheredRestingTimeoutNs);
        parameters.PublisherPosition.SetRelease(parameters.StartPosition);
        _publisherLimit = new ShownPosition(parameters.PublisherLimit, parameters.StartPosition);
    }

    public PublicationState State { get; private set; }

    public long CorrelationId => _parameters.RegistrationId;

    public int SessionId => _parameters.SessionId;

    public int StreamId => _parameters.StreamId;

    public bool IsExclusive => _parameters.IsExclusive;

    public string LogPath => _parameters.Log.Path;

    public string SourceIdentity => "aeron:ipc";

    public SubscriberPositions Subscribers { get; } = new();

    public int PublisherLimitCounterId => _publisherLimit.Id;

    /// <summary>A subscriber has rejected it a short time ago: nobody reads it until the time is up.</summary>
    public bool IsCoolingDown { get; private set; }

    public bool IsAcceptingSubscriptions => !IsCoolingDown && (State == PublicationState.Active || (State == PublicationState.Draining && !IsDrained));

    public long JoinPosition
    {
        get
        {
            ReadConsumers(ProducerPosition, out long min, out _);
            return min;
        }
    }

    private long ProducerPosition => LogTail.ProducerPosition(_metaData, _parameters.Log.TermLength, _parameters.InitialTermId);

    private bool IsDrained
    {
        get
        {
            long producerPosition = ProducerPosition;
            Subscribers.MinMax(producerPosition, out long min, out _);
            return min >= producerPosition;
        }
    }

    public void AddSubscriber(SubscriberPosition subscriber, long nowNs)
    {
        subscriber.TimeOfLastUpdateNs = nowNs;
        Subscribers.Add(subscriber);
        _metaData.PutIntRelease(LogBufferDescriptor.IsConnectedOffset, 1);
    }

    public void RemoveSubscriber(SubscriberPosition subscriber)
    {
        // What this one had read counts as consumed: a stream without subscribers stands where the last one left it.
        _consumerPosition = Math.Max(_consumerPosition, Checked(subscriber.Position.Get(), ProducerPosition));
        Subscribers.Remove(subscriber);
        if (!Subscribers.IsEmpty)
            return;
        _metaData.PutIntRelease(LogBufferDescriptor.IsConnectedOffset, 0);
        if (State == PublicationState.Active)
            PullBackLimit();
    }

    public void IncRef() => _referenceCount++;

    /// <summary>A client has closed it; with the last one the stream ends where it is.</summary>
    public void DecRef()
    {
        if (--_referenceCount > 0 || State != PublicationState.Active)
            return;
        EndStream();
        State = PublicationState.Draining;
    }

    /// <summary>Ends the stream at once: subscribers are not let to read the rest.</summary>
    public void Revoke()
    {
        if (State is PublicationState.Linger or PublicationState.Done)
            return;
        EndStream();
        _metaData.PutByte(LogBufferDescriptor.IsPublicationRevokedOffset, 1);
        _metaData.PutIntRelease(LogBufferDescriptor.IsConnectedOffset, 0);
        State = PublicationState.Linger;
    }

    /// <summary>A subscriber rejects it: nobody is to read it for a while. The caller unlinks who does.</summary>
    public void Reject(long nowNs)
    {
        IsCoolingDown = true;
        _coolDownDeadlineNs = nowNs + _parameters.RejectCoolDownNs;
    }

    /// <summary>Each duty cycle: follows the subscribers, clears what they have read, lets the publisher on.</summary>
    public int UpdatePublisherPositionAndLimit()
    {
        if (State != PublicationState.Active)
            return 0;
        long producerPosition = ProducerPosition;
        _parameters.PublisherPosition.SetRelease(producerPosition);
        if (!Subscribers.HasActive)
        {
            PullBackLimit();
            return 0;
        }

        ReadConsumers(producerPosition, out long min, out long max);
        _consumerPosition = Math.Max(_consumerPosition, max);
        long proposedLimit = min + _parameters.TermWindowLength;
        if (proposedLimit <= _tripLimit)
            return 0;
        _cleaner.CleanTo(min);
        _publisherLimit.SetRelease(proposedLimit);
        _tripLimit = proposedLimit + _tripGain;
        return 1;
    }

    /// <summary>Each timer interval: blocked publishers, subscribers left behind, the way to the end.</summary>
    public PublicationState OnTimeEvent(long nowNs)
    {
        switch (State)
        {
            case PublicationState.Active:
                IsCoolingDown = IsCoolingDown && nowNs < _coolDownDeadlineNs;
                // An exclusive one claims for nobody but itself: what it has not committed yet holds up no other.
                if (!IsExclusive && _blockedPublisher.Check(ProducerPosition, _consumerPosition, nowNs))
                    _parameters.UnblockedPublications.Increment();
                long joinPosition = JoinPosition;
                _untethered.Check(nowNs, _consumerPosition - _parameters.TermWindowLength + _tripGain, joinPosition);
                if (!Subscribers.HasActive)
                    _metaData.PutIntRelease(LogBufferDescriptor.IsConnectedOffset, 0);
                break;

            case PublicationState.Draining:
                _parameters.PublisherPosition.SetRelease(ProducerPosition);
                if (IsDrained)
                {
                    _metaData.PutIntRelease(LogBufferDescriptor.IsConnectedOffset, 0);
                    State = PublicationState.Linger;
                }
                else
                {
                    ReadConsumers(ProducerPosition, out long min, out _);
                    if (_blockedPublisher.Unblock(min))
                        _parameters.UnblockedPublications.Increment();
                }

                break;

            case PublicationState.Linger:
                State = PublicationState.Done;
                break;
        }

        return State;
    }

    /// <summary>Nobody reads: nothing more is to be written.</summary>
    private void PullBackLimit()
    {
        if (_publisherLimit.GetPlain() > _consumerPosition)
            _publisherLimit.SetRelease(_consumerPosition);
        _tripLimit = _consumerPosition;
    }

    private void EndStream()
    {
        long producerPosition = ProducerPosition;
        if (_publisherLimit.GetPlain() > producerPosition)
            _publisherLimit.SetRelease(producerPosition);
        _metaData.PutLongRelease(LogBufferDescriptor.EndOfStreamPositionOffset, producerPosition);
    }

    /// <summary>Where the slowest and the quickest are. Clients write their positions themselves: they count as far as they can be.</summary>
    private void ReadConsumers(long producerPosition, out long min, out long max)
    {
        Subscribers.MinMax(_consumerPosition, out min, out max);
        min = Checked(min, producerPosition);
        max = Checked(max, producerPosition);
    }

    /// <summary>Not before what is cleared, not beyond what there is, and at a frame.</summary>
    private long Checked(long position, long producerPosition) =>
        Math.Max(_cleaner.Position, Math.Min(position, producerPosition) & -LogBufferDescriptor.FrameAlignment);
}
