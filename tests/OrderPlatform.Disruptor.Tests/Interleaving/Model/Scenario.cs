namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>Threads, the cells they share, and what must hold of what they remember in the end.</summary>
internal sealed class Scenario(CellMap cells, ModelThread[] threads, Action<Local[]>? atEnd = null)
{
    public CellMap Cells => cells;

    public ModelThread[] Threads => threads;

    /// <summary>Checks an outcome: what each thread remembers when all have finished.</summary>
    /// <exception cref="Violation">The outcome may not be.</exception>
    public void AtEnd(Local[] ends) => atEnd?.Invoke(ends);
}
