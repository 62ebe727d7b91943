namespace OrderPlatform.Runtime.Minimising;

/// <summary>
/// Delta debugging (A. Zeller, R. Hildebrandt, "Simplifying and isolating failure-inducing input", IEEE Transactions on Software Engineering 28(2), 2002:
/// ddmin). Parts are left out, larger ones
/// first; parts alone are not tried, as nothing holds without its configuration. What is left is 1-minimal: without any one of it the test fails.
/// </summary>
internal static class DeltaDebugging
{
    /// <summary>Leaves out what is not needed.</summary>
    /// <param name="items">What passes the test; not empty, and an empty list does not pass.</param>
    /// <param name="test">How many of a list's first items pass; 0 if the list does not.</param>
    /// <param name="parts">Into how many parts the list is cut at first.</param>
    public static List<int> Reduce(List<int> items, Func<List<int>, int> test, int parts = 2)
    {
        bool isDone = items.Count < 2;
        while (!isDone)
        {
            parts = Math.Min(parts, items.Count);
            bool isFinest = parts == items.Count;
            int before = items.Count;
            items = LeaveOut(items, parts, test);
            isDone = items.Count < 2 || (isFinest && items.Count == before);
            parts = isFinest ? items.Count : 2 * parts;
        }

        return items;
    }

    private static List<int> LeaveOut(List<int> items, int parts, Func<List<int>, int> test)
    {
        int part = 0;
        while (part < parts && items.Count > 1)
        {
            int from = (int)((long)items.Count * part / parts);
            int to = (int)((long)items.Count * (part + 1) / parts);
            List<int> rest = [.. items[..from], .. items[to..]];
            int needed = rest.Count == 0 || rest.Count == items.Count ? 0 : test(rest);
            if (needed > 0)
            {
                items = rest[..needed];
                parts--;
            }
            else
            {
                part++;
            }
        }

        return items;
    }
}
