namespace OrderPlatform.SbeTool.Compiler.Model;

/// <summary>A <c>field</c> of a message or group.</summary>
public sealed record FieldDefinition(Label Label, int Id, string TypeName, int? Offset, Presence? Presence, string? ValueRef, Meaning Meaning);

/// <summary>A <c>data</c> element.</summary>
public sealed record DataDefinition(Label Label, int Id, string TypeName, Presence Presence, Meaning Meaning);

/// <summary>The content of a message or of a group's entries.</summary>
/// <param name="BlockLength">The declared length in bytes, or 0.</param>
/// <param name="Fields">In order.</param>
/// <param name="Groups">In order.</param>
/// <param name="Data">In order.</param>
public sealed record BlockDefinition(
    int BlockLength,
    IReadOnlyList<FieldDefinition> Fields,
    IReadOnlyList<GroupDefinition> Groups,
    IReadOnlyList<DataDefinition> Data);

/// <summary>A <c>group</c>.</summary>
public sealed record GroupDefinition(Label Label, int Id, string DimensionType, BlockDefinition Block);

/// <summary>A <c>message</c>.</summary>
public sealed record MessageDefinition(Label Label, int Id, BlockDefinition Block, Meaning Meaning);

/// <summary>A whole <c>messageSchema</c> as written; references are still names.</summary>
public sealed record SchemaDefinition(
    Label Label,
    string Package,
    int Id,
    int Version,
    bool IsBigEndian,
    string HeaderType,
    string? SemanticVersion,
    IReadOnlyList<TypeDefinition> Types,
    IReadOnlyList<MessageDefinition> Messages);
