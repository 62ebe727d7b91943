using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Tests.Driving;

/// <summary>Writes driver code that encodes JSON.</summary>
internal sealed class EncodeSource(DriverText text)
{
    internal void Message(MessageLayout message, string method)
    {
        string encoder = text.Names.Encoder(message.Label);
        text.Line($"static int {method}(__Object input, global::System.Span<byte> buffer) {{");
        text.Line($"var message = {encoder}.WrapForEncodeAndApplyHeader(buffer);");
        Block(message.Block, encoder, "message", "input");
        text.Line($"{(message.Block.IsFixed ? "" : "message.CheckEncodingIsComplete();")} return message.EncodedLengthSoFar; }}");
    }

    internal void Composite(CompositeLayout composite)
    {
        string encoder = text.Names.Encoder(composite.Label);
        text.Line($"static void {DriverText.Method("Write", composite)}({encoder} composite, __Object input) {{");
        Members(composite.Members, encoder, "composite", "input");
        text.Line("}");
    }

    private void Block(BlockLayout block, string encoderType, string encoder, string json)
    {
        Members(block.Fields, encoderType, encoder, json);
        foreach (GroupLayout group in block.Groups)
        {
            (string entries, string inner, string entry) = (text.Variable("entries"), text.Variable("group"), text.Variable("entry"));
            string name = CodecNames.Part(group.Label);
            text.Line($"var {entries} = __Json.Entries({json}, {DriverText.Literal(group.Label.Name)});");
            text.Line($"var {inner} = {encoder}.Begin{name}({entries}.Count);");
            text.Line($"foreach (var {entry} in {entries}) {{ {inner}.Next();");
            Block(group.Block, $"{encoderType}.{name}Encoder", inner, $"{entry}!.AsObject()");
            text.Line("}");
        }

        foreach (DataLayout data in block.Data)
        {
            Data(data, encoder, $"{json}[{DriverText.Literal(data.Label.Name)}]");
        }
    }

    private void Data(DataLayout data, string encoder, string node)
    {
        string set = $"{encoder}.Set{CodecNames.Part(data.Label)}";
        text.Line(!DriverText.IsText(data.Encoding)
            ? $"{set}(__Json.Bytes({node}));"
            : $"if (__Json.Text({node}) is {{ }} {text.Variable("text")}) {set}(__Json.Text({node})); else {set}(__Json.Bytes({node}));");
    }

    private void Members(IReadOnlyList<MemberLayout> members, string encoderType, string encoder, string json)
    {
        foreach (MemberLayout member in members.Where(static member => member.Constant is null))
        {
            string node = text.Variable("node");
            text.Line($"if (__Json.TryGet({json}, {DriverText.Literal(member.Label.Name)}, out var {node}))");
            text.Line("{");
            text.Line(Assignment(member, $"{encoder}.", CodecNames.Member(member.Label), node, encoderType));
            text.Line("}");
        }
    }

    private string Assignment(MemberLayout member, string target, string name, string node, string encoderType) => member.Type switch
    {
        CompositeLayout composite => $"{DriverText.Method("Write", composite)}({target}{name}, {node}.AsObject());",
        ScalarLayout { IsText: true } scalar when !DriverText.IsText(scalar.Encoding) => $"{target}Set{name}(__Json.Bytes({node}));",
        ScalarLayout { IsText: true } => $"if (!__Json.IsNull({node})) {target}Set{name}(__Json.Text({node}));",
        ScalarLayout { IsArray: true } array => Array(array, target + "Set" + name, node),
        ScalarLayout scalar => $"{target}{name} = {Number(scalar, node, member.Null is null ? DriverText.NullOf(scalar) : $"{encoderType}.{name}NullValue")};",
        _ => $"{target}{name} = {DriverText.Method("Parse", member.Type)}({node});",
    };

    private static string Number(ScalarLayout scalar, string node, string nullValue) =>
        scalar.Primitive.IsChar ? $"__Json.Letter({node}, {nullValue})" : $"__Json.Number<{scalar.Primitive.CSharpName}>({node}, {nullValue})";

    /// <summary>A whole array in one call, a shorter one element by element: both setters are driven.</summary>
    private string Array(ScalarLayout array, string set, string node)
    {
        (string values, string index) = (text.Variable("values"), text.Variable("index"));
        return $"var {values} = __Json.Numbers<{array.Primitive.CSharpName}>({node}, {array.Count}, {DriverText.NullOf(array)});"
            + $" if ({values}.Length == {array.Count}) {set}({values});"
            + $" else for (int {index} = 0; {index} < {values}.Length; {index}++) {set}({index}, {values}[{index}]);";
    }
}
