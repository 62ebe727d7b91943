using OrderPlatform.SbeTool.Compiler.Diagnostics;

namespace OrderPlatform.SbeTool.Compiler.Model;

/// <summary>What every named thing in a schema has.</summary>
/// <param name="Name">As written.</param>
/// <param name="Position">Of the element.</param>
/// <param name="SinceVersion">The schema version that added it.</param>
/// <param name="Description">For doc comments, or null.</param>
/// <param name="DeprecatedSince">The schema version that advises against it, or null; written as 0 it means null.</param>
public readonly record struct Label(string Name, SourcePosition Position, int SinceVersion, string? Description, int? DeprecatedSince = null);

/// <summary>What a message, field or data means outside the wire; all as written, or null.</summary>
/// <param name="SemanticType">For example the FIX type.</param>
/// <param name="Epoch">When time begins, for example unix.</param>
/// <param name="TimeUnit">What time is counted in, for example nanosecond.</param>
public readonly record struct Meaning(string? SemanticType, string? Epoch = null, string? TimeUnit = null);

/// <summary>A definition inside types or a composite.</summary>
/// <param name="Label">Its name and place.</param>
/// <param name="Offset">The explicit offset inside the composite, or null.</param>
/// <param name="SemanticType">As written, or null.</param>
public abstract record TypeDefinition(Label Label, int? Offset, string? SemanticType);

/// <summary>A <c>type</c>: a primitive, an array of it, or a constant.</summary>
public sealed record EncodedTypeDefinition(
    Label Label,
    int? Offset,
    string? SemanticType,
    PrimitiveType Primitive,
    int Length,
    bool HasLength,
    Presence Presence,
    string? NullText,
    string? MinText,
    string? MaxText,
    string? CharacterEncoding,
    string? ValueRef,
    string ConstantText) : TypeDefinition(Label, Offset, SemanticType);

/// <summary>A named value of an enum, or a bit of a set.</summary>
/// <param name="Label">Its name and place.</param>
/// <param name="Text">The value or the bit's index, as written.</param>
public readonly record struct ValueDefinition(Label Label, string Text);

/// <summary>An <c>enum</c>.</summary>
public sealed record EnumDefinition(
    Label Label,
    int? Offset,
    string? SemanticType,
    string EncodingType,
    Presence Presence,
    string? NullText,
    IReadOnlyList<ValueDefinition> Values) : TypeDefinition(Label, Offset, SemanticType);

/// <summary>A <c>set</c>.</summary>
public sealed record SetDefinition(Label Label, int? Offset, string? SemanticType, string EncodingType, IReadOnlyList<ValueDefinition> Choices)
    : TypeDefinition(Label, Offset, SemanticType);

/// <summary>A <c>composite</c>.</summary>
public sealed record CompositeDefinition(Label Label, int? Offset, string? SemanticType, IReadOnlyList<TypeDefinition> Members)
    : TypeDefinition(Label, Offset, SemanticType);

/// <summary>A <c>ref</c>: a type defined elsewhere, as a member of a composite.</summary>
public sealed record RefDefinition(Label Label, int? Offset, string TypeName) : TypeDefinition(Label, Offset, null);
