using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>How names of a schema become names in C#: the first letter upper-cased, nothing else changed; keywords escaped.</summary>
internal static class CSharpNames
{
    /// <summary>What the namespace of the schema's types is called in every file.</summary>
    internal const string TypesAlias = "__Types";

    private static readonly HashSet<string> Keywords = new(
        ("abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event "
        + "explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock long namespace new null "
        + "object operator out override params private protected public readonly ref return sbyte sealed short sizeof stackalloc static string "
        + "struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while").Split(' '),
        StringComparer.Ordinal);

    private static readonly HashSet<string> OfEveryCodec = new(
        ("TemplateId BlockLength SchemaId SchemaVersion EncodedLength MinEncodedLength EncodedLengthSoFar DecodedLengthSoFar ActingVersion ActingBlockLength "
        + "WrapForEncode WrapForEncodeAndApplyHeader WrapForDecode WrapForDecodeAndApplyHeader TryWrap SkipToEnd CheckEncodingIsComplete ToJson Count "
        + "MoveNext Next GetEnumerator ToString Equals GetHashCode GetType MemberwiseClone ReferenceEquals Finalize").Split(' '),
        StringComparer.Ordinal);

    internal static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    internal static string Escape(string name) => Keywords.Contains(name) ? "@" + name : name;

    internal static string Of(Label label) => Pascal(label.Name);

    /// <summary>The property of a field or of a composite's member; where every codec has a member of that name, an underscore behind it.</summary>
    internal static string Member(Label label) => OfEveryCodec.Contains(Pascal(label.Name)) ? Pascal(label.Name) + "_" : Pascal(label.Name);

    /// <summary>What stands behind Get, Begin and Set for a group or data; an underscore behind it where every codec has such a Get.</summary>
    internal static string Part(Label label) => OfEveryCodec.Contains("Get" + Pascal(label.Name)) ? Pascal(label.Name) + "_" : Pascal(label.Name);

    internal static string Namespace(string package) => string.Join(".", package.Split('.').Select(static part => Escape(Joined(part))));

    /// <summary>The class with the schema's facts.</summary>
    internal static string SchemaClass(string package) => Pascal(Joined(package.Substring(package.LastIndexOf('.') + 1))) + "Schema";

    /// <summary>Packages may have hyphens, C# not: a-b becomes aB.</summary>
    private static string Joined(string part) =>
        string.Concat(part.Split(['-'], StringSplitOptions.RemoveEmptyEntries).Select(static (word, index) => index == 0 ? word : Pascal(word)));

    /// <summary>The C# type of one value: primitive, enum or set.</summary>
    internal static string ValueType(TypeLayout type) => type is ScalarLayout scalar ? scalar.Primitive.CSharpName : Qualified(Of(type.Label));

    /// <summary>A type of the schema, from inside a codec: a field may have the name of a type, and would hide it.</summary>
    internal static string Qualified(string typeName) => $"{TypesAlias}.{typeName}";
}
