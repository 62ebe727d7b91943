using System.Text;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Subscribers;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Receiving;

// The members that the conductor's thread calls.
internal sealed unsafe partial class PublicationImage
{
    /// <summary>Status messages with EOS go out for that many of their timeouts.</summary>
    private const int EndOfStreamStatusMessages = 5;

    private readonly AtomicCounter _rebuildPositionCounter;
    private readonly LossDetector _lossDetector;
    private readonly ILossReport? _lossReport;
    private readonly UntetheredSubscribers _untethered;
    private readonly LogCleaner _cleaner;
    private readonly int _frameLengthMax;
    private long _nextStatusMessagePosition;
    private int _nextWindowLength;
    private long _timeOfLastStateChangeNs;

    public ImageState State { get; private set; } = ImageState.Active;

    /// <summary>Who reads it; added and removed by the members of the image.</summary>
    public SubscriberPositions Subscribers { get; } = new();

    /// <summary>Where a subscriber joins now: where the slowest is, so that nothing is cleaned under the new one.</summary>
    public long JoinPosition
    {
        get
        {
            long rebuildPosition = RebuildPosition;
            Subscribers.MinMax(rebuildPosition, out long min, out _);
            return Math.Clamp(min, _nextStatusMessagePosition, rebuildPosition);
        }
    }

    /// <summary>A subscription reads from now on.</summary>
    public void AddSubscriber(SubscriberPosition subscriber, long nowNs)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        subscriber.TimeOfLastUpdateNs = nowNs;
        Subscribers.Add(subscriber);
    }

    /// <summary>A subscription reads no more.</summary>
    public void RemoveSubscriber(SubscriberPosition subscriber) => Subscribers.Remove(subscriber);

    /// <summary>Each duty cycle: follows what has become complete and what was read, finds losses, schedules status messages.</summary>
    public int TrackRebuild(long nowNs)
    {
        if (!Subscribers.HasActive || _isRevoked || State > ImageState.Draining)
            return 0;

        long rebuildPosition = _rebuildPosition;
        long newRebuildPosition = _lossDetector.Scan(
            Term(rebuildPosition), rebuildPosition, HighWaterMark, InitialTermId, nowNs, out bool isNewLoss, out LossGap due);
        int workCount = 0;
        if (newRebuildPosition > rebuildPosition)
        {
            Volatile.Write(ref _rebuildPosition, newRebuildPosition);
            _rebuildPositionCounter.SetRelease(newRebuildPosition);
            workCount++;
        }

        if (due.LengthBytes > 0)
        {
            _pendingLoss.Publish(due);
            _lossReport?.Record(due.LengthBytes, _context.Clock.EpochMillis);
            workCount++;
        }

        return workCount + ScheduleStatusMessage(nowNs, newRebuildPosition, isNewLoss);
    }

    /// <summary>By the timer: whether the image goes on living.</summary>
    public ImageState OnTimeEvent(long nowNs)
    {
        switch (State)
        {
            case ImageState.Active:
                OnTimeEventWhileActive(nowNs);
                break;

            case ImageState.Draining:
                // A revoked stream is not read to its end.
                bool isToldLongEnough = nowNs - _timeOfLastStateChangeNs > EndOfStreamStatusMessages * _context.StatusMessageTimeoutNs;
                if (_isRevoked || (isToldLongEnough && IsDrained()))
                    ChangeState(ImageState.Linger, nowNs);
                break;

            case ImageState.Linger:
                if (Subscribers.IsEmpty || nowNs - _timeOfLastStateChangeNs > _context.ImageLivenessTimeoutNs)
                    ChangeState(ImageState.Done, nowNs);
                break;
        }

        return State;
    }

    /// <summary>The application refuses the stream: its publisher is told, and nothing more is taken.</summary>
    public void Reject(string reason)
    {
        byte[] text = Encoding.UTF8.GetBytes(reason);
        int length = Math.Min(text.Length, ErrorFrame.TextMaxBytes);
        while (length < text.Length && length > 0 && (text[length] & 0xC0) == 0x80)
            length--;
        if (_rejection is null)
            _systemCounters[SystemCounterId.ImagesRejected].Increment();
        _rejection = text[..length];
    }

    /// <summary>The publisher is told that this session answers it, until the answer is connected.</summary>
    public void SetResponseSessionId(int responseSessionId) => Volatile.Write(ref _responseSessionId, responseSessionId);

    /// <summary>The answer is connected.</summary>
    public void RemoveResponseSessionId() => Volatile.Write(ref _responseSessionId, NoResponseSessionId);

    private int ScheduleStatusMessage(long nowNs, long rebuildPosition, bool isNewLoss)
    {
        Subscribers.MinMax(rebuildPosition, out long consumed, out _);
        // A client writes its position itself: nothing beyond what is complete can have been read, nothing read becomes unread.
        consumed = Math.Clamp(consumed, _nextStatusMessagePosition, rebuildPosition);
        int window = _congestionControl.OnTrackRebuild(nowNs, consumed, _nextStatusMessagePosition, isNewLoss, out bool isForced);
        // The reference waits for a quarter of the window. In a small one the next frame may not have room in what is left then, and nobody would move.
        int unannounced = Math.Clamp(window - _frameLengthMax, 0, window / 4);
        if (!isForced && consumed <= _nextStatusMessagePosition + unannounced && window == _nextWindowLength)
            return 0;
        CleanTo(consumed - TermLength);
        _nextStatusMessagePosition = consumed;
        _nextWindowLength = window;
        _pendingStatusMessage.Publish(consumed, window);
        return 1;
    }

    /// <summary>
    /// Empties what all have read, a term's length behind them. The receiver writes at most half a term beyond the last status message, whose place
    /// in memory was last used three terms earlier: always behind what is clean.
    /// </summary>
    private void CleanTo(long position)
    {
        while (_cleaner.Position < position)
        {
            _cleaner.CleanTo(position);
        }
    }

    private void OnTimeEventWhileActive(long nowNs)
    {
        if (_isRevoked)
        {
            _isSendingEndOfStream = true;
            ChangeState(ImageState.Linger, nowNs);
            return;
        }

        bool isSilent = nowNs - Volatile.Read(ref _timeOfLastPacketNs) > _context.ImageLivenessTimeoutNs;
        bool isComplete = _isEndOfStream && _rebuildPosition >= HighWaterMark;
        if (!Subscribers.HasActive || isSilent || isComplete)
        {
            _isSendingEndOfStream = true;
            ChangeState(ImageState.Draining, nowNs);
        }

        CheckUntethered(nowNs);
    }

    private void CheckUntethered(long nowNs)
    {
        long greatest = 0;
        bool hasUntethered = false;
        foreach (SubscriberPosition subscriber in Subscribers.All)
        {
            if (subscriber.IsTether)
                greatest = Math.Max(greatest, subscriber.Position.Get());
            else
                hasUntethered = true;
        }

        if (!hasUntethered)
            return;
        // A status message may be a quarter of the window behind the slowest, and the publisher stops where its next frame does not fit: whoever
        // holds the stream back is at most that much before the end of the window. One that has read as far as the greatest never does.
        long limit = greatest - _nextWindowLength + (_nextWindowLength / 4) + MtuLength;
        _untethered.Check(nowNs, Math.Min(limit, greatest - 1), JoinPosition);
    }

    private bool IsDrained()
    {
        Subscribers.MinMax(_rebuildPosition, out long min, out _);
        return min >= _rebuildPosition;
    }

    private void ChangeState(ImageState state, long nowNs)
    {
        State = state;
        _timeOfLastStateChangeNs = nowNs;
    }
}
