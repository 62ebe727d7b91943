using System.Globalization;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Inspection.Documentation;

/// <summary>Types and presences in the words of the tables.</summary>
internal static class TypeNames
{
    internal static string Of(TypeLayout type)
    {
        if (type is not ScalarLayout scalar)
        {
            return $"[{type.Label.Name}](#{MarkdownPage.Anchor(type.Label.Name)})";
        }

        string primitive = scalar.Count > 1 ? $"{scalar.Primitive.Name}[{scalar.Count}]" : scalar.Primitive.Name;
        string text = scalar.IsText && scalar.Encoding is { } encoding ? $", {encoding}" : "";
        return scalar.Label.Name.Length == 0 || scalar.Label.Name == scalar.Primitive.Name ? primitive + text : $"{scalar.Label.Name} ({primitive}{text})";
    }

    internal static string PresenceOf(MemberLayout member) =>
        member.Constant is { } constant ? $"constant {ValueOf(constant)}"
        : member.Presence != Presence.Optional ? "required"
        : member.Null is { } nullValue ? $"optional, null {Number(nullValue)}"
        : "optional";

    internal static string Number(WireValue value) =>
        value.IsReal ? value.Real.ToString(CultureInfo.InvariantCulture) : value.Integer.ToString(CultureInfo.InvariantCulture);

    private static string ValueOf(ConstantLayout constant) =>
        constant.Text is { } text ? $"'{MarkdownPage.Cell(text)}'" : constant.Number is { } number ? Number(number)
            : $"{constant.EnumValue.Label.Name} ({Number(constant.EnumValue.Value)})";
}
