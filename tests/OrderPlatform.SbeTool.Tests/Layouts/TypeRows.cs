using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>The rows of types, below a field or inside a composite.</summary>
internal static class TypeRows
{
    internal static IEnumerable<LayoutRow> OfField(int depth, MemberLayout field, int since) =>
        Type(depth, field.Type.Label, field, since, MeaningOf(field.Type, field.Meaning));

    internal static IEnumerable<LayoutRow> Composite(int depth, Label name, CompositeLayout composite, int offset, int since, Meaning meaning)
    {
        yield return new LayoutRow(depth, "BEGIN_COMPOSITE", name.Name)
        {
            TypeRef = Reference(name, composite),
            Offset = offset,
            Length = composite.IsVariable ? -1 : composite.LengthBytes,
            Since = since,
            Deprecated = composite.Label.DeprecatedSince,
            Meaning = MeaningOf(composite, meaning),
        };
        foreach (LayoutRow row in composite.Members.SelectMany(member => Type(
            depth + 1, member.Label, member, member.Type is ScalarLayout ? since : Math.Max(since, member.SinceVersion), MeaningOf(member.Type, default))))
        {
            yield return row;
        }
    }

    private static IEnumerable<LayoutRow> Type(int depth, Label name, MemberLayout member, int since, Meaning meaning) => member.Type switch
    {
        ScalarLayout scalar => [Scalar(depth, name, member, scalar, since, meaning)],
        EnumLayout enumeration => enumeration.Values.Select(value => Value(depth + 1, "VALID_VALUE", enumeration.Primitive, value)).Prepend(
            Named(depth, "BEGIN_ENUM", name, member, enumeration.Primitive, since, meaning) with { Null = enumeration.Null }),
        SetLayout set => set.Choices.Select(value => Value(depth + 1, "CHOICE", set.Primitive, value)).Prepend(
            Named(depth, "BEGIN_SET", name, member, set.Primitive, since, meaning)),
        _ => Composite(depth, name, (CompositeLayout)member.Type, member.Offset, since, meaning),
    };

    private static LayoutRow Scalar(int depth, Label name, MemberLayout member, ScalarLayout scalar, int since, Meaning meaning) =>
        new(depth, "ENCODING", name.Name)
        {
            TypeRef = Reference(name, scalar),
            Offset = member.Offset,
            Length = scalar.Count == 0 ? -1 : member.LengthBytes,
            Since = since,
            Presence = member.Presence,
            Primitive = scalar.Primitive,
            Min = scalar.Min,
            Max = scalar.Max,

            // The layout keeps the null value of a required type for fields that make it optional.
            Null = member.Presence == Presence.Optional ? scalar.Null : WireValue.NullOf(scalar.Primitive),
            Const = Constant(member.Constant, scalar),
            Encoding = Encoding(scalar),
            Meaning = meaning,
        };

    private static LayoutRow Named(int depth, string signal, Label name, MemberLayout member, PrimitiveType primitive, int since, Meaning meaning) =>
        new(depth, signal, name.Name)
        {
            TypeRef = Reference(name, member.Type),
            Offset = member.Offset,
            Length = member.Type.LengthBytes,
            Since = since,
            Primitive = primitive,
            Meaning = meaning,
        };

    private static LayoutRow Value(int depth, string signal, PrimitiveType primitive, NamedValue value) =>
        new(depth, signal, value.Label.Name)
        {
            Since = value.Label.SinceVersion,
            Deprecated = value.Label.DeprecatedSince,
            Primitive = primitive,
            Const = LayoutRow.Text(value.Value),
        };

    private static string Constant(ConstantLayout? constant, ScalarLayout scalar) =>
        constant is null ? ""
        : constant.Text is { } text ? text + string.Concat(Enumerable.Repeat("\\0", scalar.Count - text.Length))
        : LayoutRow.Text(constant.Number ?? constant.EnumValue.Value);

    /// <summary>A single char is a number in the layout and has no encoding; the reference tool gives it one unless it is the primitive itself.</summary>
    private static string Encoding(ScalarLayout scalar) =>
        scalar.Encoding ?? (scalar.Primitive.IsChar && scalar.Label.Name != scalar.Primitive.Name ? TextEncodings.Default : "");

    /// <summary>A type's own semantic type wins over the field's.</summary>
    private static Meaning MeaningOf(TypeLayout type, Meaning meaning) => meaning with { SemanticType = type.SemanticType ?? meaning.SemanticType };

    private static string Reference(Label name, TypeLayout type) => name == type.Label ? "" : type.Label.Name;
}
