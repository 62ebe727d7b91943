namespace OrderPlatform.Disruptor.Agents;

/// <summary>
/// A stage of work without a thread of its own: a profile decides which thread runs it, a test steps it by calling
/// <see cref="DoWork"/>.
/// </summary>
public interface IAgent
{
    /// <summary>The answer of a duty cycle after which no other is wanted.</summary>
    const int Finished = -1;

    /// <summary>What threads and error messages call it.</summary>
    string Name { get; }

    /// <summary>One bounded duty cycle.</summary>
    /// <returns>How much was done; 0 lets the thread idle, <see cref="Finished"/> ends the agent.</returns>
    int DoWork();

    /// <summary>Called once, on the agent's thread, after the last duty cycle, also when that one failed.</summary>
    void OnClose();
}
