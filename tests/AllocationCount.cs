namespace OrderPlatform.Tests;

/// <summary>Counts what code allocates on the calling thread. Compiled into every test project.</summary>
internal static class AllocationCount
{
    /// <summary>
    /// The least that one of five rounds allocated. The runtime may allocate on any thread while it compiles a method anew, once; what the code
    /// itself allocates, it allocates in every round.
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
