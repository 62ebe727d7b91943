using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Tests.Driving;

/// <summary>The C# names that the README of the tool promises for a schema's names; said again here, so that a change of them is noticed.</summary>
internal sealed class CodecNames(SchemaLayout schema)
{
    private static readonly HashSet<string> Keywords =
    [
        .. ("abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit "
            + "extern false finally fixed float for foreach goto if implicit in int interface internal is lock long namespace new null object operator "
            + "out override params private protected public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch this "
            + "throw true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while").Split(' '),
    ];

    private static readonly HashSet<string> Taken =
    [
        .. ("TemplateId BlockLength SchemaId SchemaVersion EncodedLength MinEncodedLength EncodedLengthSoFar DecodedLengthSoFar ActingVersion "
            + "ActingBlockLength WrapForEncode WrapForEncodeAndApplyHeader WrapForDecode WrapForDecodeAndApplyHeader TryWrap SkipToEnd "
            + "CheckEncodingIsComplete ToJson Count MoveNext Next GetEnumerator ToString Equals GetHashCode GetType MemberwiseClone ReferenceEquals "
            + "Finalize").Split(' '),
    ];

    private readonly string _package = "global::" + string.Join('.', schema.Definition.Package.Split('.').Select(WithoutHyphens).Select(Escape));

    internal string SchemaClass => Of(WithoutHyphens(schema.Definition.Package[(schema.Definition.Package.LastIndexOf('.') + 1)..]) + "Schema");

    internal string Validator => Of("MessageValidator");

    internal string Header => Of("MessageHeader");

    internal string Encoder(Label label) => Of(label.Name + "Encoder");

    internal string Decoder(Label label) => Of(label.Name + "Decoder");

    internal string Type(TypeLayout type) => type is ScalarLayout scalar ? scalar.Primitive.CSharpName : Of(type.Label.Name);

    internal static string Pascal(Label label) => char.ToUpperInvariant(label.Name[0]) + label.Name[1..];

    internal static string Member(Label label) => Taken.Contains(Pascal(label)) ? Pascal(label) + "_" : Pascal(label);

    internal static string Part(Label label) => Taken.Contains("Get" + Pascal(label)) ? Pascal(label) + "_" : Pascal(label);

    internal static string Escape(string name) => Keywords.Contains(name) ? "@" + name : name;

    private static string WithoutHyphens(string name) =>
        string.Concat(name.Split('-').Select(static (word, index) => index == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    private string Of(string name) => $"{_package}.{char.ToUpperInvariant(name[0])}{name[1..]}";
}
