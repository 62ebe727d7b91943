using OrderPlatform.Aeron.CommandAndControl.Counters;

namespace OrderPlatform.Aeron.Driver.Sending;

/// <summary>
/// Decides which NAKs are answered: after an answer its range lingers, and a NAK that begins inside is not answered again, because the answer
/// is still on its way. Unicast has one range at a time; a group has a pool of them. The sender's thread.
/// Source: aeron_retransmit_handler.c of Aeron 1.52.
/// </summary>
/// <param name="sender">Sends.</param>
/// <param name="hasGroupSemantics">There may be several receivers.</param>
/// <param name="maxResend">Ranges of a group at a time.</param>
/// <param name="delayNs">How long a NAK waits.</param>
/// <param name="lingerNs">How long a range lingers.</param>
/// <param name="overflows">Counts NAKs that the pool had no room for.</param>
internal sealed class RetransmitHandler(
    IRetransmitSender sender, bool hasGroupSemantics, int maxResend, long delayNs, long lingerNs, AtomicCounter overflows)
{
    private readonly Retransmit[] _retransmits = new Retransmit[hasGroupSemantics ? maxResend : 1];
    private int _activeCount;

    private enum RetransmitState
    {
        Inactive,
        Delayed,
        Lingering,
    }

    /// <summary>A NAK for bytes that the publication has and that it may send again.</summary>
    public void OnNak(int termId, int termOffset, int lengthBytes, long nowNs)
    {
        int slot = FindSlot(termId, termOffset);
        if (slot < 0)
            return;
        ref Retransmit retransmit = ref _retransmits[slot];
        if (retransmit.State == RetransmitState.Inactive)
            _activeCount++;
        retransmit = new Retransmit { TermId = termId, TermOffset = termOffset, LengthBytes = lengthBytes };
        if (delayNs == 0)
        {
            Resend(ref retransmit, nowNs);
        }
        else
        {
            retransmit.State = RetransmitState.Delayed;
            retransmit.ExpiryNs = nowNs + delayNs;
        }
    }

    /// <summary>Answers what has waited long enough and forgets what has lingered long enough.</summary>
    public void ProcessTimeouts(long nowNs)
    {
        if (_activeCount == 0)
            return;
        foreach (ref Retransmit retransmit in _retransmits.AsSpan())
        {
            if (retransmit.State == RetransmitState.Inactive || nowNs <= retransmit.ExpiryNs)
                continue;
            if (retransmit.State == RetransmitState.Delayed)
            {
                Resend(ref retransmit, nowNs);
            }
            else
            {
                retransmit.State = RetransmitState.Inactive;
                _activeCount--;
            }
        }
    }

    private void Resend(ref Retransmit retransmit, long nowNs)
    {
        retransmit.State = RetransmitState.Lingering;
        retransmit.ExpiryNs = nowNs + lingerNs;
        sender.Resend(retransmit.TermId, retransmit.TermOffset, retransmit.LengthBytes, nowNs);
    }

    /// <summary>Where to keep a NAK; -1 when it is not to be answered.</summary>
    private int FindSlot(int termId, int termOffset)
    {
        int free = -1;
        for (int slot = 0; slot < _retransmits.Length; slot++)
        {
            ref Retransmit retransmit = ref _retransmits[slot];
            bool isActive = retransmit.State != RetransmitState.Inactive;
            if (isActive && retransmit.Covers(termId, termOffset))
                return -1;
            if (free < 0 && (!isActive || !hasGroupSemantics))
                free = slot;
        }

        if (free < 0)
            overflows.Increment();
        return free;
    }

    private struct Retransmit
    {
        public RetransmitState State;
        public int TermId;
        public int TermOffset;
        public int LengthBytes;
        public long ExpiryNs;

        public readonly bool Covers(int termId, int termOffset) => TermId == termId && TermOffset <= termOffset && termOffset - TermOffset < LengthBytes;
    }
}
