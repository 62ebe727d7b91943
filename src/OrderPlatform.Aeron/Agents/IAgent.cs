namespace OrderPlatform.Aeron.Agents;

/// <summary>Something that works in duty cycles: on a thread of its own, in turn with others, or stepped by whoever holds it.</summary>
public interface IAgent
{
    /// <summary>For the thread's name and for errors.</summary>
    string RoleName { get; }

    /// <summary>One duty cycle: a bounded amount of work, never waiting.</summary>
    /// <returns>How much was done; zero when there was nothing.</returns>
    int DoWork();

    /// <summary>Called once, after the last cycle.</summary>
    void OnClose();
}
