using System.Collections;
using System.Reflection;
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
        $"{nameof(OutputBatch)}.<Count>k__BackingField",
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
        for (int row = 0; row < Math.Max(left.Length, right.Length); row++)
        {
            object? one = row < left.Length ? left.GetValue(row) : null;
            object? other = row < right.Length ? right.GetValue(row) : null;
            if (!Equals(one, other))
            {
                Compare($"{place}[{row}]", one, other, differences);
            }
        }
    }

    private static IEnumerable<(ulong Key, int Row)> Keys(KeyIndex index)
    {
        var places = (IEnumerable)typeof(KeyIndex).GetField("_places", Fields)!.GetValue(index)!;
        return places.Cast<object>()
            .Where(place => (bool)place.GetType().GetProperty("IsUsed")!.GetValue(place)!)
            .Select(place => ((ulong)place.GetType().GetField("Key")!.GetValue(place)!, (int)place.GetType().GetProperty("Row")!.GetValue(place)!))
            .Order();
    }
}
