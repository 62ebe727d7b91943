using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Writes how a decoder is laid over bytes: the one check of header and block, and what is said when it fails.</summary>
internal sealed class WrapReader(CodeWriter writer, HeaderLayout header)
{
    private string ActingVersion => WireNumbers.ToVersion(header.Version, "header.Version");

    private string BlockLength => WireNumbers.ToLong(header.BlockLength, "header.BlockLength");

    internal void Emit(MessageLayout message, string name)
    {
        EmitTryWrap(message.Block, name);
        EmitWrap(message, name);
        EmitThrow(message);
        EmitCheckBlock(message.Block);
    }

    /// <summary>Versions below zero exist where the header's is signed.</summary>
    private bool ChecksVersion(BlockLayout block) => block.BaseVersion > 0 || !header.Version.Primitive.IsUnsigned;

    private void EmitTryWrap(BlockLayout block, string name)
    {
        writer.Summary("Wraps a message behind its header; false if it is another message or its block does not fit.");
        using (writer.Inlined($"public static bool TryWrap(__Bytes buffer, out {name} decoder)"))
        {
            using (writer.Block("if (!__Fits(buffer, out MessageHeader header))"))
            {
                writer.Line("decoder = default;");
                writer.Line("return false;");
            }

            writer.Line($"decoder = new {name}(buffer, __Types.MessageHeader.EncodedLength, (int)header.BlockLength, {ActingVersion});");
            writer.Line("return true;");
        }

        string version = ChecksVersion(block) ? $" && {ActingVersion} >= {block.BaseVersion}" : "";
        writer.Line("[__Inlined(__Inlining.AggressiveInlining)]");
        writer.Line("private static bool __Fits(__Bytes buffer, out MessageHeader header) =>");
        writer.Line($"    __Types.MessageHeader.TryRead(buffer, out header) && header.SchemaId == SchemaId && header.TemplateId == TemplateId{version}");
        writer.Line($"    && {BlockLength} >= {block.MinBlockLength} && {BlockLength} <= buffer.Length - __Types.MessageHeader.EncodedLength;");
        using (writer.Block("private static __Sbe.MessageProblem __Check(__Bytes buffer, out MessageHeader header)"))
        {
            writer.Line("return !__Types.MessageHeader.TryRead(buffer, out header) ? __Sbe.MessageProblem.TooShort");
            writer.Line("    : header.SchemaId != SchemaId ? __Sbe.MessageProblem.WrongSchema");
            writer.Line("    : header.TemplateId != TemplateId ? __Sbe.MessageProblem.UnknownTemplate");
            writer.Line($"    : __CheckBlock(buffer.Length - __Types.MessageHeader.EncodedLength, {BlockLength}, {ActingVersion});");
        }
    }

    private void EmitWrap(MessageLayout message, string name)
    {
        string label = $"\"{message.Label.Name}\"";
        writer.Summary("Wraps a message behind its header.");
        writer.Line("/// <exception cref=\"global::OrderPlatform.Sbe.SbeException\">It is another message, or its block does not fit.</exception>");
        using (writer.Inlined($"public static {name} WrapForDecodeAndApplyHeader(__Bytes buffer)"))
        {
            using (writer.Block("if (!__Fits(buffer, out MessageHeader header))"))
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
            if (ChecksVersion(block))
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
}
