using OrderPlatform.Engine;

namespace OrderPlatform.Runtime.Recovery;

/// <summary>Looks at a follower's engine after each input, on the follower's thread. It must never wait there.</summary>
public interface IReplicaObserver
{
    /// <summary>Looks at an input and at what it caused: the outputs are in the engine's batch.</summary>
    /// <param name="sequence">Of the input, which the engine has just processed and, where it is compared, agreed on.</param>
    /// <param name="input">The message.</param>
    /// <param name="engine">The replica.</param>
    /// <returns><c>false</c> if it is too early for that: the follower stays where it is and asks again in its next cycle.</returns>
    bool TryObserve(long sequence, ReadOnlySpan<byte> input, BusinessLogicProcessor engine);

    /// <summary>A cycle of its own, before the follower's.</summary>
    /// <returns>How much was done.</returns>
    int DoWork(BusinessLogicProcessor engine);

    /// <summary>Called once, on the follower's thread, at its end.</summary>
    void OnClose();
}
