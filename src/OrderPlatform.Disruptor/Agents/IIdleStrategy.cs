namespace OrderPlatform.Disruptor.Agents;

/// <summary>What a thread does when its agent had nothing to do. A struct, so that the runner's loop is compiled for it.</summary>
public interface IIdleStrategy
{
    /// <summary>Called after each duty cycle: returns at once if work was done, else wastes or gives away some time.</summary>
    /// <param name="workCount">What the duty cycle returned.</param>
    void Idle(int workCount);

    /// <summary>Forgets how long it has been idle.</summary>
    void Reset();
}
