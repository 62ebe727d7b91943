using System.Xml.Linq;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>A definition of a random schema, with what its users must know of it.</summary>
/// <param name="Element">The XML.</param>
/// <param name="LengthBytes">Bytes on the wire; 0 for constants.</param>
/// <param name="SinceVersion">Of the definition.</param>
/// <param name="IsConstant">Whether a field of the type takes no bytes.</param>
/// <param name="Primitive">Of one value, a constant or an enum; null for composites and arrays.</param>
/// <param name="ValueName">Of an enum: a value that was there from its beginning.</param>
/// <param name="GrownIn">Of a composite: the version of its latest member, or less than its own.</param>
internal sealed record DrawnType(
    XElement Element, int LengthBytes, int SinceVersion, bool IsConstant = false, PrimitiveType? Primitive = null, string? ValueName = null, int GrownIn = 0)
{
    internal string Name => Element.Attribute("name")!.Value;

    /// <summary>The version from which on every byte of it is there.</summary>
    internal int CompleteSince => Math.Max(SinceVersion, GrownIn);

    /// <summary>Whether it has no bytes though it is no constant: a composite without members, or with constants only.</summary>
    internal bool IsEmpty => LengthBytes == 0 && !IsConstant;

    internal bool IsEnum => ValueName is not null;

    /// <summary>Adds the attribute, unless it is zero and so the default.</summary>
    internal static XElement Since(XElement element, int version)
    {
        if (version > 0)
        {
            element.SetAttributeValue("sinceVersion", version);
        }

        return element;
    }
}
