namespace OrderPlatform.Runtime.Explaining;

/// <summary>Parts of lists of facts, which are in the order of their inputs.</summary>
internal static class FactRange
{
    /// <summary>The facts of one input.</summary>
    public static IEnumerable<Fact> At(IReadOnlyList<Fact> facts, long sequence) => Between(facts, sequence, sequence);

    /// <summary>The facts of some inputs, both ends included.</summary>
    public static IEnumerable<Fact> Between(IReadOnlyList<Fact> facts, long from, long to)
    {
        for (int i = FirstFrom(facts, from); i < facts.Count && facts[i].Sequence <= to; i++)
        {
            yield return facts[i];
        }
    }

    /// <summary>The last fact of the inputs up to one that is as wanted, or null.</summary>
    public static Fact? Last(IReadOnlyList<Fact> facts, long sequence, Func<Fact, bool> isWanted)
    {
        int i = FirstFrom(facts, sequence + 1) - 1;
        while (i >= 0 && !isWanted(facts[i]))
        {
            i--;
        }

        return i < 0 ? null : facts[i];
    }

    /// <summary>The first fact from an input on that is as wanted, or null.</summary>
    public static Fact? First(IReadOnlyList<Fact> facts, long sequence, Func<Fact, bool> isWanted)
    {
        int i = FirstFrom(facts, sequence);
        while (i < facts.Count && !isWanted(facts[i]))
        {
            i++;
        }

        return i < facts.Count ? facts[i] : null;
    }

    private static int FirstFrom(IReadOnlyList<Fact> facts, long sequence)
    {
        (int low, int high) = (0, facts.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = facts[middle].Sequence < sequence ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
