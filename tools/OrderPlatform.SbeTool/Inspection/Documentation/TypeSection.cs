using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Inspection.Documentation;

/// <summary>Writes enums, sets and composites as tables.</summary>
internal sealed class TypeSection(MarkdownPage page)
{
    internal void Types(SchemaLayout schema)
    {
        if (schema.Types.Count == 0)
        {
            return;
        }

        page.Line("## Types").Line();
        foreach (TypeLayout type in schema.Types)
        {
            page.Line($"### {type.Label.Name}").Line();
            switch (type)
            {
                case EnumLayout enumeration:
                    Values($"Enum of {enumeration.Primitive.Name}, null {TypeNames.Number(enumeration.Null)}", type.Label, "value", enumeration.Values,
                        enumeration.Primitive.IsChar);
                    break;
                case SetLayout set:
                    Values($"Set of bits in {set.Primitive.Name}, bit 0 the lowest", type.Label, "bit", set.Choices, isChar: false);
                    break;
                case CompositeLayout composite:
                    Composite(composite);
                    break;
                default:
                    break;
            }
        }
    }

    private void Values(string sentence, Label label, string column, IReadOnlyList<NamedValue> values, bool isChar)
    {
        page.Line(Sentence(sentence, label)).Line();
        page.Line($"| {column} | name | since | |").Line("| ---: | --- | ---: | --- |");
        foreach (NamedValue value in values)
        {
            string number = isChar ? $"'{(char)(int)value.Value.Integer}'" : TypeNames.Number(value.Value);
            page.Line($"| {number} | {value.Label.Name} | {value.Label.SinceVersion} | {Notes.Of(value.Label)} |");
        }

        page.Line();
    }

    private void Composite(CompositeLayout composite)
    {
        page.Line(Sentence($"Composite of {composite.LengthBytes} bytes", composite.Label)).Line();
        if (composite.LengthBytes > 0)
        {
            page.Drawing(ByteDrawing.Of(composite.Members, composite.LengthBytes));
        }

        page.Line("| offset | length | member | type | presence | since | |").Line("| ---: | ---: | --- | --- | --- | ---: | --- |");
        foreach (MemberLayout member in composite.Members)
        {
            page.Line(
                $"| {member.Offset} | {member.LengthBytes} | {member.Label.Name} | {TypeNames.Of(member.Type)} | {TypeNames.PresenceOf(member)} | "
                    + $"{member.SinceVersion} | {Notes.Of(member.Label)} |");
        }

        page.Line();
    }

    private static string Sentence(string text, Label label)
    {
        string since = label.SinceVersion > 0 ? $", since version {label.SinceVersion}" : "";
        return Notes.Of(label) is { Length: > 0 } notes ? $"{text}{since}. {notes}." : $"{text}{since}.";
    }
}
