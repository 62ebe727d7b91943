using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Layout;

/// <summary>A type whose references are resolved and whose bytes are counted.</summary>
/// <param name="Label">Its name and place.</param>
/// <param name="LengthBytes">Bytes on the wire; 0 for constants.</param>
/// <param name="SemanticType">As written, or null.</param>
public abstract record TypeLayout(Label Label, int LengthBytes, string? SemanticType);

/// <summary>A primitive or a fixed array of it.</summary>
/// <param name="Label">Its name and place.</param>
/// <param name="SemanticType">As written, or null.</param>
/// <param name="Primitive">The element.</param>
/// <param name="Count">Elements: 1 for a plain number; 0 for variable data.</param>
/// <param name="Presence">Of the type; a field may say otherwise.</param>
/// <param name="Null">The null value, if the presence turns out to be optional.</param>
/// <param name="Min">The lowest value.</param>
/// <param name="Max">The highest value.</param>
/// <param name="Encoding">Of text, or null for raw bytes and numbers.</param>
/// <param name="Constant">The value that is not on the wire, or null.</param>
public sealed record ScalarLayout(
    Label Label,
    string? SemanticType,
    PrimitiveType Primitive,
    int Count,
    Presence Presence,
    WireValue Null,
    WireValue Min,
    WireValue Max,
    string? Encoding,
    ConstantLayout? Constant)
    : TypeLayout(Label, Constant is null ? Primitive.SizeBytes * Count : 0, SemanticType)
{
    /// <summary>Whether it is a char array, read and written as text.</summary>
    public bool IsText => Primitive.IsChar && Count > 1;

    /// <summary>Whether it is a numeric array.</summary>
    public bool IsArray => !Primitive.IsChar && Count > 1;
}

/// <summary>A name for a number: an enum's value or the index of a set's bit.</summary>
public readonly record struct NamedValue(Label Label, WireValue Value);

/// <summary>An enum. Its presence is that of fields which do not say otherwise.</summary>
public sealed record EnumLayout(
    Label Label, string? SemanticType, PrimitiveType Primitive, WireValue Null, IReadOnlyList<NamedValue> Values, Presence Presence = Presence.Required)
    : TypeLayout(Label, Primitive.SizeBytes, SemanticType);

/// <summary>A set of bits; the primitive is unsigned.</summary>
public sealed record SetLayout(Label Label, string? SemanticType, PrimitiveType Primitive, IReadOnlyList<NamedValue> Choices)
    : TypeLayout(Label, Primitive.SizeBytes, SemanticType);

/// <summary>A composite. <c>IsVariable</c>: it holds variable data and can only be used by data elements.</summary>
public sealed record CompositeLayout(Label Label, string? SemanticType, int LengthBytes, IReadOnlyList<MemberLayout> Members, bool IsVariable)
    : TypeLayout(Label, LengthBytes, SemanticType)
{
    /// <summary>The member of this name, or null.</summary>
    public MemberLayout? Find(string name) => Members.FirstOrDefault(member => member.Label.Name == name);
}

/// <summary>A constant: exactly one of number, text and enum value.</summary>
/// <param name="Number">Of a numeric or single char constant.</param>
/// <param name="Text">Of a char array, without padding.</param>
/// <param name="Enum">The enum, if the constant is one of its values.</param>
/// <param name="EnumValue">The value, if the constant is an enum's.</param>
/// <param name="Bytes">The text in its encoding, without padding; null if there is no text.</param>
public sealed record ConstantLayout(
    WireValue? Number, string? Text = null, EnumLayout? Enum = null, NamedValue EnumValue = default, IReadOnlyList<byte>? Bytes = null);
