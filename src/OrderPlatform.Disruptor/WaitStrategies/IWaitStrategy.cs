namespace OrderPlatform.Disruptor.WaitStrategies;

/// <summary>
/// What a thread does when there was nothing to do: for a consumer no slot, for a producer no room. A struct, so that the loop around it
/// is compiled for it.
/// </summary>
public interface IWaitStrategy
{
    /// <summary>Called after each look: returns at once if there was work, else wastes or gives away some time. The caller then looks again.</summary>
    /// <param name="workCount">What the look found; 0 or less for nothing.</param>
    void Idle(int workCount);

    /// <summary>Forgets how long it has been idle.</summary>
    void Reset();
}
