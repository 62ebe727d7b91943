using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Writes the decoder of a message.</summary>
internal sealed class MessageReader(CodeWriter writer, SchemaLayout schema)
{
    private readonly BlockReader _block = new(writer, schema.Definition.IsBigEndian);
    private readonly GroupReader _groups = new(writer, schema.Definition.IsBigEndian);

    internal void Emit(MessageLayout message)
    {
        string label = message.Label.Name;
        string name = CSharpNames.Of(message.Label) + "Decoder";
        writer.Summary(message.Label, $"Decodes message {label}.");
        using (writer.Block($"public ref struct {name}"))
        {
            MessageFacts.Emit(writer, schema, message);
            EmitState(message.Block, name);
            EmitTryWrap(message, name);
            EmitWrap(message, name);
            _block.EmitMembers(message.Block, label);
            EmitCheckBlock(message.Block);
            EmitValidate(message.Block);
            EmitToString(label, message.Block);
            foreach (GroupLayout group in message.Block.Groups)
            {
                _groups.Emit(group, label);
            }
        }
    }

    private void EmitState(BlockLayout block, string name)
    {
        writer.Line("private readonly ref readonly byte __block;");
        writer.Line("private readonly int __blockEnd;");
        writer.Line("private readonly int __presentLength;");
        writer.Line("private readonly int __actingVersion;");
        writer.Line("private int __limit;");
        if (!block.IsFixed)
        {
            writer.Line("private readonly __Bytes __buffer;");
            writer.Line("private int __nextPart;");
        }

        using (writer.Block($"private {name}(__Bytes buffer, int blockOffset, int actingBlockLength, int actingVersion)"))
        {
            writer.Line("__block = ref __Unsafe.Add(ref __Marshal.GetReference(buffer), blockOffset);");
            writer.Line("__blockEnd = blockOffset + actingBlockLength;");
            writer.Line($"__presentLength = {(BlockReader.HasAdditions(block) ? "__PresentLength(actingBlockLength, actingVersion)" : "actingBlockLength")};");
            writer.Line("__actingVersion = actingVersion;");
            writer.Line("__limit = __blockEnd;");
            if (!block.IsFixed)
            {
                writer.Line("__buffer = buffer;");
                writer.Line("__nextPart = 0;");
            }
        }

        writer.Summary("The schema version of the writer.");
        writer.Line("public readonly int ActingVersion => __actingVersion;");
        writer.Summary("Bytes from the buffer's start to the end of what was read so far; the header counts if it was decoded.");
        writer.Line("public readonly int DecodedLengthSoFar => __limit;");
    }

    private void EmitTryWrap(MessageLayout message, string name)
    {
        writer.Summary("Wraps a message behind its header; false if it is another message or its block does not fit.");
        using (writer.Block($"public static bool TryWrap(__Bytes buffer, out {name} decoder)"))
        {
            using (writer.Block("if (__Check(buffer, out MessageHeader header) != __Sbe.MessageProblem.None)"))
            {
                writer.Line("decoder = default;");
                writer.Line("return false;");
            }

            writer.Line($"decoder = new {name}(buffer, MessageHeader.EncodedLength, (int)header.BlockLength, (int)header.Version);");
            writer.Line("return true;");
        }

        using (writer.Block("private static __Sbe.MessageProblem __Check(__Bytes buffer, out MessageHeader header)"))
        {
            writer.Line("return !MessageHeader.TryRead(buffer, out header) ? __Sbe.MessageProblem.TooShort");
            writer.Line("    : header.SchemaId != SchemaId ? __Sbe.MessageProblem.WrongSchema");
            writer.Line("    : header.TemplateId != TemplateId ? __Sbe.MessageProblem.UnknownTemplate");
            writer.Line("    : __CheckBlock(buffer.Length - MessageHeader.EncodedLength, header.BlockLength, header.Version);");
        }
    }

    private void EmitWrap(MessageLayout message, string name)
    {
        string label = $"\"{message.Label.Name}\"";
        writer.Summary("Wraps a message behind its header.");
        writer.Line("/// <exception cref=\"global::OrderPlatform.Sbe.SbeException\">It is another message, or its block does not fit.</exception>");
        using (writer.Block($"public static {name} WrapForDecodeAndApplyHeader(__Bytes buffer)"))
        {
            writer.Line("__Sbe.MessageProblem problem = __Check(buffer, out MessageHeader header);");
            using (writer.Block("if (problem != __Sbe.MessageProblem.None)"))
            {
                EmitNumbers(message.Block);
                writer.Line($"__Sbe.SbeException.ThrowMalformed(problem, {label}, stated, allowed);");
            }

            writer.Line($"return new {name}(buffer, MessageHeader.EncodedLength, (int)header.BlockLength, (int)header.Version);");
        }

        writer.Summary("Wraps the body of a message, without a header.");
        writer.Line("/// <exception cref=\"global::OrderPlatform.Sbe.SbeException\">The block does not fit.</exception>");
        using (writer.Block($"public static {name} WrapForDecode(__Bytes body, int actingBlockLength, int actingVersion)"))
        {
            writer.Line("__Sbe.MessageProblem problem = __CheckBlock(body.Length, actingBlockLength, actingVersion);");
            using (writer.Block("if (problem != __Sbe.MessageProblem.None)"))
            {
                writer.Line($"__Sbe.SbeException.ThrowMalformed(problem, {label}, actingBlockLength, problem == __Sbe.MessageProblem.BlockOutsideBuffer ? body.Length : {message.Block.MinBlockLength});");
            }

            writer.Line($"return new {name}(body, 0, actingBlockLength, actingVersion);");
        }
    }

    private void EmitNumbers(BlockLayout block)
    {
        writer.Line("long stated = buffer.Length;");
        writer.Line("long allowed = MessageHeader.EncodedLength;");
        using (writer.Block("switch (problem)"))
        {
            EmitNumberCase("WrongSchema", "header.SchemaId", "SchemaId");
            EmitNumberCase("UnknownTemplate", "header.TemplateId", "TemplateId");
            EmitNumberCase("UnsupportedVersion", "header.Version", $"{block.BaseVersion}");
            EmitNumberCase("BlockTooShort", "header.BlockLength", $"{block.MinBlockLength}");
            EmitNumberCase("BlockOutsideBuffer", "header.BlockLength", "buffer.Length - MessageHeader.EncodedLength");
        }
    }

    private void EmitNumberCase(string problem, string stated, string allowed)
    {
        writer.Line($"case __Sbe.MessageProblem.{problem}:");
        writer.Line($"    stated = {stated};");
        writer.Line($"    allowed = {allowed};");
        writer.Line("    break;");
    }

    /// <summary>The one bounds check of a block. Every field that is read without a guard ends within the minimal length.</summary>
    private void EmitCheckBlock(BlockLayout block)
    {
        using (writer.Block("private static __Sbe.MessageProblem __CheckBlock(int availableBytes, long actingBlockLength, long actingVersion)"))
        {
            if (block.BaseVersion > 0)
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
                writer.Line("int limit = MessageHeader.EncodedLength;");
            }

            if (BlockReader.HasEnums(block))
            {
                string present = BlockReader.HasAdditions(block) ? "__PresentLength((int)header.BlockLength, (int)header.Version)" : "(int)header.BlockLength";
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
                    writer.Line("problem = __SkipPart(part, buffer, ref limit, (int)header.Version, true);");
                }
            }

            writer.Line("return problem;");
        }
    }

    private void EmitToString(string label, BlockLayout block)
    {
        writer.Summary("The message as text, for people; it does not move what is read next.");
        using (writer.Block("public override string ToString()"))
        {
            // Through a copy that walks the parts again from the end of the block.
            writer.Line($"var text = new __Text(\"[{label}]\");");
            writer.Line("var copy = this;");
            if (!block.IsFixed)
            {
                writer.Line("copy.__limit = copy.__blockEnd;");
                writer.Line("copy.__nextPart = 0;");
            }

            writer.Line("copy.__Append(text);");
            writer.Line("return text.ToString();");
        }
    }
}
