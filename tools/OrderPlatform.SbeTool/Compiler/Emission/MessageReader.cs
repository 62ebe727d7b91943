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
            new WrapReader(writer, schema.Header).Emit(message, name);
            blocks.EmitMembers(message.Block, label, null);
            EmitSkipToEnd(message.Block);
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
                string present = BlockReader.HasAdditions(block) ? $"__PresentLength((int)header.BlockLength, {WireNumbers.ToVersion(schema.Header.Version, "header.Version")})" : "(int)header.BlockLength";
                using (writer.Block($"if (!__EnumsAreDeclared(ref __Unsafe.Add(ref __Marshal.GetReference(buffer), (nuint)(uint)limit), {present}))"))
                {
                    writer.Line("return __Sbe.MessageProblem.EnumOutOfRange;");
                }
            }

            if (parts > 0)
            {
                writer.Line("limit += (int)header.BlockLength;");
                using (writer.Block($"for (int part = 0; part < {parts} && problem == __Sbe.MessageProblem.None; part++)"))
                {
                    writer.Line($"problem = __SkipPart(part, buffer, ref limit, {WireNumbers.ToVersion(schema.Header.Version, "header.Version")}, true);");
                }
            }

            writer.Line("return problem;");
        }
    }
}
