using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Inspection.Compatibility;

/// <summary>Compares fields, paired by name or, where the name is gone, by id: schemas renumber, and neither is on the wire.</summary>
internal sealed class MemberComparer(FindingList findings, TypeComparer types)
{
    internal void CompareFields(BlockLayout before, BlockLayout after, string path)
    {
        var gone = new List<MemberLayout>(before.Fields);
        foreach (MemberLayout field in after.Fields)
        {
            string subject = $"{path}, field {field.Label.Name}";
            MemberLayout? old = gone.FirstOrDefault(candidate => candidate.Label.Name == field.Label.Name)
                ?? gone.FirstOrDefault(candidate => candidate.Id == field.Id && after.Fields.All(other => other.Label.Name != candidate.Label.Name));
            if (old is null)
            {
                types.Added(field, before.Fields, subject);
                continue;
            }

            gone.Remove(old);
            if (old.Id != field.Id)
            {
                findings.InNew(ChangeKind.IdChanged, Impact.Source, field.Label, subject,
                    $"the id changes from {old.Id} to {field.Id}, which no reader looks at");
            }

            types.Compare(old, field, subject);
        }

        foreach (MemberLayout field in gone)
        {
            types.Removed(field, $"{path}, field {field.Label.Name}");
        }
    }
}
