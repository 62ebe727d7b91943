namespace OrderPlatform.SbeTool.Compiler.Model;

/// <summary>A primitive type of SBE 1.0 with its C# counterpart and its default range (SBE 1.0, "Range attributes of integer fields").</summary>
public sealed record PrimitiveType(string Name, int SizeBytes, string CSharpName, decimal Null, decimal Min, decimal Max, bool IsReal = false)
{
    public static readonly PrimitiveType Char = new("char", 1, "byte", 0, 0x20, 0x7E);
    public static readonly PrimitiveType Int8 = new("int8", 1, "sbyte", sbyte.MinValue, sbyte.MinValue + 1, sbyte.MaxValue);
    public static readonly PrimitiveType Int16 = new("int16", 2, "short", short.MinValue, short.MinValue + 1, short.MaxValue);
    public static readonly PrimitiveType Int32 = new("int32", 4, "int", int.MinValue, int.MinValue + 1, int.MaxValue);
    public static readonly PrimitiveType Int64 = new("int64", 8, "long", long.MinValue, long.MinValue + 1, long.MaxValue);
    public static readonly PrimitiveType UInt8 = new("uint8", 1, "byte", byte.MaxValue, 0, byte.MaxValue - 1);
    public static readonly PrimitiveType UInt16 = new("uint16", 2, "ushort", ushort.MaxValue, 0, ushort.MaxValue - 1);
    public static readonly PrimitiveType UInt32 = new("uint32", 4, "uint", uint.MaxValue, 0, uint.MaxValue - 1);
    public static readonly PrimitiveType UInt64 = new("uint64", 8, "ulong", ulong.MaxValue, 0, ulong.MaxValue - 1);
    public static readonly PrimitiveType Float = new("float", 4, "float", 0, 0, 0, IsReal: true);
    public static readonly PrimitiveType Double = new("double", 8, "double", 0, 0, 0, IsReal: true);

    private static readonly PrimitiveType[] All = [Char, Int8, Int16, Int32, Int64, UInt8, UInt16, UInt32, UInt64, Float, Double];

    /// <summary>Whether the type is an unsigned integer; char is not a number.</summary>
    public bool IsUnsigned => Name[0] == 'u';

    /// <summary>Whether the type holds text.</summary>
    public bool IsChar => this == Char;

    /// <summary>The lowest bit pattern's value, null included.</summary>
    public decimal Lowest => IsUnsigned || IsChar ? 0 : Null;

    /// <summary>The highest bit pattern's value, null included.</summary>
    public decimal Highest => IsUnsigned ? Null : IsChar ? byte.MaxValue : Max;

    /// <summary>The primitive type of this name, or null.</summary>
    public static PrimitiveType? Find(string name) => Array.Find(All, primitive => primitive.Name == name);
}
