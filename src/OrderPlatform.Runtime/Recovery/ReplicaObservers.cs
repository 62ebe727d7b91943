using OrderPlatform.Engine;

namespace OrderPlatform.Runtime.Recovery;

/// <summary>Several observers of one follower: each sees each input once, and the follower goes on when all have.</summary>
public sealed class ReplicaObservers : IReplicaObserver
{
    private readonly IReplicaObserver[] _observers;
    private readonly long[] _seen;

    /// <param name="observers">The observers.</param>
    public ReplicaObservers(params IReplicaObserver[] observers)
    {
        _observers = observers;
        _seen = new long[observers.Length];
    }

    /// <inheritdoc />
    public bool TryObserve(long sequence, ReadOnlySpan<byte> input, BusinessLogicProcessor engine)
    {
        bool haveAll = true;
        for (int index = 0; index < _observers.Length; index++)
        {
            if (_seen[index] != sequence && _observers[index].TryObserve(sequence, input, engine))
            {
                _seen[index] = sequence;
            }

            haveAll &= _seen[index] == sequence;
        }

        return haveAll;
    }

    /// <inheritdoc />
    public int DoWork(BusinessLogicProcessor engine)
    {
        int work = 0;
        foreach (IReplicaObserver observer in _observers)
        {
            work += observer.DoWork(engine);
        }

        return work;
    }

    /// <inheritdoc />
    public void OnClose()
    {
        foreach (IReplicaObserver observer in _observers)
        {
            observer.OnClose();
        }
    }
}
