using System;
using System.Buffers.Binary;

namespace OrderPlatform.Engine.ReferenceData;

/// <summary>Codes of assets as numbers: the eight characters of the message, so that they compare in one step.</summary>
public static class AssetCode
{
    /// <summary>Characters of a code.</summary>
    public const int Length = 8;

    /// <summary>The number of a code; 0 is none.</summary>
    /// <param name="characters">At most eight ASCII characters; what follows is NUL.</param>
    public static ulong Of(ReadOnlySpan<byte> characters)
    {
        Span<byte> padded = stackalloc byte[Length];
        padded.Clear();
        characters[..Math.Min(characters.Length, Length)].CopyTo(padded);
        return BinaryPrimitives.ReadUInt64LittleEndian(padded);
    }
}
