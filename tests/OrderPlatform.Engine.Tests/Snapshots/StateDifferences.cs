using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OrderPlatform.Engine.Collections;
using OrderPlatform.Engine.Outputs;

namespace OrderPlatform.Engine.Tests.Snapshots;

/// <summary>
/// Compares two engines' states field by field, private ones included, so that a hidden field that a snapshot forgets is found on its own. Left out are what
/// each input begins anew, and the places of keys in indexes, which depend on their history and are never enumerated.
/// </summary>
internal static class StateDifferences
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly HashSet<string> BegunAnew =
    [
        $"{nameof(EngineState)}.<OrdersOfInput>k__BackingField", $"{nameof(EngineState)}.<ParentsOfInput>k__BackingField",
        $"{nameof(EngineState)}.<Batches>k__BackingField", $"{nameof(OutputBatch)}._buffer", $"{nameof(OutputBatch)}._ends",
        $"{nameof(OutputBatch)}.<Count>k__BackingField", "Strategy.LossFloor", "Client.LossFloor",
        "Client.Movement", "Position.Calm", $"{nameof(EngineState)}.<RuleChanges>k__BackingField",
    ];

    public static List<string> Of(EngineState left, EngineState right)
    {
        var differences = new List<string>();
        Compare("state", left, right, differences);
        return differences;
    }

    private static void Compare(string place, object? left, object? right, List<string> differences)
    {
        switch (left, right)
        {
            case (KeyIndex leftIndex, KeyIndex rightIndex):
                if (!Keys(leftIndex).SequenceEqual(Keys(rightIndex)))
                {
                    differences.Add($"{place}: other keys or rows");
                }

                break;
            case (Array leftRows, Array rightRows):
                CompareRows(place, leftRows, rightRows, differences);
                break;
            case (ValueType one, ValueType other) when one.GetType().IsDefined(typeof(InlineArrayAttribute)):
                if (!SameBytes(one, other))
                {
                    differences.Add($"{place}: other elements");
                }

                break;
            case ({ } one, { } other) when !one.GetType().IsPrimitive && !one.GetType().IsEnum && one is not string:
                foreach (FieldInfo field in one.GetType().GetFields(Fields).Where(field => !BegunAnew.Contains($"{one.GetType().Name}.{field.Name}")))
                {
                    Compare($"{place}.{field.Name}", field.GetValue(one), field.GetValue(other), differences);
                }

                break;
            default:
                if (!Equals(left, right))
                {
                    differences.Add($"{place}: {left} and {right}");
                }

                break;
        }
    }

    private static void CompareRows(string place, Array left, Array right, List<string> differences)
    {
        Type row = left.GetType().GetElementType()!;
        if (row.IsValueType && left.GetType() == right.GetType() && (bool)Generic(nameof(SameRows), row).Invoke(null, [left, right])!)
        {
            return;
        }

        for (int index = 0; index < Math.Max(left.Length, right.Length); index++)
        {
            object? one = index < left.Length ? left.GetValue(index) : null;
            object? other = index < right.Length ? right.GetValue(index) : null;
            if (one is not ValueType || other is not ValueType ? !Equals(one, other) : !SameBytes(one, other))
            {
                Compare($"{place}[{index}]", one, other, differences);
            }
        }
    }

    // An inline array has no equality of its own, and nor has a row that holds one.
    private static bool SameBytes(object one, object other) =>
        one.GetType() == other.GetType() && BytesOf(one).AsSpan().SequenceEqual(BytesOf(other));

    private static byte[] BytesOf(object value) => (byte[])Generic(nameof(Bytes), value.GetType()).Invoke(null, [value])!;

    private static MethodInfo Generic(string name, Type type) =>
        typeof(StateDifferences).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type);

    private static bool SameRows<T>(T[] left, T[] right)
        where T : unmanaged => MemoryMarshal.AsBytes(left.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(right.AsSpan()));

    private static byte[] Bytes<T>(T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).ToArray();

    private static IEnumerable<(ulong Key, int Row)> Keys(KeyIndex index)
    {
        var heads = (int[])typeof(KeyIndex).GetField("_heads", Fields)!.GetValue(index)!;
        var entries = (Array)typeof(KeyIndex).GetField("_entries", Fields)!.GetValue(index)!;
        return heads.SelectMany(head => Chain(head, entries)).Order();
    }

    private static IEnumerable<(ulong Key, int Row)> Chain(int head, Array entries)
    {
        for (int at = head; at != 0;)
        {
            object entry = entries.GetValue(at - 1)!;
            yield return ((ulong)FieldOf(entry, "Key"), (int)FieldOf(entry, "Row"));
            at = (int)FieldOf(entry, "Next");
        }
    }

    private static object FieldOf(object entry, string name) => entry.GetType().GetField(name)!.GetValue(entry)!;
}
