using OrderPlatform.Aeron.Driver.Limits;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>What a SETUP must say before a log is made for it.</summary>
internal static class SetupCheck
{
    /// <param name="setup">The frame.</param>
    /// <param name="termLengthMax">The longest term that the driver makes.</param>
    /// <param name="mtuMax">The least of what limits a datagram: receiver window and socket buffer.</param>
    /// <param name="refusal">What is wrong.</param>
    public static bool IsPossible(in SetupFrame setup, int termLengthMax, int mtuMax, out Refusal refusal)
    {
        refusal = Refusal.WrongTermLength;
        if (setup.TermLength is < LogBufferDescriptor.TermLengthMin or > LogBufferDescriptor.TermLengthMax || setup.TermLength > termLengthMax)
            return false;
        if (!BitAlignment.IsPowerOfTwo(setup.TermLength))
            return false;
        refusal = Refusal.WrongMtu;
        if (setup.Mtu is <= DataHeader.LengthBytes or > LogBufferDescriptor.MtuMax || setup.Mtu % LogBufferDescriptor.FrameAlignment != 0 || setup.Mtu > mtuMax)
            return false;
        refusal = Refusal.WrongTermId;
        if (unchecked(setup.ActiveTermId - setup.InitialTermId) < 0)
            return false;
        refusal = Refusal.OutsideTerm;
        if ((uint)setup.TermOffset >= (uint)setup.TermLength)
            return false;
        refusal = Refusal.NotAligned;
        return setup.TermOffset % LogBufferDescriptor.FrameAlignment == 0;
    }
}
