using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Writes the writing side of fields and composite members.</summary>
internal sealed class WriterEmitter(CodeWriter writer, bool isBigEndian)
{
    internal void Emit(MemberLayout member, string owner)
    {
        if (member.Constant is not null)
        {
            ConstantEmitter.Emit(writer, member);
            return;
        }

        switch (member.Type)
        {
            case ScalarLayout { IsText: true } text:
                EmitText(member, text, owner);
                break;
            case ScalarLayout { IsArray: true } array:
                EmitArray(member, array, owner);
                break;
            case CompositeLayout composite:
                string type = CSharpNames.Qualified(CSharpNames.Of(composite.Label) + "Encoder");
                Document(member);
                writer.Line($"public readonly {type} {CSharpNames.Member(member.Label)} => new {type}(ref __Unsafe.Add(ref __block, {member.Offset}));");
                break;
            default:
                EmitValue(member);
                break;
        }
    }

    private void EmitValue(MemberLayout member)
    {
        string type = CSharpNames.ValueType(member.Type);
        Document(member);
        using (writer.Block($"public {type} {CSharpNames.Member(member.Label)}"))
        {
            writer.Line($"readonly get => __Wire.Read<{type}>(in __block, {member.Offset});");
            writer.Line($"set => __Wire.Write<{type}>(ref __block, {member.Offset}, value);");
        }

        if (Literals.NullOf(member) is { } literal)
        {
            ConstantEmitter.EmitNull(writer, member, literal);
        }
    }

    private void EmitText(MemberLayout member, ScalarLayout text, string owner)
    {
        string name = CSharpNames.Member(member.Label);
        string place = $"ref __block, {member.Offset}, {text.Count}";
        string label = $"\"{owner}.{member.Label.Name}\"";
        ConstantEmitter.EmitLength(writer, member, text);
        Document(member);
        writer.Line($"public void Set{name}(__Bytes value) => __Sbe.TextField.Write({place}, value, {label});");
        if (TextEncodings.Find(text.Encoding!) is { } encoding)
        {
            Document(member);
            writer.Line($"public void Set{name}(__Chars value) => __Sbe.TextField.Write({place}, value, __Sbe.TextEncoding.{encoding}, {label});");
        }
    }

    private void EmitArray(MemberLayout member, ScalarLayout array, string owner)
    {
        string name = CSharpNames.Member(member.Label);
        string type = array.Primitive.CSharpName;
        string label = $"\"{owner}.{member.Label.Name}\"";
        string write = $"__Wire.Write<{type}>(ref __block, {member.Offset} + (index * {array.Primitive.SizeBytes}), ";
        ConstantEmitter.EmitLength(writer, member, array);
        Document(member);
        using (writer.Inlined($"public void Set{name}(int index, {type} value)"))
        {
            writer.Line($"__Sbe.NumericArray.CheckIndex(index, {array.Count}, {label});");
            writer.Line($"{write}value);");
        }

        Document(member);
        using (writer.Inlined($"public void Set{name}(global::System.ReadOnlySpan<{type}> values)"))
        {
            writer.Line($"__Sbe.NumericArray.CheckCount(values.Length, {array.Count}, {label});");
            writer.Line($"__Sbe.NumericArray.Write(ref __block, {member.Offset}, {array.Count}, values, {(isBigEndian ? "true" : "false")});");
        }
    }

    private void Document(MemberLayout member) => writer.Summary(member.Label, $"{member.Label.Name}.");
}
