using System.Buffers.Text;

namespace OrderPlatform.Runtime.Doors;

/// <summary>Puts a text of at most 160 bytes together, piece by piece; what does not fit is cut. Interpolated texts would box their numbers.</summary>
internal ref struct DetailText(Span<byte> room)
{
    private readonly Span<byte> _room = room[..Verdict.TextLengthMax];

    /// <summary>Bytes so far.</summary>
    public int Length { get; private set; }

    public DetailText Add(scoped ReadOnlySpan<byte> text)
    {
        int length = Math.Min(text.Length, _room.Length - Length);
        text[..length].CopyTo(_room[Length..]);
        Length += length;
        return this;
    }

    public DetailText Add(ulong number)
    {
        Length += Utf8Formatter.TryFormat(number, _room[Length..], out int written) ? written : 0;
        return this;
    }

    public DetailText Add(int number)
    {
        Length += Utf8Formatter.TryFormat(number, _room[Length..], out int written) ? written : 0;
        return this;
    }
}
