using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Finds names that differ in the schema and become one in C#: types with types, members with members.</summary>
internal sealed class ClashChecker(DiagnosticBag diagnostics)
{
    internal void Check(SchemaLayout schema)
    {
        var types = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["MessageHeader"] = "the message header",
            ["MessageValidator"] = "the validator",
            [CSharpNames.SchemaClass(schema.Definition.Package)] = "the class of the schema",
        };
        foreach (TypeLayout type in schema.Types)
        {
            string name = CSharpNames.Of(type.Label);
            Add(types, type.Label, type is CompositeLayout ? [name, name + "Encoder", name + "Decoder"] : [name]);
            if (type is CompositeLayout composite)
            {
                CheckMembers(name, composite.Members, [], []);
            }
        }

        foreach (MessageLayout message in schema.Messages)
        {
            string name = CSharpNames.Of(message.Label);
            Add(types, message.Label, [name + "Encoder", name + "Decoder"]);
            CheckBlock(name, message.Block);
        }
    }

    private void CheckBlock(string owner, BlockLayout block)
    {
        CheckMembers(owner, block.Fields, block.Groups, block.Data);
        foreach (GroupLayout group in block.Groups)
        {
            CheckBlock(CSharpNames.Part(group.Label), group.Block);
        }
    }

    private void CheckMembers(
        string owner, IReadOnlyList<MemberLayout> fields, IReadOnlyList<GroupLayout> groups, IReadOnlyList<DataLayout> data)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal) { [owner + "Encoder"] = "the codec", [owner + "Decoder"] = "the codec" };
        foreach (MemberLayout member in fields)
        {
            Add(names, member.Label, [.. NamesOf(member)]);
        }

        foreach (GroupLayout group in groups)
        {
            string name = CSharpNames.Part(group.Label);
            Add(names, group.Label, ["Get" + name, "Begin" + name, name + "Encoder", name + "Decoder"]);
        }

        foreach (DataLayout item in data)
        {
            string name = CSharpNames.Part(item.Label);
            Add(names, item.Label, ["Get" + name, "Set" + name]);
        }
    }

    private static IEnumerable<string> NamesOf(MemberLayout member)
    {
        string name = CSharpNames.Member(member.Label);
        bool isArray = member.Type is ScalarLayout { IsText: true } or ScalarLayout { IsArray: true };
        string[] suffixed = isArray ? [name, "Get" + name, "Set" + name, "Copy" + name, name + "Length"]
            : member.Constant?.Text is not null ? [name, name + "Length"]
            : [name];
        string[] optional = member.Null is null ? [] : [name + "NullValue", "TryGet" + name];
        bool isLate = member.SinceVersion > 0 || Leaves.Of([member]).Any(static leaf => leaf.SinceVersion > 0);
        return [.. suffixed, .. optional, .. isLate ? ["Has" + name] : Array.Empty<string>()];
    }

    private void Add(Dictionary<string, string> taken, Label label, string[] names)
    {
        foreach (string name in names)
        {
            if (taken.TryGetValue(name, out string? other))
            {
                diagnostics.Report(Rules.NameClash, label.Position, $"{label.Name}: the C# name {name} is already that of {other}; rename one of them");
                return;
            }

            taken.Add(name, $"{label.Name} in {label.Position.Describe()}");
        }
    }
}
