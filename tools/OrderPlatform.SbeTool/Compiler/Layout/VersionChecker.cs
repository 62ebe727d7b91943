using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Layout;

/// <summary>
/// Additions must stand where older readers and writers do not look: at the end of a block, and after all groups and data of the
/// message. The reference tool accepts other places and breaks the wire.
/// </summary>
internal sealed class VersionChecker(DiagnosticBag diagnostics)
{
    internal void CheckNotTooNew(Label label, int schemaVersion)
    {
        if (label.SinceVersion > schemaVersion)
        {
            diagnostics.Report(Rules.VersionTooNew, label.Position, $"{label.Name}: sinceVersion {label.SinceVersion} is above the schema's version {schemaVersion}");
        }
    }

    internal void CheckNotTooNew(TypeDefinition type, int schemaVersion)
    {
        CheckNotTooNew(type.Label, schemaVersion);
        IEnumerable<Label> values = type switch
        {
            EnumDefinition enumeration => enumeration.Values.Select(static value => value.Label),
            SetDefinition set => set.Choices.Select(static choice => choice.Label),
            _ => [],
        };
        foreach (Label label in values)
        {
            CheckNotTooNew(label, schemaVersion);
        }

        if (type is CompositeDefinition composite)
        {
            foreach (TypeDefinition member in composite.Members)
            {
                CheckNotTooNew(member, schemaVersion);
            }
        }
    }

    internal void Check(BlockLayout block, string path)
    {
        CheckAscending(block.Fields.Where(static item => item.Constant is null).Select(static item => (item.Label, item.SinceVersion)), block.BaseVersion, path);
        CheckAscending(
            block.Groups.Select(static item => (item.Label, item.SinceVersion)).Concat(block.Data.Select(static item => (item.Label, item.SinceVersion))),
            block.BaseVersion, path);
        foreach (GroupLayout group in block.Groups)
        {
            CheckEntryParts(group, path);
        }
    }

    private void CheckEntryParts(GroupLayout group, string path)
    {
        IEnumerable<(Label Label, int SinceVersion)> late =
            group.Block.Groups.Select(static item => (item.Label, item.SinceVersion))
                .Concat(group.Block.Data.Select(static item => (item.Label, item.SinceVersion)))
                .Where(part => part.SinceVersion > group.SinceVersion);
        foreach ((Label label, int since) in late)
        {
            diagnostics.Report(
                Rules.VersionOrder, label.Position,
                $"{path}, group {group.Label.Name}: {label.Name} (version {since}) is added inside the entries; older readers cannot skip it");
        }
    }

    private void CheckAscending(IEnumerable<(Label Label, int SinceVersion)> items, int baseVersion, string path)
    {
        int newest = baseVersion;
        foreach ((Label label, int since) in items)
        {
            if (since < newest)
            {
                diagnostics.Report(
                    Rules.VersionOrder, label.Position,
                    $"{path}: {label.Name} (version {since}) stands after an addition of version {newest}; additions belong at the end");
            }

            newest = Math.Max(newest, since);
        }
    }
}
