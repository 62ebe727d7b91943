using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Layout;

/// <summary>A value at its place: a field of a block, or a member of a composite.</summary>
/// <param name="Label">Its name and place.</param>
/// <param name="Id">The field's id; 0 for composite members.</param>
/// <param name="Type">What stands there.</param>
/// <param name="Offset">Bytes from the start of the block or composite.</param>
/// <param name="Presence">The effective one.</param>
/// <param name="SinceVersion">The effective one: the latest of field or member, its type, and, for a field, its message or group.</param>
/// <param name="Constant">The value, if the presence is constant.</param>
/// <param name="Meaning">Of a field; nothing for members.</param>
public sealed record MemberLayout(
    Label Label, int Id, TypeLayout Type, int Offset, Presence Presence, int SinceVersion, ConstantLayout? Constant, Meaning Meaning = default)
{
    /// <summary>Bytes on the wire; 0 for constants.</summary>
    public int LengthBytes => Constant is null ? Type.LengthBytes : 0;

    /// <summary>The offset behind the last byte.</summary>
    public int End => Offset + LengthBytes;

    /// <summary>The value that stands for null, or nothing if the member cannot be null.</summary>
    public WireValue? Null => Presence != Presence.Optional
        ? null
        : Type switch
        {
            ScalarLayout scalar => scalar.Null,
            EnumLayout enumeration => enumeration.Null,
            _ => null,
        };
}
