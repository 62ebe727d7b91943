using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Writes how a decoder visits the groups and data behind a block, in order, skipping what is not asked for.</summary>
internal sealed class PartReader(CodeWriter writer, CursorLayout cursor)
{
    /// <summary>Writes the accessors of a block's parts.</summary>
    /// <param name="block">The block.</param>
    /// <param name="owner">Its name in errors.</param>
    /// <param name="group">The group whose entries the block is, or null for a message.</param>
    internal void Emit(BlockLayout block, string owner, GroupLayout? group)
    {
        if (block.IsFixed)
        {
            return;
        }

        string part = "__cursor." + (group is null ? "Part" : cursor.PartOf(group));
        int number = 0;
        foreach (GroupLayout inner in block.Groups)
        {
            EmitGroupAccessor(inner, part, number++, block, owner, group is null);
        }

        foreach (DataLayout data in block.Data)
        {
            EmitDataAccessor(data, part, number++, block, owner, group is null);
            EmitSkipData(data);
        }

        EmitSkipTo(block, part, owner);
        EmitSkipPart(block);
    }

    internal static int PartCount(BlockLayout block) => block.Groups.Count + block.Data.Count;

    /// <summary>
    /// The condition under which what stands before a part was not visited to its end. Only the part just before can be a group that was left
    /// midway: what stands before that one was finished when it was begun.
    /// </summary>
    internal string IsBehind(BlockLayout block, string part, int number)
    {
        GroupLayout? before = number > 0 && number <= block.Groups.Count ? block.Groups[number - 1] : null;
        return $"{part} != {number}" + (before is null || before.Block.IsFixed ? "" : $" || __cursor.{cursor.LeftOf(before)} != 0");
    }

    private void EmitGroupAccessor(GroupLayout group, string part, int number, BlockLayout block, string owner, bool isInMessage)
    {
        string name = CSharpNames.Part(group.Label);
        writer.Summary(group.Label, $"Begins to read group {group.Label.Name}: foreach, or MoveNext before each entry.");
        if (isInMessage && !group.Block.IsFixed)
        {
            writer.Line("[global::System.Diagnostics.CodeAnalysis.UnscopedRef]");
        }

        using (writer.Inlined($"public {Readonly(isInMessage)}{name}Decoder Get{name}()"))
        {
            string place = group.Block.IsFixed ? "ref __cursor.Limit" : "ref __cursor";
            string absent = group.Block.IsFixed ? "default" : $"{name}Decoder.__Absent(__buffer, {place}, __actingVersion)";
            EmitEnter(block, part, number, $"{owner}.{group.Label.Name}", group.SinceVersion, absent);
            writer.Line($"return {name}Decoder.__Begin(__buffer, {place}, __actingVersion);");
        }
    }

    private void EmitDataAccessor(DataLayout data, string part, int number, BlockLayout block, string owner, bool isInMessage)
    {
        string name = CSharpNames.Part(data.Label);
        string label = $"{owner}.{data.Label.Name}";
        writer.Summary(data.Label, $"Reads {data.Label.Name} and moves behind it.");
        using (writer.Inlined($"public {Readonly(isInMessage)}__Bytes Get{name}()"))
        {
            EmitEnter(block, part, number, label, data.SinceVersion, "default");
            writer.Line("int limit = __cursor.Limit;");
            EmitDataChecks(data, "__buffer", problem => $"__Sbe.SbeException.ThrowMalformed({problem}, \"{label}\", limit, __buffer.Length);");
            writer.Line($"__cursor.Limit = limit + {data.PrefixBytes} + (int)length;");
            writer.Line($"return __Marshal.CreateReadOnlySpan(ref __Unsafe.Add(ref prefix, {data.PrefixBytes}), (int)length);");
        }
    }

    /// <summary>An entry refers to the cursor and can be read where it is a foreach variable; a message holds it.</summary>
    private static string Readonly(bool isInMessage) => isInMessage ? "" : "readonly ";

    private void EmitEnter(BlockLayout block, string part, int number, string label, int sinceVersion, string absent)
    {
        using (writer.Block($"if ({IsBehind(block, part, number)})"))
        {
            writer.Line($"__SkipTo({number}, \"{label}\", __buffer, ref __cursor, __actingVersion);");
        }

        writer.Line($"{part} = {number + 1};");
        if (sinceVersion > block.BaseVersion)
        {
            using (writer.Block($"if (__actingVersion < {sinceVersion})"))
            {
                writer.Line($"return {absent};");
            }
        }
    }

    private void EmitSkipData(DataLayout data)
    {
        string head = $"private static __Sbe.MessageProblem __Skip{CSharpNames.Part(data.Label)}(__Bytes buffer, scoped ref int limit)";
        using (writer.Block(head))
        {
            EmitDataChecks(data, "buffer", static problem => $"return {problem};");
            writer.Line($"limit += {data.PrefixBytes} + (int)length;");
            writer.Line("return __Sbe.MessageProblem.None;");
        }
    }

    /// <summary>Everything here is hostile until compared: the prefix must fit before it is read, the length before it is used.</summary>
    private void EmitDataChecks(DataLayout data, string buffer, Func<string, string> fail)
    {
        PrimitiveType number = data.Length.Primitive;
        writer.Line($"int availableBytes = {buffer}.Length - limit - {data.PrefixBytes};");
        EmitCheck("availableBytes < 0", fail("__Sbe.MessageProblem.DataOutsideBuffer"));
        writer.Line($"ref byte prefix = ref __Unsafe.Add(ref __Marshal.GetReference({buffer}), (nuint)(uint)limit);");
        writer.Line($"{number.CSharpName} length = __Wire.Read<{number.CSharpName}>(in prefix, {data.Length.Offset});");
        if (data.LengthMax < number.Highest)
        {
            EmitCheck($"length > {data.LengthMax}U", fail("__Sbe.MessageProblem.DataTooLong"));
        }

        EmitCheck("length > (uint)availableBytes", fail("__Sbe.MessageProblem.DataOutsideBuffer"));
    }

    private void EmitCheck(string condition, string fail)
    {
        using (writer.Block($"if ({condition})"))
        {
            writer.Line(fail);
        }
    }

    private void EmitSkipTo(BlockLayout block, string part, string owner)
    {
        string place = part.Substring(2);
        using (writer.Block("private static void __SkipTo(int part, string name, __Bytes buffer, scoped ref __Cursor cursor, int actingVersion)"))
        {
            using (writer.Block($"if ({place} > part)"))
            {
                writer.Line("__Sbe.SbeException.ThrowOutOfOrder(name);");
            }

            writer.Line("__Sbe.MessageProblem problem = __Sbe.MessageProblem.None;");
            EmitFinishNested(block);
            using (writer.Block($"while (problem == __Sbe.MessageProblem.None && {place} < part)"))
            {
                writer.Line($"problem = __SkipPart({place}++, buffer, ref cursor.Limit, actingVersion, false);");
            }

            EmitCheck(
                "problem != __Sbe.MessageProblem.None",
                $"__Sbe.SbeException.ThrowMalformed(problem, \"{owner}, part before \" + name, cursor.Limit, buffer.Length);");
        }
    }

    /// <summary>Writes how groups that were begun and left midway are skipped to their end.</summary>
    internal void EmitFinishNested(BlockLayout block)
    {
        foreach (GroupLayout group in CursorLayout.Nested(block))
        {
            using (writer.Block($"if (problem == __Sbe.MessageProblem.None && cursor.{cursor.LeftOf(group)} != 0)"))
            {
                writer.Line($"problem = {CSharpNames.Part(group.Label)}Decoder.__Finish(buffer, ref cursor, actingVersion);");
            }
        }
    }

    private void EmitSkipPart(BlockLayout block)
    {
        writer.Line("private static __Sbe.MessageProblem __SkipPart(int part, __Bytes buffer, scoped ref int limit, int actingVersion, bool checkEnums) => part switch");
        writer.Line("{");
        int part = 0;
        foreach (GroupLayout group in block.Groups)
        {
            EmitArm(part++, group.SinceVersion, block, $"{CSharpNames.Part(group.Label)}Decoder.__Skip(buffer, ref limit, actingVersion, checkEnums)");
        }

        foreach (DataLayout data in block.Data)
        {
            EmitArm(part++, data.SinceVersion, block, $"__Skip{CSharpNames.Part(data.Label)}(buffer, ref limit)");
        }

        writer.Line("    _ => __Sbe.MessageProblem.None,");
        writer.Line("};");
    }

    private void EmitArm(int part, int sinceVersion, BlockLayout block, string skip)
    {
        string guard = sinceVersion > block.BaseVersion ? $"actingVersion < {sinceVersion} ? __Sbe.MessageProblem.None : " : "";
        writer.Line($"    {part} => {guard}{skip},");
    }
}
