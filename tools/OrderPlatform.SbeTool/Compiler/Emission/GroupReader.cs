using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Writes the decoder of a repeating group, nested in the decoder of its owner.</summary>
internal sealed class GroupReader(CodeWriter writer, bool isBigEndian)
{
    private readonly BlockReader _block = new(writer, isBigEndian);

    internal void Emit(GroupLayout group, string owner)
    {
        string name = CSharpNames.Of(group.Label) + "Decoder";
        string path = $"{owner}.{group.Label.Name}";
        writer.Summary(group.Label, $"Reads the entries of group {group.Label.Name}.");
        using (writer.Block($"public ref struct {name}"))
        {
            EmitState(group.Block, name);
            EmitBegin(group, name, path);
            EmitMoveNext(group.Block, path);
            _block.EmitMembers(group.Block, path);
            EmitReadDimension(group);
            EmitSkip(group.Block);
            foreach (GroupLayout inner in group.Block.Groups)
            {
                Emit(inner, path);
            }
        }
    }

    private void EmitState(BlockLayout block, string name)
    {
        writer.Line("private readonly __Bytes __buffer;");
        writer.Line("private readonly ref int __limit;");
        writer.Line("private ref readonly byte __block;");
        writer.Line("private readonly int __actingVersion;");
        writer.Line("private readonly int __blockLength;");
        writer.Line("private readonly int __count;");
        writer.Line("private readonly int __presentLength;");
        writer.Line("private int __index;");
        if (!block.IsFixed)
        {
            writer.Line("private int __nextPart;");
        }

        using (writer.Block($"private {name}(__Bytes buffer, ref int limit, int actingVersion, int blockLength, int count)"))
        {
            writer.Line("__buffer = buffer;");
            writer.Line("__limit = ref limit;");
            writer.Line("__actingVersion = actingVersion;");
            writer.Line("__blockLength = blockLength;");
            writer.Line("__count = count;");
            writer.Line($"__presentLength = {(BlockReader.HasAdditions(block) ? "__PresentLength(blockLength, actingVersion)" : "blockLength")};");
            writer.Line("__index = -1;");
            if (!block.IsFixed)
            {
                writer.Line($"__nextPart = {PartReader.PartCount(block)};");
            }
        }

        writer.Summary("The number of entries.");
        writer.Line("public readonly int Count => __count;");
    }

    private void EmitBegin(GroupLayout group, string name, string path)
    {
        using (writer.Block($"internal static {name} __Begin(__Bytes buffer, ref int limit, int actingVersion, bool isPresent)"))
        {
            writer.Line("int blockLength = 0;");
            writer.Line("int count = 0;");
            using (writer.Block("if (isPresent)"))
            {
                writer.Line("__Sbe.MessageProblem problem = __ReadDimension(buffer, ref limit, out blockLength, out count);");
                using (writer.Block("if (problem != __Sbe.MessageProblem.None)"))
                {
                    writer.Line($"__Sbe.SbeException.ThrowMalformed(problem, \"{path}\", limit, buffer.Length);");
                }
            }

            writer.Line($"return new {name}(buffer, ref limit, actingVersion, blockLength, count);");
        }
    }

    private void EmitMoveNext(BlockLayout block, string path)
    {
        writer.Summary("Moves to the next entry, past what was not read of this one; false at the end.");
        using (writer.Block("public bool MoveNext()"))
        {
            if (!block.IsFixed)
            {
                writer.Line($"__SkipTo({PartReader.PartCount(block)}, \"{path}\");");
            }

            using (writer.Block("if (__index + 1 >= __count)"))
            {
                writer.Line("return false;");
            }

            using (writer.Block("if (__blockLength > __buffer.Length - __limit)"))
            {
                writer.Line($"__Sbe.SbeException.ThrowMalformed(__Sbe.MessageProblem.GroupOutsideBuffer, \"{path}\", __limit + __blockLength, __buffer.Length);");
            }

            writer.Line("__index++;");
            writer.Line("__block = ref __Unsafe.Add(ref __Marshal.GetReference(__buffer), __limit);");
            writer.Line("__limit += __blockLength;");
            if (!block.IsFixed)
            {
                writer.Line("__nextPart = 0;");
            }

            writer.Line("return true;");
        }
    }

    private void EmitReadDimension(GroupLayout group)
    {
        DimensionLayout dimension = group.Dimension;
        int lengthBytes = dimension.Composite.LengthBytes;
        using (writer.Block("private static __Sbe.MessageProblem __ReadDimension(__Bytes buffer, scoped ref int limit, out int blockLength, out int count)"))
        {
            writer.Line("blockLength = 0;");
            writer.Line("count = 0;");
            using (writer.Block($"if (buffer.Length - limit < {lengthBytes})"))
            {
                writer.Line("return __Sbe.MessageProblem.GroupOutsideBuffer;");
            }

            writer.Line("ref byte dimension = ref __Unsafe.Add(ref __Marshal.GetReference(buffer), limit);");
            writer.Line($"long statedLength = __Wire.Read<{dimension.BlockLength.Primitive.CSharpName}>(ref dimension, {dimension.BlockLength.Offset});");
            writer.Line($"long statedCount = __Wire.Read<{dimension.Count.Primitive.CSharpName}>(ref dimension, {dimension.Count.Offset});");
            writer.Line($"limit += {lengthBytes};");
            writer.Line(
                "__Sbe.MessageProblem problem = __Sbe.GroupBounds.Check("
                + $"buffer.Length - limit, statedCount, {dimension.CountMin}L, {dimension.CountMax}L, statedLength, {group.Block.MinBlockLength});");
            using (writer.Block("if (problem == __Sbe.MessageProblem.None && statedCount > 0)"))
            {
                writer.Line("blockLength = (int)statedLength;");
                writer.Line("count = (int)statedCount;");
            }

            writer.Line("return problem;");
        }
    }

    private void EmitSkip(BlockLayout block)
    {
        bool hasEnums = BlockReader.HasEnums(block);
        using (writer.Block("internal static __Sbe.MessageProblem __Skip(__Bytes buffer, scoped ref int limit, int actingVersion, bool checkEnums)"))
        {
            writer.Line("__Sbe.MessageProblem problem = __ReadDimension(buffer, ref limit, out int blockLength, out int count);");
            if (block.IsFixed && !hasEnums)
            {
                writer.Line("limit += blockLength * count;");
                writer.Line("return problem;");
                return;
            }

            using (writer.Block("for (int index = 0; index < count && problem == __Sbe.MessageProblem.None; index++)"))
            {
                writer.Line("problem = __SkipEntry(buffer, ref limit, blockLength, actingVersion, checkEnums);");
            }

            writer.Line("return problem;");
        }

        using (writer.Block("private static __Sbe.MessageProblem __SkipEntry(__Bytes buffer, scoped ref int limit, int blockLength, int actingVersion, bool checkEnums)"))
        {
            EmitSkipEntryBody(block, hasEnums);
        }
    }

    private void EmitSkipEntryBody(BlockLayout block, bool hasEnums)
    {
        using (writer.Block("if (blockLength > buffer.Length - limit)"))
        {
            writer.Line("return __Sbe.MessageProblem.GroupOutsideBuffer;");
        }

        if (hasEnums)
        {
            string present = BlockReader.HasAdditions(block) ? "__PresentLength(blockLength, actingVersion)" : "blockLength";
            using (writer.Block($"if (checkEnums && !__EnumsAreDeclared(ref __Unsafe.Add(ref __Marshal.GetReference(buffer), limit), {present}))"))
            {
                writer.Line("return __Sbe.MessageProblem.EnumOutOfRange;");
            }
        }

        writer.Line("limit += blockLength;");
        writer.Line("__Sbe.MessageProblem problem = __Sbe.MessageProblem.None;");
        int parts = PartReader.PartCount(block);
        if (parts > 0)
        {
            using (writer.Block($"for (int part = 0; part < {parts} && problem == __Sbe.MessageProblem.None; part++)"))
            {
                writer.Line("problem = __SkipPart(part, buffer, ref limit, actingVersion, checkEnums);");
            }
        }

        writer.Line("return problem;");
    }
}
