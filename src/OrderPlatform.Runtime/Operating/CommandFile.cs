using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Runtime.Operating;

/// <summary>
/// A command as a file: little endian.
/// <code>
///  0        8         24          32        36      40        48
/// +--------+---------+-----------+---------+-------+---------+-------------+
/// |OPERATE1|token    |request id |length   |zeros  |digest   |SBE message  |
/// +--------+---------+-----------+---------+-------+---------+-------------+
/// </code>
/// The digest is the beginning of the SHA-256 of all other bytes: it finds damage, and is no signature.
/// </summary>
internal static class CommandFile
{
    public const int HeaderLength = 48;
    public const int LengthMax = HeaderLength + InputSlot.PayloadLengthMax;

    private const int TokenOffset = 8;
    private const int RequestOffset = TokenOffset + RunningEngine.TokenLength;
    private const int LengthOffset = RequestOffset + 8;
    private const int DigestOffset = LengthOffset + 8;
    private const int DigestLength = HeaderLength - DigestOffset;

    private static ReadOnlySpan<byte> Magic => "OPERATE1"u8;

    public static byte[] Encode(string token, RequestId request, ReadOnlySpan<byte> message)
    {
        var bytes = new byte[HeaderLength + message.Length];
        Magic.CopyTo(bytes);
        Encoding.ASCII.GetBytes(token, bytes.AsSpan(TokenOffset));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(RequestOffset), request.Number);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(LengthOffset), message.Length);
        message.CopyTo(bytes.AsSpan(HeaderLength));
        WriteDigest(bytes, bytes.AsSpan(DigestOffset, DigestLength));
        return bytes;
    }

    /// <summary>Reads one.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="token">The process's.</param>
    /// <param name="request">The request id in its name.</param>
    /// <param name="message">The message.</param>
    /// <returns>Why it is none, or null.</returns>
    public static string? Read(ReadOnlySpan<byte> bytes, string token, RequestId request, out ReadOnlySpan<byte> message)
    {
        message = default;
        if (bytes.Length is < HeaderLength or > LengthMax)
        {
            return $"a command file has {HeaderLength} to {LengthMax} bytes, this one has {bytes.Length}";
        }

        if (!bytes.StartsWith(Magic) || BinaryPrimitives.ReadInt32LittleEndian(bytes[LengthOffset..]) != bytes.Length - HeaderLength
            || !HasItsDigest(bytes))
        {
            return "it is no command file, or a damaged one";
        }

        if (Encoding.ASCII.GetString(bytes.Slice(TokenOffset, RunningEngine.TokenLength)) != token)
        {
            return "it is for another process than the one that runs";
        }

        if (BinaryPrimitives.ReadUInt64LittleEndian(bytes[RequestOffset..]) != request.Number)
        {
            return "its name has another request id than its content";
        }

        message = bytes[HeaderLength..];
        return null;
    }

    private static bool HasItsDigest(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[DigestLength];
        WriteDigest(bytes, digest);
        return bytes.Slice(DigestOffset, DigestLength).SequenceEqual(digest);
    }

    private static void WriteDigest(ReadOnlySpan<byte> bytes, Span<byte> digest)
    {
        Span<byte> rest = stackalloc byte[LengthMax];
        bytes[..DigestOffset].CopyTo(rest);
        bytes[HeaderLength..].CopyTo(rest[DigestOffset..]);
        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(rest[..(bytes.Length - DigestLength)], whole);
        whole[..DigestLength].CopyTo(digest);
    }
}
