using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Writes the decoder of a message.</summary>
internal sealed class MessageReader(CodeWriter writer, SchemaLayout schema)
{
    internal void Emit(MessageLayout message)
    {
        string label = message.Label.Name;
        string name = CSharpNames.Of(message.Label) + "Decoder";
        var cursor = new CursorLayout(message.Block);
        var parts = new PartReader(writer, cursor);
        var blocks = new BlockReader(writer, schema.Definition.IsBigEndian, parts);
        var groups = new GroupReader(writer, blocks, parts, cursor);
        writer.Summary(message.Label, $"Decodes message {label}.");
        using (writer.Block($"public ref struct {name}"))
        {
            MessageFacts.Emit(writer, schema, message);
            EmitState(message.Block, name);
            EmitTryWrap(name);
            EmitWrap(message, name);
            EmitThrow(message);
            blocks.EmitMembers(message.Block, label, null);
            EmitSkipToEnd(message.Block);
            EmitCheckBlock(message.Block);
            EmitValidate(message.Block);
            new MessageDumpEmitter(writer).Emit(message);
            if (!message.Block.IsFixed)
            {
                cursor.Emit(writer);
            }

            foreach (GroupLayout group in message.Block.Groups)
            {
                groups.Emit(group, label);
            }
        }
    }

    private string ActingVersion => WireNumbers.ToVersion(schema.Header.Version, "header.Version");

    private void EmitState(BlockLayout block, string name)
    {
        bool hasAdditions = BlockReader.HasAdditions(block);
        writer.Line("private readonly ref readonly byte __block;");
        writer.Line("private readonly int __blockOffset;");
        writer.Line("private readonly int __blockEnd;");
        writer.Line("private readonly int __actingVersion;");
        if (hasAdditions)
        {
            writer.Line("private readonly int __presentLength;");
        }

        if (!block.IsFixed)
        {
            writer.Line("private readonly __Bytes __buffer;");
            writer.Line("private __Cursor __cursor;");
        }

        using (writer.Inlined($"private {name}(__Bytes buffer, int blockOffset, int actingBlockLength, int actingVersion)"))
        {
            writer.Line("__block = ref __Unsafe.Add(ref __Marshal.GetReference(buffer), blockOffset);");
            writer.Line("__blockOffset = blockOffset;");
            writer.Line("__blockEnd = blockOffset + actingBlockLength;");
            writer.Line("__actingVersion = actingVersion;");
            if (hasAdditions)
            {
                writer.Line("__presentLength = __PresentLength(actingBlockLength, actingVersion);");
            }

            if (!block.IsFixed)
            {
                writer.Line("__buffer = buffer;");
                writer.Line("__cursor.Limit = __blockEnd;");
            }
        }

        writer.Summary("The schema version of the writer.");
        writer.Line("public readonly int ActingVersion => __actingVersion;");
        writer.Summary("Bytes of the writer's block.");
        writer.Line("public readonly int ActingBlockLength => __blockEnd - __blockOffset;");
        writer.Summary("Bytes from the buffer's start to the end of what was read so far; the header counts if it was decoded.");
        writer.Line($"public readonly int DecodedLengthSoFar => {(block.IsFixed ? "__blockEnd" : "__cursor.Limit")};");
    }

    private void EmitSkipToEnd(BlockLayout block)
    {
        writer.Summary("Skips all groups and data that were not read, so that the length so far is that of the message.");
        writer.Line("/// <exception cref=\"global::OrderPlatform.Sbe.SbeException\">They do not fit into the buffer.</exception>");
        writer.Line(block.IsFixed
            ? "public readonly void SkipToEnd() { }"
            : $"public void SkipToEnd() => __SkipTo({PartReader.PartCount(block)}, \"the end\", __buffer, ref __cursor, __actingVersion);");
    }

    private void EmitTryWrap(string name)
    {
        writer.Summary("Wraps a message behind its header; false if it is another message or its block does not fit.");
        using (writer.Inlined($"public static bool TryWrap(__Bytes buffer, out {name} decoder)"))
        {
            using (writer.Block("if (__Check(buffer, out MessageHeader header) != __Sbe.MessageProblem.None)"))
            {
                writer.Line("decoder = default;");
                writer.Line("return false;");
            }

            writer.Line($"decoder = new {name}(buffer, __Types.MessageHeader.EncodedLength, (int)header.BlockLength, {ActingVersion});");
            writer.Line("return true;");
        }

        using (writer.Inlined("private static __Sbe.MessageProblem __Check(__Bytes buffer, out MessageHeader header)"))
        {
            writer.Line("return !__Types.MessageHeader.TryRead(buffer, out header) ? __Sbe.MessageProblem.TooShort");
            writer.Line("    : header.SchemaId != SchemaId ? __Sbe.MessageProblem.WrongSchema");
            writer.Line("    : header.TemplateId != TemplateId ? __Sbe.MessageProblem.UnknownTemplate");
            writer.Line(
                "    : __CheckBlock(buffer.Length - __Types.MessageHeader.EncodedLength, "
                + $"{WireNumbers.ToLong(schema.Header.BlockLength, "header.BlockLength")}, {ActingVersion});");
        }
    }

    private void EmitWrap(MessageLayout message, string name)
    {
        string label = $"\"{message.Label.Name}\"";
        writer.Summary("Wraps a message behind its header.");
        writer.Line("/// <exception cref=\"global::OrderPlatform.Sbe.SbeException\">It is another message, or its block does not fit.</exception>");
        using (writer.Inlined($"public static {name} WrapForDecodeAndApplyHeader(__Bytes buffer)"))
        {
            using (writer.Block("if (__Check(buffer, out MessageHeader header) != __Sbe.MessageProblem.None)"))
            {
                writer.Line("__ThrowMalformed(buffer);");
            }

            writer.Line($"return new {name}(buffer, __Types.MessageHeader.EncodedLength, (int)header.BlockLength, {ActingVersion});");
        }

        writer.Summary("Wraps the body of a message, without a header.");
        writer.Line("/// <exception cref=\"global::OrderPlatform.Sbe.SbeException\">The block does not fit.</exception>");
        using (writer.Inlined($"public static {name} WrapForDecode(__Bytes body, int actingBlockLength, int actingVersion)"))
        {
            writer.Line("__Sbe.MessageProblem problem = __CheckBlock(body.Length, actingBlockLength, actingVersion);");
            using (writer.Block("if (problem != __Sbe.MessageProblem.None)"))
            {
                writer.Line($"__Sbe.SbeException.ThrowMalformed(problem, {label}, actingBlockLength, problem == __Sbe.MessageProblem.BlockOutsideBuffer ? body.Length : {message.Block.MinBlockLength});");
            }

            writer.Line($"return new {name}(body, 0, actingBlockLength, actingVersion);");
        }
    }

    /// <summary>Writes what is far from the way of a good message: the numbers that disagree.</summary>
    private void EmitThrow(MessageLayout message)
    {
        using (writer.Block("private static void __ThrowMalformed(__Bytes buffer)"))
        {
            writer.Line("__Sbe.MessageProblem problem = __Check(buffer, out MessageHeader header);");
            EmitNumbers(message.Block);
            writer.Line($"__Sbe.SbeException.ThrowMalformed(problem, \"{message.Label.Name}\", stated, allowed);");
        }
    }

    private void EmitNumbers(BlockLayout block)
    {
        writer.Line("long stated = buffer.Length;");
        writer.Line("long allowed = __Types.MessageHeader.EncodedLength;");
        using (writer.Block("switch (problem)"))
        {
            EmitNumberCase("WrongSchema", "header.SchemaId", "SchemaId");
            EmitNumberCase("UnknownTemplate", "header.TemplateId", "TemplateId");
            EmitNumberCase("UnsupportedVersion", "header.Version", $"{block.BaseVersion}");
            EmitNumberCase("BlockTooShort", "header.BlockLength", $"{block.MinBlockLength}");
            EmitNumberCase("BlockOutsideBuffer", "header.BlockLength", "(buffer.Length - __Types.MessageHeader.EncodedLength)");
        }
    }

    private void EmitNumberCase(string problem, string stated, string allowed)
    {
        writer.Line($"case __Sbe.MessageProblem.{problem}:");
        writer.Line($"    stated = (long){stated};");
        writer.Line($"    allowed = (long){allowed};");
        writer.Line("    break;");
    }

    /// <summary>The one bounds check of a block. Every field that is read without a guard ends within the minimal length.</summary>
    private void EmitCheckBlock(BlockLayout block)
    {
        using (writer.Inlined("private static __Sbe.MessageProblem __CheckBlock(int availableBytes, long actingBlockLength, int actingVersion)"))
        {
            if (block.BaseVersion > 0 || !schema.Header.Version.Primitive.IsUnsigned)
            {
                using (writer.Block($"if (actingVersion < {block.BaseVersion})"))
                {
                    writer.Line("return __Sbe.MessageProblem.UnsupportedVersion;");
                }
            }

            writer.Line($"return actingBlockLength < {block.MinBlockLength} ? __Sbe.MessageProblem.BlockTooShort");
            writer.Line("    : actingBlockLength > availableBytes ? __Sbe.MessageProblem.BlockOutsideBuffer");
            writer.Line("    : __Sbe.MessageProblem.None;");
        }
    }

    private void EmitValidate(BlockLayout block)
    {
        using (writer.Block("internal static __Sbe.MessageProblem __Validate(__Bytes buffer)"))
        {
            writer.Line("__Sbe.MessageProblem problem = __Check(buffer, out MessageHeader header);");
            using (writer.Block("if (problem != __Sbe.MessageProblem.None)"))
            {
                writer.Line("return problem;");
            }

            int parts = PartReader.PartCount(block);
            if (parts > 0 || BlockReader.HasEnums(block))
            {
                writer.Line("int limit = __Types.MessageHeader.EncodedLength;");
            }

            if (BlockReader.HasEnums(block))
            {
                string present = BlockReader.HasAdditions(block) ? $"__PresentLength((int)header.BlockLength, {ActingVersion})" : "(int)header.BlockLength";
                using (writer.Block($"if (!__EnumsAreDeclared(ref __Unsafe.Add(ref __Marshal.GetReference(buffer), limit), {present}))"))
                {
                    writer.Line("return __Sbe.MessageProblem.EnumOutOfRange;");
                }
            }

            if (parts > 0)
            {
                writer.Line("limit += (int)header.BlockLength;");
                using (writer.Block($"for (int part = 0; part < {parts} && problem == __Sbe.MessageProblem.None; part++)"))
                {
                    writer.Line($"problem = __SkipPart(part, buffer, ref limit, {ActingVersion}, true);");
                }
            }

            writer.Line("return problem;");
        }
    }
}
