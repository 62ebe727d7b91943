using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Writes how members and parts are told to a dump, which makes text or JSON of them.</summary>
internal sealed class DumpEmitter(CodeWriter writer)
{
    internal void EmitMembers(IEnumerable<MemberLayout> members, Func<MemberLayout, bool> isAddition)
    {
        foreach (MemberLayout member in members)
        {
            if (!isAddition(member))
            {
                EmitMember(member);
                continue;
            }

            EmitIfThere("Has" + CSharpNames.Member(member.Label), member.Label.Name, () => EmitMember(member));
        }
    }

    internal void EmitParts(BlockLayout block)
    {
        foreach (GroupLayout group in block.Groups)
        {
            string name = CSharpNames.Part(group.Label);
            writer.Line($"dump.BeginGroup(\"{group.Label.Name}\");");
            using (writer.Block($"foreach ({name}Decoder entry in Get{name}())"))
            {
                writer.Line("dump.BeginEntry();");
                writer.Line("entry.__Append(dump);");
                writer.Line("dump.EndEntry();");
            }

            writer.Line("dump.EndGroup();");
        }

        foreach (DataLayout data in block.Data)
        {
            string append = $"dump.OnData(\"{data.Label.Name}\", Get{CSharpNames.Part(data.Label)}(), {Encoding(data.Encoding)});";
            if (data.SinceVersion > block.BaseVersion)
            {
                EmitIfThere($"__actingVersion >= {data.SinceVersion}", data.Label.Name, () => writer.Line(append));
            }
            else
            {
                writer.Line(append);
            }
        }
    }

    private static string Encoding(string? encoding) => encoding is null ? "null" : $"__Sbe.TextEncoding.{TextEncodings.Find(encoding) ?? "Other"}";

    private void EmitIfThere(string condition, string name, Action emit)
    {
        using (writer.Block($"if ({condition})"))
        {
            emit();
        }

        using (writer.Block("else"))
        {
            writer.Line($"dump.OnNull(\"{name}\");");
        }
    }

    private void EmitMember(MemberLayout member)
    {
        string name = CSharpNames.Member(member.Label);
        string label = $"\"{member.Label.Name}\"";
        switch (member.Type)
        {
            case ScalarLayout when member.Constant is { Text: not null }:
            case ScalarLayout { IsText: true } when member.Constant is null:
                writer.Line($"dump.OnText({label}, {name}, {Encoding(((ScalarLayout)member.Type).Encoding)});");
                break;
            case ScalarLayout { IsArray: true } array when member.Constant is null:
                EmitArray(name, label, array);
                break;
            case CompositeLayout:
                writer.Line($"dump.BeginComposite({label});");
                writer.Line($"{name}.__Append(dump);");
                writer.Line("dump.EndComposite();");
                break;
            default:
                EmitValue(member, name, label);
                break;
        }
    }

    private void EmitValue(MemberLayout member, string name, string label)
    {
        string append = member.Type switch
        {
            SetLayout set => $"dump.OnSet({label}, (ulong){name}, __Enums.{CSharpNames.Of(set.Label)}Names);",
            EnumLayout => $"dump.OnEnum({label}, {name}, {(Literals.NullOf(member) is null || member.Constant is not null ? "true" : $"TryGet{name}(out _)")});",
            ScalarLayout { Primitive.IsChar: true } => $"dump.OnChar({label}, {name});",
            _ => $"dump.OnNumber({label}, {name});",
        };
        if (Literals.NullOf(member) is null || member.Constant is not null || member.Type is EnumLayout)
        {
            writer.Line(append);
            return;
        }

        EmitIfThere($"TryGet{name}(out _)", member.Label.Name, () => writer.Line(append));
    }

    private void EmitArray(string name, string label, ScalarLayout array)
    {
        writer.Line($"dump.BeginArray({label});");
        using (writer.Block($"for (int index = 0; index < {array.Count}; index++)"))
        {
            writer.Line($"dump.OnElement(Get{name}(index));");
        }

        writer.Line("dump.EndArray();");
    }
}
