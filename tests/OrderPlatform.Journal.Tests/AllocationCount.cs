namespace OrderPlatform.Journal.Tests;

internal static class AllocationCount
{
    /// <summary>
    /// The least that one of five rounds allocated on this thread. The runtime may allocate on it while it compiles a method anew, once;
    /// what the code allocates, it allocates in every round.
    /// </summary>
    public static long LeastOfRounds(Action round)
    {
        long least = long.MaxValue;
        for (int count = 0; count < 5; count++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            round();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
