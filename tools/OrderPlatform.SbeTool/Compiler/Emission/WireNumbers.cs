using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Expressions for the numbers of headers and dimensions. Unsigned 64 bits are cut to what fits a long, which no buffer and no version can reach.</summary>
internal static class WireNumbers
{
    internal static string ReadLong(NumberSlot slot, string place) => ToLong(slot, $"__Wire.Read<{slot.Primitive.CSharpName}>(in {place}, {slot.Offset})");

    internal static string ToLong(NumberSlot slot, string value) =>
        slot.Primitive == PrimitiveType.UInt64 ? $"(long)global::System.Math.Min({value}, long.MaxValue)" : value;

    /// <summary>A version as an int; what does not fit is newer than everything.</summary>
    internal static string ToVersion(NumberSlot slot, string value) => slot.Primitive.Name switch
    {
        "int64" => $"(int)global::System.Math.Clamp({value}, (long)int.MinValue, (long)int.MaxValue)",
        "uint32" or "uint64" => $"(int)global::System.Math.Min({value}, ({slot.Primitive.CSharpName})int.MaxValue)",
        _ => value,
    };
}
