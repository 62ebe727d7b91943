using System.Diagnostics;
using System.Reflection;
using BenchmarkDotNet.Attributes;
using OrderPlatform.Tests;

namespace OrderPlatform.Benchmarks.Allocations;

/// <summary>Finds every micro benchmark and counts the bytes, in whole KiB, that one call of it allocates on its thread, warmed up.</summary>
internal static class AllocationMeter
{
    private const int WarmUpCallsMin = 40;

    private static readonly TimeSpan WarmUpMin = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan WarmUpMax = TimeSpan.FromSeconds(1);

    public static IEnumerable<(string Name, Func<long> Measure)> Benchmarks() =>
        from type in typeof(AllocationMeter).Assembly.GetTypes()
        from method in type.GetMethods()
        where method.GetCustomAttribute<BenchmarkAttribute>() is not null
        orderby type.Name, method.Name
        select ($"{type.Name}.{method.Name}", (Func<long>)(() => Measure(type, method)));

    private static long Measure(Type type, MethodInfo method)
    {
        object benchmark = Activator.CreateInstance(type)!;
        Call<GlobalSetupAttribute>(benchmark);
        Call<IterationSetupAttribute>(benchmark);
        try
        {
            return RoundUp(Count(Bind(benchmark, method)));
        }
        finally
        {
            Call<IterationCleanupAttribute>(benchmark);
            Call<GlobalCleanupAttribute>(benchmark);
        }
    }

    // What allocates at all may depend on the length of a path: whole KiB are stable.
    private static long RoundUp(long bytes) => (bytes + 1_023) / 1_024 * 1_024;

    // Compiled to the last tier before it counts: what the optimiser keeps on the stack, the first tier allocates.
    private static long Count(Action call)
    {
        long began = Stopwatch.GetTimestamp();
        for (int calls = 0; calls < WarmUpCallsMin || Stopwatch.GetElapsedTime(began) < WarmUpMin; calls++)
        {
            call();
            if (Stopwatch.GetElapsedTime(began) > WarmUpMax)
                break;
        }

        return AllocationCount.LeastOfRounds(call);
    }

    private static void Call<TAttribute>(object benchmark)
        where TAttribute : Attribute
    {
        foreach (MethodInfo method in benchmark.GetType().GetMethods().Where(static method => method.GetCustomAttribute<TAttribute>() is not null))
            method.Invoke(benchmark, null);
    }

    private static Action Bind(object benchmark, MethodInfo method) => method.ReturnType == typeof(void)
        ? method.CreateDelegate<Action>(benchmark)
        : (Action)typeof(AllocationMeter).GetMethod(nameof(Discard), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(method.ReturnType).Invoke(null, [benchmark, method])!;

    private static Action Discard<TResult>(object benchmark, MethodInfo method)
    {
        Func<TResult> call = method.CreateDelegate<Func<TResult>>(benchmark);
        return () => call();
    }
}
