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

    internal static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    internal static string Escape(string name) => Keywords.Contains(name) ? "@" + name : name;

    internal static string Of(Label label) => Pascal(label.Name);

    internal static string Namespace(string package) => string.Join(".", package.Split('.').Select(static part => Escape(WithoutHyphens(part))));

    /// <summary>The class with the schema's facts.</summary>
    internal static string SchemaClass(string package) => Pascal(WithoutHyphens(package.Substring(package.LastIndexOf('.') + 1))) + "Schema";

    /// <summary>As the reference tool does: a hyphen goes, the letter behind it is upper-cased.</summary>
    private static string WithoutHyphens(string part)
    {
        string[] words = part.Split('-');
        return words[0] + string.Concat(words.Skip(1).Select(Pascal));
    }

    /// <summary>The C# type of one value: primitive, enum or set.</summary>
    internal static string ValueType(TypeLayout type) => type is ScalarLayout scalar ? scalar.Primitive.CSharpName : Qualified(Of(type.Label));

    /// <summary>A type of the schema, from inside a codec: a field may have the name of a type, and would hide it.</summary>
    internal static string Qualified(string typeName) => $"{TypesAlias}.{typeName}";
}
