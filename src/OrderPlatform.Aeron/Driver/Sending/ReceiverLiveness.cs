namespace OrderPlatform.Aeron.Driver.Sending;

/// <summary>Which receivers of a publication were heard of lately. The sender's thread. Few, so that they are looked for one by one.</summary>
internal sealed class ReceiverLiveness(int receiversMax)
{
    private (long Id, long TimeOfLastSignNs)[] _receivers = new (long, long)[Math.Min(4, receiversMax)];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Notes a sign of life; false for a receiver too many.</summary>
    public bool TryNote(long receiverId, long nowNs)
    {
        int index = IndexOf(receiverId);
        if (index < 0)
        {
            if (Count == receiversMax)
                return false;
            if (Count == _receivers.Length)
                Array.Resize(ref _receivers, Math.Min(Count * 2, receiversMax));
            index = Count++;
        }

        _receivers[index] = (receiverId, nowNs);
        return true;
    }

    public bool Contains(long receiverId) => IndexOf(receiverId) >= 0;

    /// <summary>Forgets one; false if it was not there.</summary>
    public bool Remove(long receiverId)
    {
        int index = IndexOf(receiverId);
        if (index < 0)
            return false;
        _receivers[index] = _receivers[--Count];
        return true;
    }

    /// <summary>Forgets those that were silent for the timeout.</summary>
    public void RemoveSilent(long nowNs, long timeoutNs)
    {
        for (int index = Count - 1; index >= 0; index--)
        {
            if (nowNs - _receivers[index].TimeOfLastSignNs >= timeoutNs)
                _receivers[index] = _receivers[--Count];
        }
    }

    private int IndexOf(long receiverId)
    {
        for (int index = 0; index < Count; index++)
        {
            if (_receivers[index].Id == receiverId)
                return index;
        }

        return -1;
    }
}
