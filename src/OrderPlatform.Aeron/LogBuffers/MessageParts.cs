namespace OrderPlatform.Aeron.LogBuffers;

/// <summary>A message in two parts that follow each other in the stream.</summary>
internal readonly ref struct MessageParts(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
{
    private readonly ReadOnlySpan<byte> _first = first;
    private readonly ReadOnlySpan<byte> _second = second;

    /// <exception cref="OverflowException">The parts together have more than 2^31 bytes.</exception>
    public int Length => checked(_first.Length + _second.Length);

    /// <summary>Copies from an offset of the whole message until the destination is full.</summary>
    public void CopyTo(int offset, Span<byte> destination)
    {
        if (offset < _first.Length)
        {
            int fromFirst = Math.Min(_first.Length - offset, destination.Length);
            _first.Slice(offset, fromFirst).CopyTo(destination);
            destination = destination[fromFirst..];
            offset += fromFirst;
        }

        if (!destination.IsEmpty)
            _second.Slice(offset - _first.Length, destination.Length).CopyTo(destination);
    }
}
