using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Inspection.Compatibility;

/// <summary>Compares the values of enums and the choices of sets.</summary>
internal sealed class ValueComparer(FindingList findings)
{
    internal void Compare(EnumLayout before, EnumLayout after)
    {
        if (before.Primitive == after.Primitive && before.Null != after.Null)
        {
            findings.InNew(
                ChangeKind.NullChanged, Impact.BothReaders, after.Label, $"enum {after.Label.Name}",
                $"its null changes from {before.Null.Integer} to {after.Null.Integer}, so null reads as an undeclared value");
        }

        Compare(before.Values, after.Values, $"enum {after.Label.Name}, value", ChangeKind.ValueChanged);
    }

    internal void Compare(SetLayout before, SetLayout after) =>
        Compare(before.Choices, after.Choices, $"set {after.Label.Name}, choice", ChangeKind.BitMoved);

    private void Compare(IReadOnlyList<NamedValue> before, IReadOnlyList<NamedValue> after, string what, ChangeKind changed)
    {
        var gone = new List<NamedValue>(before);
        foreach (NamedValue value in after)
        {
            string subject = $"{what} {value.Label.Name}";
            int byName = gone.FindIndex(old => old.Label.Name == value.Label.Name);
            int byNumber = gone.FindIndex(old => old.Value == value.Value && after.All(other => other.Label.Name != old.Label.Name));
            if (byName >= 0)
            {
                CompareNumbers(gone[byName], value, subject, changed);
                findings.Deprecation(gone[byName].Label, value.Label, subject);
                gone.RemoveAt(byName);
            }
            else if (byNumber >= 0)
            {
                findings.InNew(ChangeKind.Renamed, Impact.Source, value.Label, subject,
                    $"it was called {gone[byNumber].Label.Name}; the wire has only the number");
                gone.RemoveAt(byNumber);
            }
            else
            {
                Added(value, subject);
            }
        }

        foreach (NamedValue value in gone)
        {
            findings.InOld(
                ChangeKind.Removed, Impact.NewReaders, value.Label, $"{what} {value.Label.Name}",
                $"it is removed, and new readers have no name for {value.Value.Integer} in old bytes");
        }
    }

    private void CompareNumbers(NamedValue before, NamedValue after, string subject, ChangeKind changed)
    {
        if (before.Value != after.Value)
        {
            findings.InNew(
                changed, Impact.BothReaders, after.Label, subject,
                $"it changes from {before.Value.Integer} to {after.Value.Integer}, so each side takes the other's number for something else");
        }
    }

    private void Added(NamedValue value, string subject)
    {
        bool isMarked = value.Label.SinceVersion > findings.OldVersion;
        findings.InNew(
            ChangeKind.Added, isMarked ? Impact.Harmless : Impact.Source, value.Label, subject,
            isMarked
                ? "it is new; old readers see its number without a name, and strict ones refuse it"
                : $"it is new, but its sinceVersion {value.Label.SinceVersion} says that version {findings.OldVersion} had it; old readers see its number "
                    + "without a name");
    }
}
