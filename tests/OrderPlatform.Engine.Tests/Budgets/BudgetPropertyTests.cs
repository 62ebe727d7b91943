using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using OrderPlatform.Engine.Budgets;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Budgets;

/// <summary>What holds for every budget and every sequence of requests. FsCheck prints the seed of a failure.</summary>
[Description("R55, R56, R133, T11")]
internal sealed class BudgetPropertyTests
{
    /// <summary>A request: time passed since the one before, its cost, and whether it may use the reserve.</summary>
    public sealed record Step(long Nanos, long Cost, bool LowersRisk);

    /// <summary>A budget's numbers.</summary>
    public sealed record Numbers(BudgetKind Kind, long Capacity, long Amount, long Period, WindowAlignment Alignment, long Reserved)
    {
        public BudgetMeter Create() => Kind == BudgetKind.FixedWindow
            ? new BudgetMeter { Kind = Kind, Window = new FixedWindow(Capacity, Period, Alignment, Reserved) }
            : new BudgetMeter { Kind = Kind, Counter = new LeakyCounter(Capacity, Amount, Period, Reserved) };
    }

    private static readonly BudgetKind[] EveryKind = [BudgetKind.FixedWindow, BudgetKind.Leaky, BudgetKind.TokenBucket];

    private static readonly Gen<Step[]> Steps =
        (from nanos in Gen.Choose(0, 40) from cost in Gen.Choose(0, 6) from lowers in Gen.Elements(true, false) select new Step(nanos, cost, lowers))
        .ArrayOf();

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property No_calendar_window_ever_holds_more_than_the_capacity() =>
        ForAll([BudgetKind.FixedWindow], [WindowAlignment.Calendar], (numbers, steps) =>
            Taken(numbers, steps).GroupBy(take => take.At / numbers.Period).All(window => window.Sum(take => take.Cost) <= numbers.Capacity
                && window.Aggregate((Sum: 0L, Holds: true), (held, take) => (held.Sum + take.Cost,
                    held.Holds && (take.LowersRisk || held.Sum + take.Cost <= numbers.Capacity - numbers.Reserved))).Holds));

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property No_window_that_begins_with_a_request_ever_holds_more_than_the_capacity() =>
        ForAll([BudgetKind.FixedWindow], [WindowAlignment.FirstUse], (numbers, steps) =>
        {
            long start = long.MinValue;
            long sum = 0;
            var budget = numbers.Create();
            long now = 1_000;
            foreach (Step step in steps)
            {
                now += step.Nanos;
                bool taken = budget.TryTake(now, step.Cost, step.LowersRisk);
                if (start == long.MinValue || now - start >= numbers.Period)
                {
                    (start, sum) = (now, 0);
                }

                bool fits = sum + step.Cost <= (step.LowersRisk ? numbers.Capacity : numbers.Capacity - numbers.Reserved);
                sum += fits ? step.Cost : 0;
                if (taken != fits || budget.Used(now) != sum)
                {
                    return false;
                }
            }

            return true;
        });

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property A_leaking_counter_is_the_exact_fraction_however_often_it_is_asked() =>
        ForAll([BudgetKind.Leaky, BudgetKind.TokenBucket], [WindowAlignment.FirstUse], (numbers, steps) =>
        {
            var budget = numbers.Create();
            BigInteger level = 0;
            long now = 0;
            foreach (Step step in steps)
            {
                now += step.Nanos;
                level = BigInteger.Max(0, level - ((BigInteger)step.Nanos * numbers.Amount));
                BigInteger next = level + ((BigInteger)step.Cost * numbers.Period);
                bool fits = next <= (BigInteger)(step.LowersRisk ? numbers.Capacity : numbers.Capacity - numbers.Reserved) * numbers.Period;
                level = fits ? next : level;
                if (budget.TryTake(now, step.Cost, step.LowersRisk) != fits
                    || (BigInteger)budget.Counter.Level * numbers.Period != level * budget.Counter.PeriodNanos)
                {
                    return false;
                }
            }

            return true;
        });

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public Property A_request_fails_before_the_time_that_is_said_and_succeeds_at_it() =>
        ForAll(EveryKind, [WindowAlignment.Calendar, WindowAlignment.FirstUse], (numbers, steps) =>
        {
            var budget = numbers.Create();
            long now = 0;
            foreach (Step step in steps)
            {
                now += step.Nanos;
                long free = budget.WhenFree(now, step.Cost, step.LowersRisk);
                BudgetMeter before = budget;
                BudgetMeter then = budget;
                bool holds = free == FixedWindow.Never
                    ? step.Cost > (step.LowersRisk ? numbers.Capacity : numbers.Capacity - numbers.Reserved)
                    : then.TryTake(free, step.Cost, step.LowersRisk) && (free == now || !before.TryTake(free - 1, step.Cost, step.LowersRisk));
                if (!holds)
                {
                    return false;
                }

                budget.TryTake(now, step.Cost, step.LowersRisk);
            }

            return true;
        });

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property A_refused_request_takes_nothing() =>
        ForAll(EveryKind, [WindowAlignment.Calendar], (numbers, steps) =>
        {
            var budget = numbers.Create();
            long now = 0;
            foreach (Step step in steps)
            {
                now += step.Nanos;
                long used = budget.Used(now);
                if (!budget.TryTake(now, step.Cost, step.LowersRisk) && budget.Used(now) != used)
                {
                    return false;
                }
            }

            return true;
        });

    private static Property ForAll(BudgetKind[] kinds, WindowAlignment[] alignments, Func<Numbers, Step[], bool> holds)
    {
        Gen<(Numbers, Step[])> cases =
            from kind in Gen.Elements(kinds)
            from capacity in Gen.Choose(1, 12)
            from amount in Gen.Choose(1, 40)
            from period in Gen.Choose(1, 100)
            from alignment in Gen.Elements(alignments)
            from reserved in Gen.Choose(0, capacity)
            from steps in Steps
            select (new Numbers(kind, capacity, amount, period, alignment, reserved), steps);
        return Prop.ForAll(cases.ToArbitrary(), item => holds(item.Item1, item.Item2));
    }

    private static List<(long At, long Cost, bool LowersRisk)> Taken(Numbers numbers, Step[] steps)
    {
        var budget = numbers.Create();
        List<(long, long, bool)> taken = [];
        long now = 0;
        foreach (Step step in steps)
        {
            now += step.Nanos;
            if (budget.TryTake(now, step.Cost, step.LowersRisk))
            {
                taken.Add((now, step.Cost, step.LowersRisk));
            }
        }

        return taken;
    }
}
