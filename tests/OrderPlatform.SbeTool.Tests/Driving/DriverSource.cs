using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Tests.Driving;

/// <summary>
/// Writes a class that drives a schema's codecs. The codecs are ref structs, which reflection cannot call; so the code that uses them is made from the
/// layout too, and compiled beside them.
/// </summary>
internal static class DriverSource
{
    /// <summary>The class's full name; the schema cannot have it, since its names do not begin with two underscores.</summary>
    internal const string ClassName = "__Driver";

    /// <summary>The extern alias of this assembly.</summary>
    internal const string TestsAlias = "__Tests";

    internal static string Of(SchemaLayout schema)
    {
        var names = new CodecNames(schema);
        var text = new DriverText(names);
        text.Line($"extern alias {TestsAlias};");
        string support = $"{TestsAlias}::" + typeof(ICodecDriver).Namespace;
        text.Line($"using __Json = {support}.{nameof(WireJson)}; using __Checks = {support}.{nameof(CodecChecks)};");
        text.Line("using __Bytes = global::System.ReadOnlySpan<byte>; using __Node = global::System.Text.Json.Nodes.JsonNode;");
        text.Line("using __Object = global::System.Text.Json.Nodes.JsonObject; using __Array = global::System.Text.Json.Nodes.JsonArray;");
        text.Line($"public sealed class {ClassName} : {support}.{nameof(ICodecDriver)} {{");
        text.Line($"public global::OrderPlatform.Sbe.MessageProblem Validate(__Bytes bytes) => {names.Validator}.Validate(bytes);");
        text.Line($"public string Describe(__Bytes bytes) => {names.SchemaClass}.Describe(bytes);");
        Dispatch(schema, text);
        Types(schema, text);
        foreach (MessageLayout message in schema.Messages)
        {
            new EncodeSource(text).Message(message, $"Encode_{message.Id}");
            new DecodeSource(text).Message(message, $"Decode_{message.Id}");
            new WalkSource(text).Message(message, $"Walk_{message.Id}");
        }

        text.Line("}");
        return text.ToString();
    }

    private static void Dispatch(SchemaLayout schema, DriverText text)
    {
        text.Line("public int Encode(string message, __Object input, global::System.Span<byte> buffer) => message switch {");
        foreach (MessageLayout message in schema.Messages)
        {
            text.Line($"{DriverText.Literal(message.Label.Name)} => Encode_{message.Id}(input, buffer),");
        }

        text.Line("_ => throw new global::System.ArgumentOutOfRangeException(nameof(message), message, null) };");
        text.Line("public __Object Decode(__Bytes bytes, out int consumed) { switch (TemplateId(bytes)) {");
        foreach (MessageLayout message in schema.Messages)
        {
            text.Line($"case {message.Id}: return Decode_{message.Id}(bytes, out consumed);");
        }

        text.Line("default: throw Unknown(); } }");
        text.Line("public string Json(__Bytes bytes) { switch (TemplateId(bytes)) {");
        foreach (MessageLayout message in schema.Messages)
        {
            text.Line($"case {message.Id}: return {text.Names.Decoder(message.Label)}.WrapForDecodeAndApplyHeader(bytes).ToJson();");
        }

        text.Line("default: throw Unknown(); } }");
        text.Line("public long Walk(__Bytes bytes) { switch (TemplateId(bytes)) {");
        foreach (MessageLayout message in schema.Messages)
        {
            text.Line($"case {message.Id}: return Walk_{message.Id}(bytes);");
        }

        text.Line("default: throw Unknown(); } }");
        string exception = "new global::OrderPlatform.Sbe.SbeException(global::OrderPlatform.Sbe.MessageProblem.";
        text.Line($"static decimal TemplateId(__Bytes bytes) => {text.Names.Header}.TryRead(bytes, out var header) ? header.TemplateId");
        text.Line($": throw {exception}TooShort, \"no header\");");
        text.Line($"static global::System.Exception Unknown() => {exception}UnknownTemplate, \"no such template\");");
    }

    private static void Types(SchemaLayout schema, DriverText text)
    {
        foreach (TypeLayout type in schema.Types)
        {
            switch (type)
            {
                case EnumLayout enumeration:
                    new NamedValueSource(text).Enum(enumeration);
                    break;
                case SetLayout set:
                    new NamedValueSource(text).Set(set);
                    break;
                case CompositeLayout composite:
                    new EncodeSource(text).Composite(composite);
                    new DecodeSource(text).Composite(composite);
                    new WalkSource(text).Composite(composite);
                    break;
            }
        }
    }
}
