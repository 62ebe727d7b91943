using System.Security.Cryptography;

namespace OrderPlatform.Strategies.Publishing;

/// <summary>
/// HMAC-SHA-256 (RFC 2104, FIPS 198-1) of a whole SBE message with zeros in its token field: it shows that whoever wrote the message has the publisher's key,
/// and that nobody changed it. One thread; allocates nothing a message.
/// </summary>
public sealed class PublisherToken : IDisposable
{
    /// <summary>Bytes of a token.</summary>
    public const int LengthBytes = 32;

    /// <summary>The shortest key: with less, guessing is easier than it need be.</summary>
    public const int KeyLengthMin = 16;

    /// <summary>Where the token begins in a Submission with its header.</summary>
    public const int OffsetInSubmission = 28;

    /// <summary>Where the token begins in a PublisherHello with its header.</summary>
    public const int OffsetInHello = 34;

    /// <summary>Where the token begins in an EventsSubscribe with its header.</summary>
    public const int OffsetInSubscribe = 32;

    private readonly byte[] _key;
    private readonly byte[] _message = new byte[DoorProtocol.MessageLengthMax];

    /// <summary>For a key.</summary>
    /// <param name="key">At least <see cref="KeyLengthMin"/> bytes.</param>
    /// <exception cref="ArgumentException">It is shorter.</exception>
    public PublisherToken(ReadOnlySpan<byte> key)
    {
        if (key.Length < KeyLengthMin)
        {
            throw new ArgumentException($"a publisher's key has {key.Length} bytes: give it {KeyLengthMin} random ones or more");
        }

        _key = key.ToArray();
    }

    /// <summary>Writes the token into a finished message.</summary>
    /// <param name="message">The message with its header, at most <see cref="DoorProtocol.MessageLengthMax"/> bytes.</param>
    /// <param name="offset">Where its token begins.</param>
    public void Write(Span<byte> message, int offset) => Compute(message, offset, message.Slice(offset, LengthBytes));

    /// <summary>Whether a message has the right token; takes the same time wherever a wrong one differs.</summary>
    /// <param name="message">The message with its header.</param>
    /// <param name="offset">Where its token begins.</param>
    public bool Matches(ReadOnlySpan<byte> message, int offset)
    {
        Span<byte> right = stackalloc byte[LengthBytes];
        Compute(message, offset, right);
        return CryptographicOperations.FixedTimeEquals(right, message.Slice(offset, LengthBytes));
    }

    /// <summary>Forgets the key.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(_key);

    // In one piece and in one call: the incremental form of the library allocates for each message.
    private void Compute(ReadOnlySpan<byte> message, int offset, Span<byte> token)
    {
        Span<byte> zeroed = _message.AsSpan(0, message.Length);
        message.CopyTo(zeroed);
        zeroed.Slice(offset, LengthBytes).Clear();
        HMACSHA256.HashData(_key, zeroed, token);
    }
}
