using OrderPlatform.Aeron.CommandAndControl.Counters;

namespace OrderPlatform.Aeron.Driver.Sending.FlowControl;

/// <summary>
/// The slowest receiver of a group sets the limit; with a tag, the slowest of those that carry it. A receiver counts until it is silent for
/// the timeout, or says that it is finished. Source: aeron_min_flow_control.c of Aeron 1.52.
/// </summary>
internal sealed class MinFlowControl : IFlowControl
{
    private const long NoHold = -1;

    private readonly RetransmitLimit _retransmitLimit;
    private readonly long _receiverTimeoutNs;
    private readonly long? _groupTag;
    private readonly int _groupMinSize;
    private readonly int _receiversMax;
    private readonly AtomicCounter? _receiverCount;
    private Receiver[] _receivers = new Receiver[4];
    private int _count;
    private volatile bool _hasRequiredReceivers;
    private bool _isSetupElicited;
    private long _heldLimit = NoHold;
    private long _timeOfLastSetupNs;

    /// <param name="options">Group size, tag and timeout.</param>
    /// <param name="isTagged">Only receivers with the options' tag count.</param>
    /// <param name="retransmitLimit">Bounds retransmits.</param>
    /// <param name="receiversMax">Further receivers are not admitted.</param>
    /// <param name="receiverCount">Says how many receivers there are.</param>
    public MinFlowControl(FlowControlOptions options, bool isTagged, RetransmitLimit retransmitLimit, int receiversMax, AtomicCounter? receiverCount)
    {
        _receiverTimeoutNs = options.ReceiverTimeoutNs;
        _groupTag = isTagged ? options.GroupTag : null;
        _groupMinSize = options.GroupMinSize;
        _retransmitLimit = retransmitLimit;
        _receiversMax = receiversMax;
        _receiverCount = receiverCount;
        OnCountChanged();
    }

    public bool HasRequiredReceivers => _hasRequiredReceivers;

    public long OnStatusMessage(in StatusMessage statusMessage, long senderLimit, long nowNs)
    {
        long min = HeldLimit(nowNs);
        bool matches = Matches(statusMessage);
        bool isKnown = false;
        Span<Receiver> receivers = _receivers.AsSpan(0, _count);
        foreach (ref Receiver receiver in receivers)
        {
            if (matches && receiver.Id == statusMessage.ReceiverId)
            {
                receiver.WindowEdge = statusMessage.WindowEdge;
                receiver.TimeOfLastStatusMessageNs = nowNs;
                receiver.IsFinished = statusMessage.IsEndOfStream;
                isKnown = true;
            }

            min = Math.Min(min, receiver.WindowEdge);
        }

        if (!isKnown && matches && !statusMessage.IsEndOfStream && IsNearEnough(statusMessage, min))
        {
            Admit(statusMessage, nowNs);
            min = Math.Min(min, statusMessage.WindowEdge);
        }

        if (_count < _groupMinSize)
            return senderLimit;
        return Math.Max(senderLimit, _count == 0 ? statusMessage.WindowEdge : min);
    }

    public void OnSetupElicited(in StatusMessage statusMessage) => _isSetupElicited |= Matches(statusMessage);

    public void OnSetup(long senderLimit, long nowNs)
    {
        // Whoever asked for the SETUP joins here: the others may not run away from it before its first status message.
        if (_isSetupElicited && _count > 0)
        {
            _timeOfLastSetupNs = nowNs;
            _heldLimit = senderLimit;
        }

        _isSetupElicited = false;
    }

    public void OnError(long receiverId)
    {
        foreach (ref Receiver receiver in _receivers.AsSpan(0, _count))
        {
            if (receiver.Id == receiverId)
                receiver.IsFinished = true;
        }
    }

    public long OnIdle(long senderLimit, long nowNs)
    {
        long min = HeldLimit(nowNs);
        int countBefore = _count;
        for (int index = _count - 1; index >= 0; index--)
        {
            ref Receiver receiver = ref _receivers[index];
            if (receiver.IsFinished || nowNs - receiver.TimeOfLastStatusMessageNs > _receiverTimeoutNs)
                receiver = _receivers[--_count];
            else
                min = Math.Min(min, receiver.WindowEdge);
        }

        if (_count != countBefore)
            OnCountChanged();
        return _count == 0 || _count < _groupMinSize ? senderLimit : min;
    }

    public int MaxRetransmitLength(int termOffset, int nakLengthBytes, int termLength) => _retransmitLimit.Of(termOffset, nakLengthBytes, termLength);

    private bool Matches(in StatusMessage statusMessage) => _groupTag is not { } tag || statusMessage.GroupTag == tag;

    /// <summary>A receiver more than its window behind would hold back the others for data that it cannot get any more.</summary>
    private bool IsNearEnough(in StatusMessage statusMessage, long min) =>
        _count < _receiversMax && (_count == 0 || statusMessage.WindowEdge >= min - statusMessage.WindowLength);

    private void Admit(in StatusMessage statusMessage, long nowNs)
    {
        if (_count == _receivers.Length)
            Array.Resize(ref _receivers, Math.Min(_count * 2, _receiversMax));
        _receivers[_count++] = new Receiver
        {
            Id = statusMessage.ReceiverId,
            WindowEdge = statusMessage.WindowEdge,
            TimeOfLastStatusMessageNs = nowNs,
        };
        _heldLimit = NoHold;
        OnCountChanged();
    }

    private void OnCountChanged()
    {
        _hasRequiredReceivers = _count >= _groupMinSize;
        _receiverCount?.SetRelease(_count);
    }

    private long HeldLimit(long nowNs)
    {
        if (_heldLimit != NoHold && nowNs - _timeOfLastSetupNs > _receiverTimeoutNs)
            _heldLimit = NoHold;
        return _heldLimit == NoHold ? long.MaxValue : _heldLimit;
    }

    private struct Receiver
    {
        public long Id;
        public long WindowEdge;
        public long TimeOfLastStatusMessageNs;
        public bool IsFinished;
    }
}
