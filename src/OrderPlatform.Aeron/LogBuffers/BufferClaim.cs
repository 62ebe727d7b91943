using System.Runtime.CompilerServices;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.LogBuffers;

/// <summary>
/// A part of a term that was claimed for one message: the application writes the message where it will be read, then commits or aborts. An object
/// can be used for any number of claims, one after the other, by one thread at a time. A claim that stays open holds the stream up: the driver
/// turns it into padding after its unblock timeout (15 s), and what is written then is lost.
/// </summary>
public sealed unsafe class BufferClaim
{
    private byte* _frame;
    private int _frameLength;
    private ClaimCount? _claims;

    /// <summary>True between a successful claim and its commit or abort.</summary>
    public bool IsOpen => _frame != null;

    /// <summary>Bytes of the message; zero when the claim is not open.</summary>
    public int Length
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _frame == null ? 0 : _frameLength - DataHeader.LengthBytes;
    }

    /// <summary>Where the message goes; empty when the claim is not open. Not to be used after the commit or the abort.</summary>
    public Span<byte> Data
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _frame == null ? default : new Span<byte>(_frame + DataHeader.LengthBytes, _frameLength - DataHeader.LengthBytes);
    }

    /// <summary>The application's own eight bytes in the frame's header; zero unless set.</summary>
    /// <exception cref="InvalidOperationException">The claim is not open.</exception>
    public long ReservedValue
    {
        get => *(long*)(OpenFrame() + DataHeader.ReservedValueOffset);
        set => *(long*)(OpenFrame() + DataHeader.ReservedValueOffset) = value;
    }

    /// <summary>The frame's flags: begin and end unless set.</summary>
    /// <inheritdoc cref="ReservedValue" path="/exception"/>
    public byte Flags
    {
        get => OpenFrame()[DataHeader.FlagsOffset];
        set => OpenFrame()[DataHeader.FlagsOffset] = value;
    }

    /// <summary>Makes the message visible.</summary>
    /// <inheritdoc cref="ReservedValue" path="/exception"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Commit()
    {
        byte* frame = OpenFrame();
        FrameWriter.Commit(frame, _frameLength);
        _frame = null;
        _claims!.Close();
    }

    /// <summary>Gives the claim up: readers pass over it.</summary>
    /// <inheritdoc cref="ReservedValue" path="/exception"/>
    public void Abort()
    {
        *(short*)(OpenFrame() + DataHeader.TypeOffset) = (short)FrameType.Pad;
        Commit();
    }

    /// <exception cref="InvalidOperationException">The claim is open.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void CheckNotOpen()
    {
        if (_frame != null)
            RefuseOpen();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Wrap(byte* frame, int frameLength, ClaimCount claims)
    {
        _frameLength = frameLength;
        if (_claims != claims)
            _claims = claims;
        claims.Open();
        _frame = frame;
    }

    private static void RefuseOpen() =>
        throw new InvalidOperationException("The claim is open: commit or abort it before it is used for another message.");

    private static void RefuseClosed() =>
        throw new InvalidOperationException("The claim is not open: TryClaim did not return a position, or it was committed or aborted already.");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* OpenFrame()
    {
        if (_frame == null)
            RefuseClosed();
        return _frame;
    }
}
