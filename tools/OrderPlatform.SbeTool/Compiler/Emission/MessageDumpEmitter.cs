using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Writes the readable forms of a message. Each walks a copy from the end of the block, so that a debugger's look moves nothing.</summary>
internal sealed class MessageDumpEmitter(CodeWriter writer)
{
    internal void Emit(MessageLayout message)
    {
        EmitCopy(message);
        string label = message.Label.Name;
        writer.Summary("The message as text, for people; it moves nothing and never throws: what cannot be read is named at the end.");
        using (writer.Block("public override readonly string ToString()"))
        {
            writer.Line($"var dump = new __Sbe.TextDump(\"{label}\");");
            using (writer.Block("try"))
            {
                writer.Line("__Rewound().__Append(dump);");
            }

            using (writer.Block("catch (__Sbe.SbeException problem)"))
            {
                writer.Line("dump.Malformed(problem);");
            }

            writer.Line("return dump.ToString();");
        }

        writer.Summary("The message as a JSON object; it moves nothing.");
        writer.Line("/// <exception cref=\"global::OrderPlatform.Sbe.SbeException\">Groups or data are malformed.</exception>");
        using (writer.Block("public readonly string ToJson()"))
        {
            writer.Line($"using var dump = new __Sbe.JsonDump(\"{label}\", TemplateId, SchemaId, ActingVersion, ActingBlockLength);");
            writer.Line($"{CSharpNames.Of(message.Label)}Decoder copy = __Rewound();");
            writer.Line("copy.__Append(dump);");
            writer.Line("return dump.End(copy.DecodedLengthSoFar);");
        }
    }

    private void EmitCopy(MessageLayout message)
    {
        using (writer.Block($"private readonly {CSharpNames.Of(message.Label)}Decoder __Rewound()"))
        {
            writer.Line($"{CSharpNames.Of(message.Label)}Decoder copy = this;");
            if (!message.Block.IsFixed)
            {
                writer.Line("copy.__cursor = default;");
                writer.Line("copy.__cursor.Limit = __blockEnd;");
            }

            writer.Line("return copy;");
        }
    }
}
