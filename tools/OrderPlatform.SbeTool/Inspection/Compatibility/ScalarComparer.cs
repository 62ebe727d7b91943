using System.Globalization;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Inspection.Compatibility;

/// <summary>Compares numbers and arrays: bits, length, encoding, range, null, presence and constants.</summary>
internal sealed class ScalarComparer(FindingList findings)
{
    internal void Compare(ScalarLayout before, ScalarLayout after, string subject, Label place)
    {
        ComparePrimitive(before.Primitive, after.Primitive, subject, place);
        if (before.Count != after.Count)
        {
            findings.InNew(ChangeKind.LengthChanged, Impact.BothReaders, place, subject,
                $"its length changes from {before.Count} to {after.Count}, so readers take too few or too many bytes");
        }

        CompareEncoding(before.Encoding, after.Encoding, subject, place);
        if (before.Primitive == after.Primitive && (!Same(before.Min, after.Min) || !Same(before.Max, after.Max)))
        {
            findings.InNew(
                ChangeKind.RangeChanged, Impact.Source, place, subject,
                $"its range changes from {Text(before.Min)}..{Text(before.Max)} to {Text(after.Min)}..{Text(after.Max)}, which the bytes do not show");
        }
    }

    internal void ComparePrimitive(PrimitiveType before, PrimitiveType after, string subject, Label place)
    {
        if (before != after)
        {
            findings.InNew(ChangeKind.TypeChanged, Impact.BothReaders, place, subject, $"{before.Name} becomes {after.Name}, so the bytes mean something else");
        }
    }

    internal void CompareEncoding(string? before, string? after, string subject, Label place)
    {
        if (string.Equals(before, after, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        bool isWider = before is not null && TextEncodings.Find(before) == "Ascii" && after is not null && TextEncodings.Find(after) is not null;
        findings.InNew(
            ChangeKind.TextEncodingChanged, isWider ? Impact.OldReaders : Impact.BothReaders, place, subject,
            isWider
                ? $"its text changes from {before} to {after}, and old readers cannot read what lies beyond ASCII"
                : $"its text changes from {before ?? "raw bytes"} to {after ?? "raw bytes"}, so bytes read as other text");
    }

    /// <summary>Whether the bytes are worth comparing: both members have some.</summary>
    internal bool ComparePresence(MemberLayout before, MemberLayout after, string subject)
    {
        if (before.Constant is not null || after.Constant is not null)
        {
            CompareConstants(before, after, subject);
            return false;
        }

        if (before.Presence != after.Presence)
        {
            bool isLooser = after.Presence == Presence.Optional;
            findings.InNew(
                ChangeKind.PresenceChanged, isLooser ? Impact.OldReaders : Impact.NewReaders, after.Label, subject,
                isLooser ? "it becomes optional, and old readers take null for a value"
                    : "it becomes required, and new readers take null in old bytes for a value");
        }

        return true;
    }

    internal void CompareNull(MemberLayout before, MemberLayout after, string subject)
    {
        if (before.Null is { } old && after.Null is { } changed && !Same(old, changed))
        {
            findings.InNew(
                ChangeKind.NullChanged, Impact.BothReaders, after.Label, subject,
                $"its null changes from {Text(old)} to {Text(changed)}, so null reads as a value and a value as null");
        }
    }

    private void CompareConstants(MemberLayout before, MemberLayout after, string subject)
    {
        if (before.Constant is null != after.Constant is null)
        {
            findings.InNew(
                ChangeKind.PresenceChanged, Impact.BothReaders, after.Label, subject,
                before.Constant is null ? "it becomes a constant, so its bytes are gone"
                    : "it is no constant any more, so it has bytes that old readers do not know");
        }
        else if (Text(before.Constant!) != Text(after.Constant!))
        {
            findings.InNew(
                ChangeKind.ConstantChanged, Impact.BothReaders, after.Label, subject,
                $"the constant changes from {Text(before.Constant!)} to {Text(after.Constant!)}; it is not on the wire, so each side reads its own");
        }
    }

    private static string Text(ConstantLayout constant) =>
        constant.Text ?? (constant.Number is { } number ? Text(number) : $"{Text(constant.EnumValue.Value)}");

    private static string Text(WireValue value) =>
        value.IsReal ? value.Real.ToString(CultureInfo.InvariantCulture) : value.Integer.ToString(CultureInfo.InvariantCulture);

    private static bool Same(WireValue left, WireValue right) => left.IsReal == right.IsReal && left.Integer == right.Integer && left.Real.Equals(right.Real);
}
