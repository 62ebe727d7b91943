using System.Globalization;
using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Writes how a group's dimensions are read, checked and written.</summary>
internal static class DimensionEmitter
{
    /// <summary>Writes the method that reads dimensions for those who skip and validate; it returns what is wrong.</summary>
    internal static void EmitRead(CodeWriter writer, GroupLayout group)
    {
        using (writer.Block("private static __Sbe.MessageProblem __ReadDimension(__Bytes buffer, scoped ref int limit, out int blockLength, out int count)"))
        {
            writer.Line("blockLength = 0;");
            writer.Line("count = 0;");
            EmitChecks(writer, group, static problem => $"return {problem};");
            using (writer.Block("if (statedCount > 0)"))
            {
                writer.Line("blockLength = (int)statedLength;");
                writer.Line("count = (int)statedCount;");
            }

            writer.Line($"limit += {group.Dimension.Composite.LengthBytes};");
            writer.Line("return __Sbe.MessageProblem.None;");
        }
    }

    /// <summary>Writes the statements that read dimensions at the limit, move behind them, and throw if they are wrong.</summary>
    internal static void EmitReadOrThrow(CodeWriter writer, GroupLayout group, string limit, string path)
    {
        EmitChecks(writer, group, problem => $"__Sbe.SbeException.ThrowMalformed({problem}, \"{path}\", limit, buffer.Length);", limit);
        writer.Line("int count = (int)statedCount;");
        writer.Line("int blockLength = count > 0 ? (int)statedLength : 0;");
        writer.Line($"limit += {group.Dimension.Composite.LengthBytes};");
    }

    /// <summary>
    /// Both numbers are hostile until the checks have passed. What the widths of the two exclude is not asked: with at most sixteen bits of length a
    /// product with a count below 2^31 cannot overflow. Longer lengths are cut first: 2^32 and the parts, times 2^31, is more than a long holds.
    /// </summary>
    private static void EmitChecks(CodeWriter writer, GroupLayout group, Func<string, string> fail, string? limit = null)
    {
        DimensionLayout dimension = group.Dimension;
        if (limit is not null)
        {
            writer.Line($"int limit = {limit};");
        }

        writer.Line($"int availableBytes = buffer.Length - limit - {dimension.Composite.LengthBytes};");
        EmitCheck(writer, "availableBytes < 0", fail("__Sbe.MessageProblem.GroupOutsideBuffer"));
        writer.Line("ref byte dimension = ref __Unsafe.Add(ref __Marshal.GetReference(buffer), (nuint)(uint)limit);");
        writer.Line($"long statedLength = {WireNumbers.ReadLong(dimension.BlockLength, "dimension")};");
        writer.Line($"long statedCount = {WireNumbers.ReadLong(dimension.Count, "dimension")};");
        if (dimension.CountMax < dimension.Count.Primitive.Highest)
        {
            EmitCheck(writer, $"statedCount > {dimension.CountMax}", fail("__Sbe.MessageProblem.GroupCountOutOfRange"));
        }

        if (dimension.CountMin > 0 || !dimension.Count.Primitive.IsUnsigned)
        {
            EmitCheck(writer, $"statedCount < {dimension.CountMin}", fail("__Sbe.MessageProblem.GroupCountOutOfRange"));
        }

        if (group.Block.MinBlockLength > 0)
        {
            EmitCheck(writer, $"statedLength < {group.Block.MinBlockLength} && statedCount > 0", fail("__Sbe.MessageProblem.BlockTooShort"));
        }

        int parts = PartsMinLength(group.Block);
        string length = dimension.BlockLength.Primitive.SizeBytes > 2 ? "global::System.Math.Min(statedLength, int.MaxValue)" : "statedLength";
        string entry = parts > 0 ? $"({length} + {parts})" : length;
        EmitCheck(writer, $"{entry} * statedCount > availableBytes", fail("__Sbe.MessageProblem.GroupOutsideBuffer"));
        if (dimension.Count.Primitive.SizeBytes > 2 && group.Block.MinBlockLength + parts == 0)
        {
            // Entries without bytes cost a reader time and the writer nothing; more than these are taken for an attack.
            EmitCheck(writer, $"statedLength == 0 && statedCount > {ushort.MaxValue}", fail("__Sbe.MessageProblem.GroupOutsideBuffer"));
        }
    }

    private static void EmitCheck(CodeWriter writer, string condition, string fail)
    {
        using (writer.Block($"if ({condition})"))
        {
            writer.Line(fail);
        }
    }

    /// <summary>Writes the statements that claim room for a group and write its dimensions at the limit.</summary>
    internal static void EmitWrite(CodeWriter writer, GroupLayout group, string path)
    {
        DimensionLayout dimension = group.Dimension;
        int lengthBytes = dimension.Composite.LengthBytes;
        writer.Line(
            $"__Sbe.GroupBounds.CheckRoom(buffer.Length - limit, {lengthBytes}, count, {dimension.CountMin}L, {dimension.CountMax}L, "
            + $"{group.Block.BlockLength}, \"{path}\");");
        writer.Line("ref byte dimension = ref __Unsafe.Add(ref __Marshal.GetReference(buffer), (nuint)(uint)limit);");
        if (dimension.BlockLength.Primitive.SizeBytes + dimension.Count.Primitive.SizeBytes < lengthBytes)
        {
            writer.Line($"__Unsafe.InitBlockUnaligned(ref dimension, 0, {lengthBytes}U);");
        }

        EmitSlot(writer, dimension.BlockLength, group.Block.BlockLength.ToString(CultureInfo.InvariantCulture));
        EmitSlot(writer, dimension.Count, "count");
        writer.Line($"limit += {lengthBytes};");
    }

    /// <summary>Bytes behind an entry's block at least: dimensions and prefixes that every version has.</summary>
    private static int PartsMinLength(BlockLayout block) =>
        block.Groups.Where(group => group.SinceVersion <= block.BaseVersion).Sum(static group => group.Dimension.Composite.LengthBytes)
        + block.Data.Where(data => data.SinceVersion <= block.BaseVersion).Sum(static data => data.PrefixBytes);

    private static void EmitSlot(CodeWriter writer, NumberSlot slot, string value)
    {
        string type = slot.Primitive.CSharpName;
        writer.Line($"__Wire.Write<{type}>(ref dimension, {slot.Offset}, ({type}){value});");
    }
}
