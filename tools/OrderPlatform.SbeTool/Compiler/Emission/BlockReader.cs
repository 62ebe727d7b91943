using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Writes what the decoders of messages and of group entries share: fields, parts behind the block, validation, dump.</summary>
internal sealed class BlockReader(CodeWriter writer, bool isBigEndian)
{
    private readonly ReaderEmitter _fields = new(writer, isBigEndian);
    private readonly DumpEmitter _dump = new(writer);
    private readonly PartReader _parts = new(writer);

    internal static bool HasAdditions(BlockLayout block) => block.Additions.Any();

    internal static bool HasEnums(BlockLayout block) => Leaves.Of(block.Fields).Any(static leaf => leaf.Member.Type is EnumLayout);

    /// <summary>Writes the fields, then the parts.</summary>
    /// <param name="block">The block.</param>
    /// <param name="owner">Its name in errors.</param>
    internal void EmitMembers(BlockLayout block, string owner)
    {
        foreach (MemberLayout member in block.Fields)
        {
            _fields.Emit(member, owner, block.IsAddition(member) ? $"__presentLength >= {member.End}" : null);
        }

        _parts.Emit(block, owner);
        EmitPresentLength(block);
        EmitEnumsAreDeclared(block);
        using (writer.Block("internal void __Append(__Text text)"))
        {
            _dump.EmitMembers(block.Fields);
            _dump.EmitParts(block);
        }
    }

    /// <summary>Writes the members of a composite, which knows no versions and no parts.</summary>
    internal void EmitMembers(CompositeLayout composite)
    {
        foreach (MemberLayout member in composite.Members)
        {
            _fields.Emit(member, CSharpNames.Of(composite.Label), null);
        }

        using (writer.Block("internal readonly void __Append(__Text text)"))
        {
            _dump.EmitMembers(composite.Members);
        }
    }

    /// <summary>Fields count as present up to here: the acting block's length, cut where fields begin that the acting version cannot know.</summary>
    private void EmitPresentLength(BlockLayout block)
    {
        if (!HasAdditions(block))
        {
            return;
        }

        using (writer.Block("private static int __PresentLength(int actingBlockLength, int actingVersion)"))
        {
            foreach ((int version, int offset) in block.Additions)
            {
                using (writer.Block($"if (actingVersion < {version})"))
                {
                    writer.Line($"return global::System.Math.Min(actingBlockLength, {offset});");
                }
            }

            writer.Line("return actingBlockLength;");
        }
    }

    private void EmitEnumsAreDeclared(BlockLayout block)
    {
        if (!HasEnums(block))
        {
            return;
        }

        using (writer.Block("private static bool __EnumsAreDeclared(ref readonly byte block, int presentLength)"))
        {
            foreach (Leaf leaf in Leaves.Of(block.Fields))
            {
                if (leaf.Member.Type is EnumLayout enumeration)
                {
                    EmitEnumTest(block, leaf, enumeration);
                }
            }

            writer.Line("return true;");
        }
    }

    private void EmitEnumTest(BlockLayout block, Leaf leaf, EnumLayout enumeration)
    {
        string type = CSharpNames.Of(enumeration.Label);
        string value = $"__value{leaf.Offset}";
        string guard = block.IsAddition(leaf.Field) ? $"presentLength >= {leaf.Field.End} && " : "";
        string orNull = leaf.Member.Null is null ? "" : $" && {value} != {type}.{EnumBinder.NullName}";
        writer.Line($"{type} {value} = __Wire.Read<{type}>(in block, {leaf.Offset});".Replace(
            "__Wire.Read", guard.Length == 0 ? "__Wire.Read" : $"presentLength < {leaf.Field.End} ? default : __Wire.Read"));
        using (writer.Block($"if ({guard}!__Enums.Is{type}({value}){orNull})"))
        {
            writer.Line("return false;");
        }
    }
}
