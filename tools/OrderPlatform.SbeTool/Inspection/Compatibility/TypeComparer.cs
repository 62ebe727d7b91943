using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Inspection.Compatibility;

/// <summary>Compares what stands in the bytes of a field or of a composite's member.</summary>
internal sealed class TypeComparer(FindingList findings)
{
    private readonly HashSet<(TypeLayout Before, TypeLayout After)> _pairs = [];
    private readonly HashSet<TypeLayout> _compared = [];
    private readonly ValueComparer _values = new(findings);
    private readonly ScalarComparer _scalars = new(findings);

    internal bool IsCompared(TypeLayout type) => _compared.Contains(type);

    /// <summary>A member that the old block or composite did not have.</summary>
    internal void Added(MemberLayout member, IReadOnlyList<MemberLayout> before, string subject)
    {
        int since = member.SinceVersion;
        MemberLayout? covered = before.FirstOrDefault(
            old => old.LengthBytes > 0 && member.LengthBytes > 0 && member.Offset < old.End && old.Offset < member.End);
        Impact impact = (covered is null ? 0 : Impact.OldReaders) | (since > findings.OldVersion || member.LengthBytes == 0 ? 0 : Impact.NewReaders);
        string reason = covered is not null
            ? $"it is put where {covered.Label.Name} was, so old readers read its bytes as that"
            : (impact & Impact.NewReaders) != 0
                ? $"it is added without a sinceVersion above {findings.OldVersion}, so new readers look for it in old bytes"
                : member.LengthBytes == 0 ? "it is added and takes no bytes" : $"it is added in version {since} where old readers do not look";
        findings.InNew(ChangeKind.Added, impact, member.Label, subject, reason);
    }

    /// <summary>A member that the new block or composite does not have.</summary>
    internal void Removed(MemberLayout member, string subject)
    {
        bool hasBytes = member.LengthBytes > 0;
        findings.InOld(
            ChangeKind.Removed, hasBytes ? Impact.OldReaders : Impact.Source, member.Label, subject,
            hasBytes ? $"it is removed, and old readers still read {member.LengthBytes} bytes at offset {member.Offset} as its value"
                : "it is removed and had no bytes");
    }

    /// <summary>A member that both have.</summary>
    internal void Compare(MemberLayout before, MemberLayout after, string subject)
    {
        if (before.Label.Name != after.Label.Name)
        {
            findings.InNew(ChangeKind.Renamed, Impact.Source, after.Label, subject, $"it was called {before.Label.Name}; the wire has no names");
        }

        if (before.Offset != after.Offset && before.LengthBytes > 0 && after.LengthBytes > 0)
        {
            findings.InNew(ChangeKind.Moved, Impact.BothReaders, after.Label, subject,
                $"it moves from offset {before.Offset} to {after.Offset}, and readers look at their own offset");
        }

        CompareSince(before, after, subject);
        findings.Deprecation(before.Label, after.Label, subject);
        if (_scalars.ComparePresence(before, after, subject))
        {
            Compare(before.Type, after.Type, subject, after.Label);
            _scalars.CompareNull(before, after, subject);
        }

        if (before.Type.SemanticType != after.Type.SemanticType)
        {
            findings.InNew(ChangeKind.SemanticTypeChanged, Impact.Source, after.Label, subject, "the semantic type changes, which the wire does not have");
        }
    }

    /// <summary>Two composites, enums or sets, outside a field.</summary>
    internal void Compare(TypeLayout before, TypeLayout after, string subject) => Compare(before, after, subject, after.Label);

    private void Compare(TypeLayout before, TypeLayout after, string subject, Label place)
    {
        _compared.Add(before);
        if (after.Label != place)
        {
            findings.Deprecation(before.Label, after.Label, $"type {after.Label.Name}");
        }

        switch (before, after)
        {
            case (ScalarLayout old, ScalarLayout changed):
                _scalars.Compare(old, changed, subject, place);
                break;
            case (EnumLayout old, EnumLayout changed) when CheckName(old, changed):
                _scalars.ComparePrimitive(old.Primitive, changed.Primitive, subject, place);
                _values.Compare(old, changed);
                break;
            case (SetLayout old, SetLayout changed) when CheckName(old, changed):
                _scalars.ComparePrimitive(old.Primitive, changed.Primitive, subject, place);
                _values.Compare(old, changed);
                break;
            case (CompositeLayout old, CompositeLayout changed) when CheckName(old, changed):
                CompareMembers(old, changed);
                break;
            case (EnumLayout or SetLayout or CompositeLayout, _) when before.GetType() == after.GetType():
                break;
            default:
                CompareKinds(before, after, subject, place);
                break;
        }
    }

    /// <summary>Whether the pair is new; reports that the type has another name.</summary>
    private bool CheckName(TypeLayout before, TypeLayout after)
    {
        if (!_pairs.Add((before, after)))
        {
            return false;
        }

        if (before.Label.Name != after.Label.Name)
        {
            findings.InNew(ChangeKind.Renamed, Impact.Source, after.Label, $"type {after.Label.Name}",
                $"it stands where {before.Label.Name} stood; the wire has no names");
        }

        return true;
    }

    private void CompareKinds(TypeLayout before, TypeLayout after, string subject, Label place)
    {
        bool isSameBits = PrimitiveOf(before) is { } old && PrimitiveOf(after) is { } changed && old == changed;
        findings.InNew(
            ChangeKind.TypeChanged, isSameBits ? Impact.Source : Impact.BothReaders, place, subject,
            isSameBits ? $"{Name(before)} becomes {Name(after)} with the same bytes"
                : $"{Name(before)} becomes {Name(after)}, so the bytes mean something else");
    }

    private void CompareMembers(CompositeLayout before, CompositeLayout after)
    {
        var gone = new List<MemberLayout>(before.Members);
        foreach (MemberLayout member in after.Members)
        {
            string subject = $"composite {after.Label.Name}, member {member.Label.Name}";

            // Members have no ids: one with another name at the same place is the same one, renamed.
            MemberLayout? old = gone.FirstOrDefault(candidate => candidate.Label.Name == member.Label.Name)
                ?? gone.FirstOrDefault(candidate => candidate.Offset == member.Offset && candidate.LengthBytes == member.LengthBytes && after.Find(
                    candidate.Label.Name) is null);
            if (old is null)
            {
                Added(member, before.Members, subject);
                continue;
            }

            gone.Remove(old);
            Compare(old, member, subject);
        }

        foreach (MemberLayout member in gone)
        {
            Removed(member, $"composite {before.Label.Name}, member {member.Label.Name}");
        }
    }

    private void CompareSince(MemberLayout before, MemberLayout after, string subject)
    {
        int old = Math.Max(before.Label.SinceVersion, before.Type.Label.SinceVersion);
        int changed = Math.Max(after.Label.SinceVersion, after.Type.Label.SinceVersion);
        if (old != changed)
        {
            string verb = changed > old ? "overlook" : "look for";
            findings.InNew(
                ChangeKind.SinceVersionChanged, Impact.NewReaders, after.Label, subject,
                $"sinceVersion changes from {old} to {changed}, so new readers {verb} it in bytes of the versions between");
        }
    }

    private static PrimitiveType? PrimitiveOf(TypeLayout type) => type switch
    {
        ScalarLayout { Count: 1 } scalar => scalar.Primitive,
        EnumLayout enumeration => enumeration.Primitive,
        SetLayout set => set.Primitive,
        _ => null,
    };

    private static string Name(TypeLayout type) => type switch
    {
        ScalarLayout scalar => scalar.Count > 1 ? $"{scalar.Primitive.Name}[{scalar.Count}]" : scalar.Primitive.Name,
        EnumLayout => $"enum {type.Label.Name}",
        SetLayout => $"set {type.Label.Name}",
        _ => $"composite {type.Label.Name}",
    };
}
