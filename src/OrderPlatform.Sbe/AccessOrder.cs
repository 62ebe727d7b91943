using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace OrderPlatform.Sbe;

/// <summary>
/// The order in which an encoder's groups and data are written. Generated encoders call it where the project that they are part of is built with DEBUG;
/// elsewhere the calls are not compiled, and neither is what they remember.
/// </summary>
public static class AccessOrder
{
    /// <summary>Throws unless this part is the next one.</summary>
    /// <param name="next">The number of the next part; moved behind this one.</param>
    /// <param name="part">The number of the part that is written now.</param>
    /// <param name="name">Message and part.</param>
    /// <exception cref="InvalidOperationException">An earlier part is missing, or this one was written already.</exception>
    [Conditional("DEBUG")]
    public static void Enter(ref int next, int part, string name)
    {
        if (next != part)
            Throw($"{name}: groups and data must be written in schema order, each once; {(next < part ? "an earlier one is missing" : "a later one was written already")}");
        next = part + 1;
    }

    /// <summary>Throws unless all parts of a message or entry are written.</summary>
    /// <exception cref="InvalidOperationException">Some are missing.</exception>
    [Conditional("DEBUG")]
    public static void CheckComplete(int next, int partCount, string name)
    {
        if (next != partCount)
            Throw($"{name}: {partCount - next} of its {partCount} groups and data are missing; write an empty group or data where there is nothing to say");
    }

    /// <summary>Remembers how many entries a group was begun with.</summary>
    [Conditional("DEBUG")]
    public static void Begin(ref int left, int count, ref int next, int partCount)
    {
        left = count;
        next = partCount;
    }

    /// <summary>An entry begins.</summary>
    [Conditional("DEBUG")]
    public static void BeginEntry(ref int left, ref int next)
    {
        left--;
        next = 0;
    }

    /// <summary>Throws unless all entries of a group are written.</summary>
    /// <exception cref="InvalidOperationException">Some are missing.</exception>
    [Conditional("DEBUG")]
    public static void CheckEntries(int left, string name)
    {
        if (left != 0)
            Throw($"{name}: {left} entries are missing of those that it was begun with");
    }

    [DoesNotReturn]
    private static void Throw(string problem) => throw new InvalidOperationException(problem);
}
