namespace OrderPlatform.Aeron.LogBuffers;

/// <summary>
/// Gives the reserved value of a frame just before it becomes visible: a checksum, a timestamp. Called once for each fragment.
/// What it throws reaches the caller of the offer; the place in the stream then becomes padding.
/// </summary>
/// <param name="frame">The 32 bytes of header and the payload. The header's length field is negative until the frame is committed.</param>
public delegate long ReservedValueSupplier(ReadOnlySpan<byte> frame);
