using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Writes how a decoder visits the groups and data behind a block, in order, skipping what is not asked for.</summary>
internal sealed class PartReader(CodeWriter writer)
{
    internal void Emit(BlockLayout block, string owner)
    {
        if (block.IsFixed)
        {
            return;
        }

        int part = 0;
        foreach (GroupLayout group in block.Groups)
        {
            EmitGroupAccessor(group, part++, block, owner);
        }

        foreach (DataLayout data in block.Data)
        {
            EmitDataAccessor(data, part++, block, owner);
        }

        EmitSkipTo(owner);
        EmitSkipPart(block);
    }

    internal static int PartCount(BlockLayout block) => block.Groups.Count + block.Data.Count;

    private void EmitGroupAccessor(GroupLayout group, int part, BlockLayout block, string owner)
    {
        string name = CSharpNames.Of(group.Label);
        writer.Summary(group.Label, $"Begins to read group {group.Label.Name}; call MoveNext before each entry, up to the end.");
        writer.Line("[global::System.Diagnostics.CodeAnalysis.UnscopedRef]");
        using (writer.Block($"public {name}Decoder Get{name}()"))
        {
            writer.Line($"__SkipTo({part}, \"{owner}.{group.Label.Name}\");");
            writer.Line($"__nextPart = {part + 1};");
            string present = group.SinceVersion > block.BaseVersion ? $"__actingVersion >= {group.SinceVersion}" : "true";
            writer.Line($"return {name}Decoder.__Begin(__buffer, ref __limit, __actingVersion, {present});");
        }
    }

    private void EmitDataAccessor(DataLayout data, int part, BlockLayout block, string owner)
    {
        string name = CSharpNames.Of(data.Label);
        string label = $"\"{owner}.{data.Label.Name}\"";
        writer.Summary(data.Label, $"Reads {data.Label.Name} and moves behind it.");
        using (writer.Block($"public __Bytes Get{name}()"))
        {
            writer.Line($"__SkipTo({part}, {label});");
            writer.Line($"__nextPart = {part + 1};");
            if (data.SinceVersion > block.BaseVersion)
            {
                using (writer.Block($"if (__actingVersion < {data.SinceVersion})"))
                {
                    writer.Line("return default;");
                }
            }

            writer.Line($"__Sbe.MessageProblem problem = __Read{name}(__buffer, ref __limit, out __Bytes value);");
            EmitThrow(label);
            writer.Line("return value;");
        }

        EmitReadData(data, name);
    }

    /// <summary>Everything here is hostile until compared: the prefix must fit before it is read, the length before it is used.</summary>
    private void EmitReadData(DataLayout data, string name)
    {
        using (writer.Block($"private static __Sbe.MessageProblem __Read{name}(__Bytes buffer, scoped ref int limit, out __Bytes value)"))
        {
            writer.Line("value = default;");
            using (writer.Block($"if (!__Sbe.VariableData.PrefixFits(buffer.Length, limit, {data.PrefixBytes}))"))
            {
                writer.Line("return __Sbe.MessageProblem.DataOutsideBuffer;");
            }

            string type = data.Length.Primitive.CSharpName;
            writer.Line($"uint length = __Wire.Read<{type}>(ref __Unsafe.Add(ref __Marshal.GetReference(buffer), limit), {data.Length.Offset});");
            writer.Line($"__Sbe.MessageProblem problem = __Sbe.VariableData.Check(buffer.Length, limit, {data.PrefixBytes}, length, {data.LengthMax}U);");
            using (writer.Block("if (problem == __Sbe.MessageProblem.None)"))
            {
                writer.Line($"value = buffer.Slice(limit + {data.PrefixBytes}, (int)length);");
                writer.Line($"limit += {data.PrefixBytes} + (int)length;");
            }

            writer.Line("return problem;");
        }
    }

    private void EmitSkipTo(string owner)
    {
        using (writer.Block("private void __SkipTo(int part, string name)"))
        {
            using (writer.Block("if (__nextPart > part)"))
            {
                writer.Line("__Sbe.SbeException.ThrowOutOfOrder(name);");
            }

            using (writer.Block("while (__nextPart < part)"))
            {
                writer.Line("__Sbe.MessageProblem problem = __SkipPart(__nextPart++, __buffer, ref __limit, __actingVersion, false);");
                EmitThrow($"\"{owner}, part before \" + name");
            }
        }
    }

    private void EmitThrow(string label)
    {
        using (writer.Block("if (problem != __Sbe.MessageProblem.None)"))
        {
            writer.Line($"__Sbe.SbeException.ThrowMalformed(problem, {label}, __limit, __buffer.Length);");
        }
    }

    private void EmitSkipPart(BlockLayout block)
    {
        writer.Line("private static __Sbe.MessageProblem __SkipPart(int part, __Bytes buffer, scoped ref int limit, int actingVersion, bool checkEnums) => part switch");
        writer.Line("{");
        int part = 0;
        foreach (GroupLayout group in block.Groups)
        {
            EmitArm(part++, group.SinceVersion, block, $"{CSharpNames.Of(group.Label)}Decoder.__Skip(buffer, ref limit, actingVersion, checkEnums)");
        }

        foreach (DataLayout data in block.Data)
        {
            EmitArm(part++, data.SinceVersion, block, $"__Read{CSharpNames.Of(data.Label)}(buffer, ref limit, out _)");
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
