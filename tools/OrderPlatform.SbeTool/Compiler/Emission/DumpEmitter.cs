using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Writes the readable form of members and parts.</summary>
internal sealed class DumpEmitter(CodeWriter writer)
{
    internal void EmitMembers(IEnumerable<MemberLayout> members)
    {
        foreach (MemberLayout member in members)
        {
            string name = CSharpNames.Of(member.Label);
            string label = $"\"{member.Label.Name}\"";
            if (member.Constant is { Text: not null })
            {
                writer.Line($"__Sbe.Dump.Text(text, {label}, {name}, __Sbe.TextEncoding.Ascii);");
                continue;
            }

            switch (member.Type)
            {
                case ScalarLayout { IsText: true } text:
                    writer.Line($"__Sbe.Dump.Text(text, {label}, {name}, __Sbe.TextEncoding.{TextEncodings.Find(text.Encoding!) ?? "Latin1"});");
                    break;
                case ScalarLayout { IsArray: true } array:
                    EmitArray(name, label, array);
                    break;
                case CompositeLayout:
                    writer.Line($"__Sbe.Dump.Name(text, {label}).Append('(');");
                    writer.Line($"{name}.__Append(text);");
                    writer.Line("text.Append(')');");
                    break;
                default:
                    writer.Line(Literals.NullOf(member) is null
                        ? $"__Sbe.Dump.Value(text, {label}, {name});"
                        : $"__Sbe.Dump.Optional(text, {label}, TryGet{name}(out _), {name});");
                    break;
            }
        }
    }

    internal void EmitParts(BlockLayout block)
    {
        foreach (GroupLayout group in block.Groups)
        {
            string variable = $"__{group.Label.Name}";
            writer.Line($"var {variable} = Get{CSharpNames.Of(group.Label)}();");
            writer.Line($"__Sbe.Dump.Name(text, \"{group.Label.Name}\").Append('[');");
            using (writer.Block($"while ({variable}.MoveNext())"))
            {
                writer.Line("text.Append('(');");
                writer.Line($"{variable}.__Append(text);");
                writer.Line("text.Append(')');");
            }

            writer.Line("text.Append(']');");
        }

        foreach (DataLayout data in block.Data)
        {
            string label = $"\"{data.Label.Name}\"";
            string get = $"Get{CSharpNames.Of(data.Label)}()";
            writer.Line(data.Encoding is null
                ? $"__Sbe.Dump.Raw(text, {label}, {get}.Length);"
                : $"__Sbe.Dump.Text(text, {label}, {get}, __Sbe.TextEncoding.{TextEncodings.Find(data.Encoding) ?? "Latin1"});");
        }
    }

    private void EmitArray(string name, string label, ScalarLayout array)
    {
        writer.Line($"__Sbe.Dump.Name(text, {label}).Append('[');");
        using (writer.Block($"for (int index = 0; index < {array.Count}; index++)"))
        {
            writer.Line($"__Sbe.Dump.Element(text, Get{name}(index));");
        }

        writer.Line("text.Append(']');");
    }
}
