using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>
/// Writes the decoder of a group whose entries are blocks and nothing else: they lie side by side, were bounded together when the group began, and
/// the place behind the last is known at once.
/// </summary>
internal sealed class FlatGroupReader(CodeWriter writer, BlockReader blocks)
{
    internal void Emit(GroupLayout group, string name, string path)
    {
        EmitState(group.Block, name);
        EmitBegin(group, name, path);
        EmitMoveNext();
        blocks.EmitMembers(group.Block, path, group);
        DimensionEmitter.EmitRead(writer, group);
        EmitSkip(group.Block);
    }

    private void EmitState(BlockLayout block, string name)
    {
        writer.Line("private readonly ref readonly byte __first;");
        writer.Line("private ref readonly byte __block;");
        writer.Line("private readonly int __blockLength;");
        writer.Line("private readonly int __count;");
        writer.Line("private int __index;");
        bool hasAdditions = BlockReader.HasAdditions(block);
        if (hasAdditions)
        {
            writer.Line("private readonly int __presentLength;");
        }

        using (writer.Inlined($"private {name}(ref readonly byte first, int blockLength, int count, int actingVersion)"))
        {
            writer.Line("__first = ref first;");
            writer.Line("__blockLength = blockLength;");
            writer.Line("__count = count;");
            writer.Line("__index = -1;");
            if (hasAdditions)
            {
                writer.Line("__presentLength = __PresentLength(blockLength, actingVersion);");
            }
        }

        writer.Summary("The number of entries.");
        writer.Line("public readonly int Count => __count;");
    }

    private void EmitBegin(GroupLayout group, string name, string path)
    {
        using (writer.Inlined($"internal static {name} __Begin(__Bytes buffer, scoped ref int place, int actingVersion)"))
        {
            DimensionEmitter.EmitReadOrThrow(writer, group, "place", path);
            writer.Line("ref byte first = ref __Unsafe.Add(ref __Marshal.GetReference(buffer), (nuint)(uint)limit);");
            writer.Line("place = limit + (blockLength * count);");
            writer.Line($"return new {name}(in first, blockLength, count, actingVersion);");
        }
    }

    private void EmitMoveNext()
    {
        writer.Summary("Moves to the next entry; false at the end.");
        using (writer.Inlined("public bool MoveNext()"))
        {
            writer.Line("int next = __index + 1;");
            using (writer.Block("if (next >= __count)"))
            {
                writer.Line("return false;");
            }

            writer.Line("__index = next;");
            writer.Line("__block = ref __Unsafe.Add(ref __Unsafe.AsRef(in __first), (nuint)(uint)(next * __blockLength));");
            writer.Line("return true;");
        }
    }

    private void EmitSkip(BlockLayout block)
    {
        using (writer.Block("internal static __Sbe.MessageProblem __Skip(__Bytes buffer, scoped ref int limit, int actingVersion, bool checkEnums)"))
        {
            writer.Line("__Sbe.MessageProblem problem = __ReadDimension(buffer, ref limit, out int blockLength, out int count);");
            if (BlockReader.HasEnums(block))
            {
                EmitEnums(block);
            }

            writer.Line("limit += blockLength * count;");
            writer.Line("return problem;");
        }
    }

    private void EmitEnums(BlockLayout block)
    {
        string present = BlockReader.HasAdditions(block) ? "__PresentLength(blockLength, actingVersion)" : "blockLength";
        using (writer.Block("for (int index = 0; checkEnums && index < count; index++)"))
        {
            using (writer.Block($"if (!__EnumsAreDeclared(ref __Unsafe.Add(ref __Marshal.GetReference(buffer), limit + (index * blockLength)), {present}))"))
            {
                writer.Line("return __Sbe.MessageProblem.EnumOutOfRange;");
            }
        }
    }
}
