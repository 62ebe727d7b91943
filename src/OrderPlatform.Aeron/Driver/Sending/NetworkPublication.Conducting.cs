using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Subscribers;
using OrderPlatform.Aeron.LogBuffers;

namespace OrderPlatform.Aeron.Driver.Sending;

/// <summary>The conductor's part: room for the writers, spies, the end. The conductor's thread only.</summary>
internal sealed partial class NetworkPublication
{
    private const long NotAligned = LogBufferDescriptor.FrameAlignment - 1;

    private readonly int _windowLength;
    private readonly long _lingerTimeoutNs;
    private readonly AtomicCounter _unblockedPublications;
    private readonly AtomicCounter _publicationsRevoked;
    private readonly LogCleaner _cleaner;
    private readonly BlockedPublisher _blockedPublisher;
    private readonly UntetheredSubscribers _untetheredSpies;
    private long _timeOfLastActivityNs;
    private bool _isConnected;

    /// <summary>What <see cref="OnTimeEvent"/> returned last.</summary>
    public PublicationState State { get; private set; }

    /// <summary>The spies; added and removed by <see cref="AddSpy"/> and <see cref="RemoveSpy"/>.</summary>
    public SubscriberPositions Spies { get; } = new();

    /// <summary>As the log's metadata says to the writers.</summary>
    public bool IsConnected => _isConnected;

    /// <summary>Where a spy that comes now begins.</summary>
    public long SpyJoinPosition => ConsumerPosition;

    /// <summary>How far the writers are: claimed, not necessarily committed.</summary>
    public long ProducerPosition => LogTail.ProducerPosition(_log.MetaData, _termLength, _initialTermId);

    /// <summary>A spy may still join.</summary>
    public bool IsAcceptingSubscriptions =>
        State == PublicationState.Active || (State == PublicationState.Draining && Spies.HasActive && ProducerPosition > ConsumerPosition);

    private bool HasSubscribers => (_hasReceivers && _flowControl.HasRequiredReceivers) || (_spiesSimulateConnection && Spies.HasActive);

    public void AddSpy(SubscriberPosition spy)
    {
        Spies.Add(spy);
        _hasSpies = Spies.HasActive;
        UpdateConnected();
    }

    public void RemoveSpy(SubscriberPosition spy)
    {
        Spies.Remove(spy);
        _hasSpies = Spies.HasActive;
        UpdateConnected();
    }

    /// <summary>Gives the writers room, as far as the sender and the spies are; called in every cycle.</summary>
    /// <returns>One if the limit was moved, the log cleaned, or a spy seen further on than any before.</returns>
    public int UpdatePublisherPositionAndLimit()
    {
        if (State != PublicationState.Active)
            return 0;
        long producerPosition = ProducerPosition;
        long senderPosition = ConsumerPosition;
        if (_publisherPosition.GetPlain() != producerPosition)
            _publisherPosition.SetRelease(producerPosition);
        UpdateConnected();
        long limit = _publisherLimit.GetPlain();
        if (!HasSubscribers)
        {
            if (limit <= senderPosition)
                return 0;
            _publisherLimit.SetRelease(senderPosition);
            _cleaner.CleanTo(senderPosition - _termLength);
            return 1;
        }

        long spiedBefore = _maxSpyPosition;
        long consumerPosition = MinConsumerPosition(senderPosition, producerPosition);
        long newLimit = consumerPosition + _windowLength;
        if (newLimit <= limit)
            return _maxSpyPosition > spiedBefore ? 1 : 0;
        _cleaner.CleanTo(consumerPosition - _termLength);
        if (_cleaner.Allows(newLimit))
            _publisherLimit.SetRelease(newLimit);
        return 1;
    }

    /// <summary>The conductor's timer, about once a second.</summary>
    /// <returns>
    /// The state afterwards. With <see cref="PublicationState.Linger"/> for the first time the conductor takes the spies away and tells them; with
    /// <see cref="PublicationState.Done"/> it has the sender remove the publication, and frees log and counters after that.
    /// </returns>
    public PublicationState OnTimeEvent(long nowNs)
    {
        switch (State)
        {
            case PublicationState.Active:
                OnTimeEventWhenActive(nowNs);
                break;

            case PublicationState.Draining:
                OnTimeEventWhenDraining(nowNs);
                break;

            case PublicationState.Linger:
                if (_hasReceivedUnicastEndOfStream || nowNs - _timeOfLastActivityNs > _lingerTimeoutNs)
                    State = PublicationState.Done;
                break;
        }

        return State;
    }

    /// <summary>The last client is gone.</summary>
    public void BeginClose(long nowNs)
    {
        if (State != PublicationState.Active)
            return;
        _timeOfLastActivityNs = nowNs;
        long producerPosition = EndStream();
        if (ConsumerPosition >= producerPosition)
            _isEndOfStream = true;
        State = PublicationState.Draining;
    }

    /// <summary>The last client is gone and wants nothing more of the stream to be delivered; instead of <see cref="BeginClose"/>.</summary>
    public void Revoke(long nowNs)
    {
        if (State != PublicationState.Active)
            return;
        _timeOfLastActivityNs = nowNs;
        _log.MetaData.PutByte(LogBufferDescriptor.IsPublicationRevokedOffset, 1);
        EndStream();
        _isRevoked = true;
        _isEndOfStream = true;
        SetConnected(false);
        _publicationsRevoked.AddRelease(1);
        State = PublicationState.Linger;
    }

    private long EndStream()
    {
        long producerPosition = ProducerPosition;
        _publisherPosition.SetRelease(producerPosition);
        _publisherLimit.SetRelease(producerPosition);
        _log.MetaData.PutLongRelease(LogBufferDescriptor.EndOfStreamPositionOffset, producerPosition);
        return producerPosition;
    }

    private void OnTimeEventWhenActive(long nowNs)
    {
        long senderPosition = ConsumerPosition;
        _untetheredSpies.Check(nowNs, senderPosition - _windowLength + (_windowLength / 4), senderPosition);
        _hasSpies = Spies.HasActive;
        UpdateConnected();
        long producerPosition = ProducerPosition;
        _publisherPosition.SetRelease(producerPosition);
        if (!IsExclusive && _blockedPublisher.Check(producerPosition, senderPosition, nowNs))
            _unblockedPublications.Increment();
    }

    private void OnTimeEventWhenDraining(long nowNs)
    {
        long producerPosition = ProducerPosition;
        long senderPosition = ConsumerPosition;
        _publisherPosition.SetRelease(producerPosition);
        if (producerPosition > senderPosition)
        {
            // Nobody commits any more: what is claimed and not committed now never will be.
            if (_blockedPublisher.Unblock(senderPosition))
            {
                _unblockedPublications.Increment();
                return;
            }

            if (_hasReceivers)
                return;
        }
        else
        {
            _isEndOfStream = true;
        }

        if (!HaveSpiesFinished(producerPosition))
            return;
        _timeOfLastActivityNs = nowNs;
        State = PublicationState.Linger;
    }

    private bool HaveSpiesFinished(long endPosition)
    {
        foreach (SubscriberPosition spy in Spies.All)
        {
            if (spy.State == SubscriberPosition.TetherState.Active && spy.Position.Get() < endPosition)
                return false;
        }

        return true;
    }

    /// <summary>The position of the slowest. Spies write theirs themselves: it counts rounded down to a frame, and not beyond what there is.</summary>
    private long MinConsumerPosition(long senderPosition, long producerPosition)
    {
        if (Spies.IsEmpty)
            return senderPosition;
        Spies.MinMax(senderPosition, out long min, out long max);
        long furthest = Math.Min(max, producerPosition) & ~NotAligned;
        if (furthest > _maxSpyPosition)
            Volatile.Write(ref _maxSpyPosition, furthest);
        return Math.Min(senderPosition, min & ~NotAligned);
    }

    private void UpdateConnected() => SetConnected(HasSubscribers && !_isRevoked);

    private void SetConnected(bool isConnected)
    {
        if (_isConnected == isConnected)
            return;
        _isConnected = isConnected;
        _log.MetaData.PutIntRelease(LogBufferDescriptor.IsConnectedOffset, isConnected ? 1 : 0);
    }
}
