using System.Globalization;
using System.Security.Cryptography;

namespace OrderPlatform.Runtime.Operating;

/// <summary>A command's own random number, by which its answer and its journal record are found: 16 hexadecimal digits.</summary>
/// <param name="Number">Not 0.</param>
public readonly record struct RequestId(ulong Number)
{
    /// <summary>Hexadecimal digits of its text.</summary>
    public const int TextLength = 16;

    /// <summary>A new one.</summary>
    public static RequestId New()
    {
        Span<byte> bytes = stackalloc byte[8];
        RandomNumberGenerator.Fill(bytes);
        return new RequestId(BitConverter.ToUInt64(bytes) | 1);
    }

    /// <summary>Reads its text.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out RequestId id)
    {
        bool isSound = text.Length == TextLength && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong number) && number != 0;
        id = isSound ? new RequestId(ulong.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)) : default;
        return isSound;
    }

    /// <inheritdoc />
    public override string ToString() => Number.ToString("x16", CultureInfo.InvariantCulture);
}
