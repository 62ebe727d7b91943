using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Tests.Driving;

/// <summary>Writes driver code that decodes to JSON.</summary>
internal sealed class DecodeSource(DriverText text)
{
    internal void Message(MessageLayout message, string method)
    {
        string decoder = text.Names.Decoder(message.Label);
        text.Line($"static __Object {method}(__Bytes bytes, out int consumed) {{");
        text.Line($"var message = {decoder}.WrapForDecodeAndApplyHeader(bytes); var output = new __Object();");
        Block(message.Block, decoder, "message", "output");
        text.Line($"consumed = message.DecodedLengthSoFar; var skipped = {decoder}.WrapForDecodeAndApplyHeader(bytes); skipped.SkipToEnd();");
        text.Line("__Checks.SameCount(consumed, skipped.DecodedLengthSoFar, \"SkipToEnd\"); return output; }");
    }

    internal void Composite(CompositeLayout composite)
    {
        string decoder = text.Names.Decoder(composite.Label);
        text.Line($"static __Object {DriverText.Method("Read", composite)}({decoder} composite) {{ var output = new __Object();");
        foreach (MemberLayout member in composite.Members)
        {
            Member(member, decoder, "composite", "output", DriverText.IsAddition(composite, member));
        }

        text.Line("return output; }");
    }

    private void Block(BlockLayout block, string decoderType, string decoder, string json)
    {
        foreach (MemberLayout member in block.Fields)
        {
            Member(member, decoderType, decoder, json, block.IsAddition(member));
        }

        foreach (GroupLayout group in block.Groups)
        {
            (string entries, string inner, string entry) = (text.Variable("entries"), text.Variable("group"), text.Variable("entry"));
            string name = CodecNames.Part(group.Label);
            text.Line($"var {entries} = new __Array(); var {inner} = {decoder}.Get{name}();");
            text.Line($"while ({inner}.MoveNext()) {{ var {entry} = new __Object();");
            Block(group.Block, $"{decoderType}.{name}Decoder", inner, entry);
            text.Line($"{entries}.Add((__Node){entry}); }}");
            text.Line($"__Checks.SameCount({entries}.Count, {inner}.Count, {DriverText.Literal(name)}); {Slot(json, group.Label.Name)} = {entries};");
        }

        foreach (DataLayout data in block.Data)
        {
            string value = $"{decoder}.Get{CodecNames.Part(data.Label)}()";
            text.Line($"{Slot(json, data.Label.Name)} = {DriverText.Json(data.Encoding, value)};");
        }
    }

    private void Member(MemberLayout member, string decoderType, string decoder, string json, bool isAddition)
    {
        string name = CodecNames.Member(member.Label);
        string value = member.Constant is not null ? Constant(member, $"{decoderType}.{name}") : member.Type switch
        {
            CompositeLayout when isAddition => $"{decoder}.Has{name} ? {text.Json(member.Type, $"{decoder}.{name}")} : null",
            ScalarLayout { IsText: true } scalar => DriverText.Json(scalar.Encoding, $"{decoder}.{name}"),
            ScalarLayout { IsArray: true } array => Array(array, $"{decoder}.Get{name}"),
            _ when member.Null is not null => text.Json(member.Type, Optional(member, decoder, name)),
            _ => text.Json(member.Type, $"{decoder}.{name}"),
        };
        text.Line($"{Slot(json, member.Label.Name)} = {value};");
    }

    private string Optional(MemberLayout member, string decoder, string name)
    {
        string variable = text.Variable("value");
        string nullValue = member.Type is ScalarLayout scalar ? DriverText.NullOf(scalar) : $"{text.Names.Type(member.Type)}.NULL_VALUE";
        return $"__Checks.Optional({decoder}.TryGet{name}(out var {variable}), {variable}, {decoder}.{name}, {nullValue})";
    }

    /// <summary>The reference tool pads constant text with NUL, the codecs state the padded length instead.</summary>
    private string Constant(MemberLayout member, string constant) =>
        member.Type is not ScalarLayout scalar ? text.Json(member.Type, constant)
        : member.Constant!.Text is not null ? $"__Json.OfConstant({DriverText.Json(scalar.Encoding, constant)}, {constant}Length - {constant}.Length)"
        : text.Json(scalar, $"({scalar.Primitive.CSharpName}){constant}");

    private string Array(ScalarLayout array, string get) =>
        $"new __Array({string.Join(", ", Enumerable.Range(0, array.Count).Select(index => text.Json(array, $"{get}({index})")))})";

    private static string Slot(string json, string name) => $"{json}[{DriverText.Literal(name)}]";
}
