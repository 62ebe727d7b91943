using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Writes the reading side of fields and composite members.</summary>
internal sealed class ReaderEmitter(CodeWriter writer, bool isBigEndian)
{
    /// <summary>Writes what reads one member.</summary>
    /// <param name="member">The member.</param>
    /// <param name="owner">For messages of errors: the message or composite.</param>
    /// <param name="isAddition">Whether it must be asked if the member is there.</param>
    /// <param name="hasPresentLength">Whether the owner knows how much of it the writer had.</param>
    internal void Emit(MemberLayout member, string owner, bool isAddition, bool hasPresentLength)
    {
        if (member.Constant is not null)
        {
            ConstantEmitter.Emit(writer, member);
            return;
        }

        string? guard = isAddition ? $"__presentLength >= {FirstEnd(member)}" : null;
        if (guard is not null)
        {
            writer.Summary($"Whether the writer's version has {member.Label.Name}.");
            writer.Line($"public readonly bool Has{CSharpNames.Member(member.Label)} => {guard};");
        }

        switch (member.Type)
        {
            case ScalarLayout { IsText: true } text:
                EmitText(member, text, guard);
                break;
            case ScalarLayout { IsArray: true } array:
                EmitArray(member, array, owner, guard);
                break;
            case CompositeLayout composite:
                EmitComposite(member, composite, guard, hasPresentLength);
                break;
            default:
                EmitValue(member, guard);
                break;
        }
    }

    /// <summary>The end of the member when it came: a composite may have grown since.</summary>
    private static int FirstEnd(MemberLayout member) =>
        Leaves.Of([member]).Where(leaf => leaf.SinceVersion <= member.SinceVersion).Select(static leaf => leaf.End).DefaultIfEmpty(member.End).Max();

    private void EmitValue(MemberLayout member, string? guard)
    {
        string name = CSharpNames.Member(member.Label);
        string type = CSharpNames.ValueType(member.Type);
        string? nullLiteral = Literals.NullOf(member);
        string absent = nullLiteral is not null ? $"({type})({nullLiteral})" : member.Type is EnumLayout ? $"{type}.{EnumBinder.NullName}" : "default";
        string read = $"__Wire.Read<{type}>(in __block, {member.Offset})";
        Document(member);
        writer.Line($"public readonly {type} {name} => {(guard is null ? read : $"{guard} ? {read} : {absent}")};");
        if (nullLiteral is null)
        {
            return;
        }

        ConstantEmitter.EmitNull(writer, member, nullLiteral);
        string isPresent = member.Null!.Value is { IsReal: true } real && double.IsNaN(real.Real) ? $"!{type}.IsNaN(value)" : $"value != {nullLiteral}";
        writer.Summary($"Reads {member.Label.Name}; false if it is null or the writer did not know it.");
        using (writer.Block($"public readonly bool TryGet{name}(out {type} value)"))
        {
            writer.Line($"value = {name};");
            writer.Line($"return {isPresent};");
        }
    }

    private void EmitText(MemberLayout member, ScalarLayout text, string? guard)
    {
        string read = $"__Sbe.TextField.Read(in __block, {member.Offset}, {text.Count})";
        Document(member);
        writer.Line($"public readonly __Bytes {CSharpNames.Member(member.Label)} => {(guard is null ? read : $"{guard} ? {read} : default")};");
        ConstantEmitter.EmitLength(writer, member, text);
    }

    private void EmitArray(MemberLayout member, ScalarLayout array, string owner, string? guard)
    {
        string name = CSharpNames.Member(member.Label);
        string type = array.Primitive.CSharpName;
        string read = $"__Wire.Read<{type}>(in __block, {member.Offset} + (index * {array.Primitive.SizeBytes}))";
        string absent = Literals.NullOf(member) is { } literal ? $"({type})({literal})" : "default";
        ConstantEmitter.EmitLength(writer, member, array);
        Document(member);
        using (writer.Inlined($"public readonly {type} Get{name}(int index)"))
        {
            writer.Line($"__Sbe.NumericArray.CheckIndex(index, {array.Count}, \"{owner}.{member.Label.Name}\");");
            writer.Line($"return {(guard is null ? read : $"{guard} ? {read} : {absent}")};");
        }

        Document(member);
        using (writer.Inlined($"public readonly void Copy{name}(global::System.Span<{type}> destination)"))
        {
            writer.Line($"__Sbe.NumericArray.CheckCount(destination.Length, {array.Count}, \"{owner}.{member.Label.Name}\");");
            string copy = $"__Sbe.NumericArray.Read(in __block, {member.Offset}, {array.Count}, destination, {(isBigEndian ? "true" : "false")});";
            if (guard is null)
            {
                writer.Line(copy);
            }
            else
            {
                EmitCopyIfThere(guard, copy, absent);
            }
        }

        if (type == "byte")
        {
            string span = $"__Marshal.CreateReadOnlySpan(ref __Unsafe.Add(ref __Unsafe.AsRef(in __block), {member.Offset}), {array.Count})";
            Document(member);
            writer.Line($"public readonly __Bytes {name} => {(guard is null ? span : $"{guard} ? {span} : default")};");
        }
    }

    private void EmitCopyIfThere(string guard, string copy, string absent)
    {
        using (writer.Block($"if ({guard})"))
        {
            writer.Line(copy);
        }

        using (writer.Block("else"))
        {
            writer.Line($"destination.Fill({absent});");
        }
    }

    private void EmitComposite(MemberLayout member, CompositeLayout composite, string? guard, bool hasPresentLength)
    {
        string name = CSharpNames.Member(member.Label);
        string type = CSharpNames.Qualified(CSharpNames.Of(composite.Label) + "Decoder");
        bool grew = CompositeEmitter.HasAdditions(composite);
        string length = !grew ? "" : hasPresentLength ? $", __presentLength - {member.Offset}" : $", {composite.LengthBytes}";
        string present = $"new {type}(ref __Unsafe.Add(ref __Unsafe.AsRef(in __block), {member.Offset}){length})";
        Document(member);
        if (guard is null)
        {
            writer.Line($"public readonly {type} {name} => {present};");
            return;
        }

        string image = string.Join(", ", InitialiseEmitter.NullImage(composite, isBigEndian).DefaultIfEmpty((byte)0));
        string absent = $"new {type}(ref __Marshal.GetReference(__Absent{name}){(grew ? $", {composite.LengthBytes}" : "")})";
        writer.Line($"public readonly {type} {name} => {guard} ? {present} : {absent};");
        writer.Line($"private static __Bytes __Absent{name} => new byte[] {{ {image} }};");
    }

    private void Document(MemberLayout member) => writer.Summary(member.Label, $"{member.Label.Name}.");
}
