using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Writes what the decoders of messages and of group entries share: fields, parts behind the block, validation, dump.</summary>
internal sealed class BlockReader(CodeWriter writer, bool isBigEndian, PartReader parts)
{
    private readonly ReaderEmitter _fields = new(writer, isBigEndian);
    private readonly DumpEmitter _dump = new(writer);

    internal static bool HasAdditions(BlockLayout block) => block.Additions.Any();

    internal static bool HasEnums(BlockLayout block) => Leaves.Of(block.Fields).Any(static leaf => leaf.Member.Type is EnumLayout);

    /// <summary>Writes the fields, then the parts.</summary>
    /// <param name="block">The block.</param>
    /// <param name="owner">Its name in errors.</param>
    /// <param name="group">The group whose entries the block is, or null for a message.</param>
    internal void EmitMembers(BlockLayout block, string owner, GroupLayout? group)
    {
        foreach (MemberLayout member in block.Fields)
        {
            _fields.Emit(member, owner, block.IsAddition(member), HasAdditions(block));
        }

        parts.Emit(block, owner, group);
        EmitPresentLength(block);
        EmitEnumsAreDeclared(block);
        using (writer.Block("internal void __Append(__Sbe.MessageDump dump)"))
        {
            _dump.EmitMembers(block.Fields, block.IsAddition);
            _dump.EmitParts(block);
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
                    EmitEnumTest(leaf, enumeration, isAddition: leaf.SinceVersion > block.BaseVersion);
                }
            }

            writer.Line("return true;");
        }
    }

    private void EmitEnumTest(Leaf leaf, EnumLayout enumeration, bool isAddition)
    {
        string type = CSharpNames.ValueType(enumeration);
        string value = $"__value{leaf.Offset}";
        string read = $"__Wire.Read<{type}>(in block, {leaf.Offset})";
        string guard = isAddition ? $"presentLength >= {leaf.End} && " : "";
        string orNull = leaf.Member.Null is null ? "" : $" && {value} != {type}.{EnumBinder.NullName}";
        writer.Line($"{type} {value} = {(isAddition ? $"presentLength < {leaf.End} ? default : {read}" : read)};");
        using (writer.Block($"if ({guard}!__Enums.Is{CSharpNames.Of(enumeration.Label)}({value}){orNull})"))
        {
            writer.Line("return false;");
        }
    }
}
