using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Tests.Driving;

/// <summary>Writes driver code that reads everything into one number.</summary>
internal sealed class WalkSource(DriverText text)
{
    internal void Message(MessageLayout message, string method)
    {
        text.Line($"static long {method}(__Bytes bytes) {{ long sum = 0;");
        text.Line($"var message = {text.Names.Decoder(message.Label)}.WrapForDecodeAndApplyHeader(bytes);");
        Fold("message.ActingVersion");
        Block(message.Block, "message");
        text.Line("return __Checks.Fold(sum, message.DecodedLengthSoFar); }");
    }

    internal void Composite(CompositeLayout composite)
    {
        text.Line($"static long {DriverText.Method("Walk", composite)}(long sum, {text.Names.Decoder(composite.Label)} composite) {{");
        Members(composite.Members, "composite", member => DriverText.IsAddition(composite, member));
        text.Line("return sum; }");
    }

    private void Block(BlockLayout block, string decoder)
    {
        Members(block.Fields, decoder, block.IsAddition);
        foreach (GroupLayout group in block.Groups)
        {
            (string inner, string entry) = (text.Variable("group"), text.Variable("entry"));
            text.Line($"var {inner} = {decoder}.Get{CodecNames.Part(group.Label)}();");
            Fold($"{inner}.Count");
            text.Line($"foreach (var {entry} in {inner}) {{");
            Block(group.Block, entry);
            text.Line("}");
        }

        foreach (DataLayout data in block.Data)
        {
            Fold($"{decoder}.Get{CodecNames.Part(data.Label)}()");
        }
    }

    private void Members(IReadOnlyList<MemberLayout> members, string decoder, Func<MemberLayout, bool> isAddition)
    {
        foreach (MemberLayout member in members.Where(static member => member.Constant is null))
        {
            string name = CodecNames.Member(member.Label);
            if (isAddition(member))
            {
                Fold($"{decoder}.Has{name}");
            }

            Member(member, $"{decoder}.", name);
            if (member.Null is not null && member.Type is EnumLayout or ScalarLayout { IsText: false, IsArray: false })
            {
                Fold($"{decoder}.TryGet{name}(out _)");
            }
        }
    }

    private void Member(MemberLayout member, string decoder, string name)
    {
        switch (member.Type)
        {
            case CompositeLayout composite:
                text.Line($"sum = {DriverText.Method("Walk", composite)}(sum, {decoder}{name});");
                break;
            case ScalarLayout { IsArray: true } array:
                string index = text.Variable("index");
                text.Line($"for (int {index} = 0; {index} < {array.Count}; {index}++)");
                Fold($"{decoder}Get{name}({index})");
                if (array.Primitive.CSharpName == "byte")
                {
                    Fold($"{decoder}{name}");
                }

                break;
            case EnumLayout enumeration:
                Fold($"({enumeration.Primitive.CSharpName}){decoder}{name}");
                break;
            case SetLayout set:
                Fold($"({set.Primitive.CSharpName}){decoder}{name}");
                break;
            default:
                Fold(decoder + name);
                break;
        }
    }

    private void Fold(string value) => text.Line($"sum = __Checks.Fold(sum, {value});");
}
