using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Inspection.Compatibility;

/// <summary>Compares what follows a block: groups and data, whose places depend on everything before them.</summary>
internal sealed class PartComparer(FindingList findings, BlockComparer blocks)
{
    private readonly ScalarComparer _scalars = new(findings);

    internal void Compare(BlockLayout before, BlockLayout after, string path, bool isEntry)
    {
        List<Part> old = [.. Parts(before)];
        List<Part> changed = [.. Parts(after)];
        Dictionary<Part, Part> pairs = Pair(old, changed);
        int reached = -1;
        for (int index = 0; index < changed.Count; index++)
        {
            Part part = changed[index];
            string subject = $"{path}, {part.Kind} {part.Label.Name}";
            if (!pairs.TryGetValue(part, out Part? partner))
            {
                bool isLast = !changed.Skip(index + 1).Any(pairs.ContainsKey);
                Added(part, subject, isLast, isEntry);
                continue;
            }

            int place = old.IndexOf(partner);
            if (place < reached)
            {
                findings.InNew(ChangeKind.Moved, Impact.BothReaders, part.Label, subject,
                    "it changes its place among groups and data, which are read in order");
            }

            reached = Math.Max(reached, place);
            Compare(partner, part, subject);
        }

        foreach (Part part in old.Where(part => !pairs.ContainsValue(part)))
        {
            bool isLast = !isEntry && !old.Skip(old.IndexOf(part) + 1).Any(pairs.ContainsValue);
            findings.InOld(
                ChangeKind.Removed, isLast ? Impact.OldReaders : Impact.BothReaders, part.Label, $"{path}, {part.Kind} {part.Label.Name}",
                isLast ? "it is removed, and old readers look for it behind the rest"
                    : "it is removed, and readers of both versions take what follows for something else");
        }
    }

    private static IEnumerable<Part> Parts(BlockLayout block) =>
        block.Groups.Select(static group => new Part("group", group.Label, group.Id, group.SinceVersion, group, null))
            .Concat(block.Data.Select(static data => new Part("data", data.Label, data.Id, data.SinceVersion, null, data)));

    private static Dictionary<Part, Part> Pair(List<Part> old, List<Part> changed)
    {
        var pairs = new Dictionary<Part, Part>();
        foreach (Part part in changed)
        {
            Part? partner = old.FirstOrDefault(candidate => candidate.Kind == part.Kind && candidate.Label.Name == part.Label.Name)
                ?? old.FirstOrDefault(candidate => candidate.Kind == part.Kind && candidate.Id == part.Id && changed.All(
                    other => other.Label.Name != candidate.Label.Name));
            if (partner is not null && !pairs.ContainsValue(partner))
            {
                pairs.Add(part, partner);
            }
        }

        return pairs;
    }

    private void Added(Part part, string subject, bool isLast, bool isEntry)
    {
        Impact impact = (isEntry || !isLast ? Impact.OldReaders : 0) | (part.SinceVersion > findings.OldVersion ? 0 : Impact.NewReaders);
        string reason = isEntry ? "it is added inside the entries of a group, where old readers cannot skip it"
            : !isLast ? "it is added before something that old readers know, and they take it for that"
            : impact != 0 ? $"it is added without a sinceVersion above {findings.OldVersion}, so new readers look for it in old bytes"
            : $"it is added in version {part.SinceVersion} behind everything that old readers know";
        findings.InNew(ChangeKind.Added, impact, part.Label, subject, reason);
    }

    private void Compare(Part before, Part after, string subject)
    {
        if (before.Label.Name != after.Label.Name)
        {
            findings.InNew(ChangeKind.Renamed, Impact.Source, after.Label, subject, $"it was called {before.Label.Name}; the wire has no names");
        }

        if (before.Id != after.Id)
        {
            findings.InNew(ChangeKind.IdChanged, Impact.Source, after.Label, subject,
                $"the id changes from {before.Id} to {after.Id}, which no reader looks at");
        }

        if (before.Label.SinceVersion != after.Label.SinceVersion)
        {
            findings.InNew(
                ChangeKind.SinceVersionChanged, Impact.NewReaders, after.Label, subject,
                $"sinceVersion changes from {before.Label.SinceVersion} to {after.Label.SinceVersion}, so new readers misread bytes of the versions between");
        }

        findings.Deprecation(before.Label, after.Label, subject);
        if (before.Group is { } oldGroup && after.Group is { } newGroup)
        {
            CompareGroups(oldGroup, newGroup, subject);
        }

        if (before.Data is { } oldData && after.Data is { } newData)
        {
            CompareData(oldData, newData, subject);
        }
    }

    private void CompareGroups(GroupLayout before, GroupLayout after, string subject)
    {
        DimensionLayout old = before.Dimension;
        DimensionLayout changed = after.Dimension;
        if (old.BlockLength != changed.BlockLength || old.Count != changed.Count || old.Composite.LengthBytes != changed.Composite.LengthBytes)
        {
            findings.InNew(
                ChangeKind.DimensionChanged, Impact.BothReaders, after.Label, subject,
                $"its dimension changes from {Describe(old)} to {Describe(changed)}, so no reader finds the entries");
        }
        else if (old.CountMin != changed.CountMin || old.CountMax != changed.CountMax)
        {
            findings.InNew(
                ChangeKind.RangeChanged, Impact.Source, after.Label, subject,
                $"its count may be {changed.CountMin}..{changed.CountMax} instead of {old.CountMin}..{old.CountMax}, which only writers check");
        }

        blocks.Compare(before.Block, after.Block, after.Label, subject, isEntry: true);
    }

    private void CompareData(DataLayout before, DataLayout after, string subject)
    {
        if (before.Length != after.Length || before.PrefixBytes != after.PrefixBytes)
        {
            findings.InNew(
                ChangeKind.DataLengthChanged, Impact.BothReaders, after.Label, subject,
                $"its length prefix changes from {before.Length.Primitive.Name} to {after.Length.Primitive.Name} or moves, so no reader finds the bytes");
        }
        else if (before.LengthMax != after.LengthMax)
        {
            bool isLonger = after.LengthMax > before.LengthMax;
            string victims = isLonger ? "old readers refuse longer ones" : "new readers refuse longer ones in old bytes";
            findings.InNew(
                ChangeKind.RangeChanged, isLonger ? Impact.OldReaders : Impact.NewReaders, after.Label, subject,
                $"its longest value changes from {before.LengthMax} to {after.LengthMax} bytes, and {victims}");
        }

        _scalars.CompareEncoding(before.Encoding, after.Encoding, subject, after.Label);
    }

    private static string Describe(DimensionLayout dimension) =>
        $"{dimension.BlockLength.Primitive.Name}/{dimension.Count.Primitive.Name} in {dimension.Composite.LengthBytes} bytes";

    private sealed record Part(string Kind, Label Label, int Id, int SinceVersion, GroupLayout? Group, DataLayout? Data);
}
