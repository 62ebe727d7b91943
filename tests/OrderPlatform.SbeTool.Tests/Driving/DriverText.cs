using System.Globalization;
using System.Text;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Tests.Driving;

/// <summary>The text of a driver while it grows, and the few expressions that all its parts use.</summary>
internal sealed class DriverText(CodecNames names)
{
    private readonly StringBuilder _text = new();
    private int _variables;

    internal CodecNames Names => names;

    /// <summary>A name that no other variable of the driver has.</summary>
    internal string Variable(string prefix) => prefix + (++_variables).ToString(CultureInfo.InvariantCulture);

    internal void Line(string line) => _text.Append(line).Append('\n');

    /// <summary>The null value of a number or char, as the layout has it.</summary>
    internal static string NullOf(ScalarLayout scalar)
    {
        string type = scalar.Primitive.CSharpName;
        string value = !scalar.Null.IsReal ? scalar.Null.Integer.ToString(CultureInfo.InvariantCulture)
            : double.IsNaN(scalar.Null.Real) ? "double.NaN"
            : double.IsInfinity(scalar.Null.Real) ? (scalar.Null.Real > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity")
            : scalar.Null.Real.ToString("R", CultureInfo.InvariantCulture) + "D";
        return $"({type})({value})";
    }

    /// <summary>An expression that makes JSON of a value that was read.</summary>
    internal string Json(TypeLayout type, string value) => type switch
    {
        ScalarLayout { Primitive: { IsChar: true } } => $"__Json.OfLetter({value})",
        ScalarLayout { Primitive: { IsReal: true } } => $"__Json.Of({value})",
        ScalarLayout scalar => $"__Json.Of(({(scalar.Primitive == PrimitiveType.UInt64 ? "ulong" : "long")}){value})",
        CompositeLayout => $"{Method("Read", type)}({value})",
        _ => $"{Method("Json", type)}({value})",
    };

    /// <summary>The name of a type's own method in the driver.</summary>
    internal static string Method(string verb, TypeLayout type) => $"{verb}_{CodecNames.Pascal(type.Label)}";

    /// <summary>Whether a composite's decoder can say that it lacks a member.</summary>
    internal static bool IsAddition(CompositeLayout composite, MemberLayout member) =>
        member.Constant is null && member.SinceVersion > composite.Label.SinceVersion;

    /// <summary>Whether the codecs write and read this text as characters; others are bytes to them.</summary>
    internal static bool IsText(string? encoding) => encoding is not null && TextEncodings.Find(encoding) is not null;

    /// <summary>An expression that makes JSON of text or data that was read.</summary>
    internal static string Json(string? encoding, string value) => !IsText(encoding) ? $"__Json.OfBytes({value})"
        : $"__Json.OfText({value}, {(TextEncodings.Find(encoding!) == "Utf8" ? "true" : "false")})";

    internal static string Literal(string name) => $"\"{name}\"";

    public override string ToString() => _text.ToString();
}
