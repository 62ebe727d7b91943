using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Writes the decoder of a group whose entries have groups or data of their own: one entry after the other, through the message's cursor.</summary>
internal sealed class NestedGroupReader(CodeWriter writer, BlockReader blocks, PartReader parts, CursorLayout cursor)
{
    internal void Emit(GroupLayout group, string name, string path)
    {
        EmitState(group.Block, name);
        EmitBegin(group, name, path);
        EmitMoveNext(group, path);
        blocks.EmitMembers(group.Block, path, group);
        DimensionEmitter.EmitRead(writer, group);
        EmitFinish(group);
        EmitSkip();
        EmitSkipEntry(group.Block);
    }

    private void EmitState(BlockLayout block, string name)
    {
        writer.Line("private readonly __Bytes __buffer;");
        writer.Line("private readonly ref __Cursor __cursor;");
        writer.Line("private ref readonly byte __block;");
        writer.Line("private readonly int __actingVersion;");
        writer.Line("private readonly int __blockLength;");
        writer.Line("private readonly int __count;");
        bool hasAdditions = BlockReader.HasAdditions(block);
        if (hasAdditions)
        {
            writer.Line("private readonly int __presentLength;");
        }

        using (writer.Inlined($"private {name}(__Bytes buffer, ref __Cursor cursor, int actingVersion, int blockLength, int count)"))
        {
            writer.Line("__buffer = buffer;");
            writer.Line("__cursor = ref cursor;");
            writer.Line("__actingVersion = actingVersion;");
            writer.Line("__blockLength = blockLength;");
            writer.Line("__count = count;");
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
        using (writer.Inlined($"internal static {name} __Begin(__Bytes buffer, ref __Cursor cursor, int actingVersion)"))
        {
            DimensionEmitter.EmitReadOrThrow(writer, group, "cursor.Limit", path);
            writer.Line("cursor.Limit = limit;");
            writer.Line($"cursor.{cursor.PartOf(group)} = {PartReader.PartCount(group.Block)};");
            writer.Line($"cursor.{cursor.LeftOf(group)} = count == 0 ? 0 : count + 1;");
            writer.Line($"cursor.{cursor.LengthOf(group)} = blockLength;");
            writer.Line($"return new {name}(buffer, ref cursor, actingVersion, blockLength, count);");
        }

        using (writer.Block($"internal static {name} __Absent(__Bytes buffer, ref __Cursor cursor, int actingVersion)"))
        {
            writer.Line($"cursor.{cursor.PartOf(group)} = {PartReader.PartCount(group.Block)};");
            writer.Line($"return new {name}(buffer, ref cursor, actingVersion, 0, 0);");
        }
    }

    private void EmitMoveNext(GroupLayout group, string path)
    {
        string part = "__cursor." + cursor.PartOf(group);
        string left = "__cursor." + cursor.LeftOf(group);
        int count = PartReader.PartCount(group.Block);
        writer.Summary("Moves to the next entry, past what was not read of this one; false at the end, and when a later part of the owner was visited.");
        using (writer.Inlined("public bool MoveNext()"))
        {
            using (writer.Block($"if ({parts.IsBehind(group.Block, part, count)})"))
            {
                writer.Line($"__SkipTo({count}, \"the end of an entry\", __buffer, ref __cursor, __actingVersion);");
            }

            using (writer.Block($"if ({left} <= 1)"))
            {
                writer.Line($"{left} = 0;");
                writer.Line("return false;");
            }

            writer.Line("int limit = __cursor.Limit;");
            using (writer.Block("if (__blockLength > __buffer.Length - limit)"))
            {
                writer.Line($"__Sbe.SbeException.ThrowMalformed(__Sbe.MessageProblem.GroupOutsideBuffer, \"{path}\", limit + __blockLength, __buffer.Length);");
            }

            writer.Line("__block = ref __Unsafe.Add(ref __Marshal.GetReference(__buffer), (nuint)(uint)limit);");
            writer.Line("__cursor.Limit = limit + __blockLength;");
            writer.Line($"{part} = 0;");
            writer.Line($"{left}--;");
            writer.Line("return true;");
        }
    }

    /// <summary>Writes the way from the middle of a group to its end.</summary>
    private void EmitFinish(GroupLayout group)
    {
        string part = "cursor." + cursor.PartOf(group);
        using (writer.Block("internal static __Sbe.MessageProblem __Finish(__Bytes buffer, scoped ref __Cursor cursor, int actingVersion)"))
        {
            writer.Line("__Sbe.MessageProblem problem = __Sbe.MessageProblem.None;");
            parts.EmitFinishNested(group.Block);
            using (writer.Block($"while (problem == __Sbe.MessageProblem.None && {part} < {PartReader.PartCount(group.Block)})"))
            {
                writer.Line($"problem = __SkipPart({part}++, buffer, ref cursor.Limit, actingVersion, false);");
            }

            using (writer.Block($"while (problem == __Sbe.MessageProblem.None && --cursor.{cursor.LeftOf(group)} > 0)"))
            {
                writer.Line($"problem = __SkipEntry(buffer, ref cursor.Limit, cursor.{cursor.LengthOf(group)}, actingVersion, false);");
            }

            writer.Line("return problem;");
        }
    }

    private void EmitSkip()
    {
        using (writer.Block("internal static __Sbe.MessageProblem __Skip(__Bytes buffer, scoped ref int limit, int actingVersion, bool checkEnums)"))
        {
            writer.Line("__Sbe.MessageProblem problem = __ReadDimension(buffer, ref limit, out int blockLength, out int count);");
            using (writer.Block("for (int index = 0; index < count && problem == __Sbe.MessageProblem.None; index++)"))
            {
                writer.Line("problem = __SkipEntry(buffer, ref limit, blockLength, actingVersion, checkEnums);");
            }

            writer.Line("return problem;");
        }
    }

    private void EmitSkipEntry(BlockLayout block)
    {
        using (writer.Block("private static __Sbe.MessageProblem __SkipEntry(__Bytes buffer, scoped ref int limit, int blockLength, int actingVersion, bool checkEnums)"))
        {
            using (writer.Block("if (blockLength > buffer.Length - limit)"))
            {
                writer.Line("return __Sbe.MessageProblem.GroupOutsideBuffer;");
            }

            if (BlockReader.HasEnums(block))
            {
                string present = BlockReader.HasAdditions(block) ? "__PresentLength(blockLength, actingVersion)" : "blockLength";
                using (writer.Block($"if (checkEnums && !__EnumsAreDeclared(ref __Unsafe.Add(ref __Marshal.GetReference(buffer), (nuint)(uint)limit), {present}))"))
                {
                    writer.Line("return __Sbe.MessageProblem.EnumOutOfRange;");
                }
            }

            writer.Line("limit += blockLength;");
            writer.Line("__Sbe.MessageProblem problem = __Sbe.MessageProblem.None;");
            using (writer.Block($"for (int part = 0; part < {PartReader.PartCount(block)} && problem == __Sbe.MessageProblem.None; part++)"))
            {
                writer.Line("problem = __SkipPart(part, buffer, ref limit, actingVersion, checkEnums);");
            }

            writer.Line("return problem;");
        }
    }
}
