using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests;

/// <summary>The structs are the bytes of the wire.</summary>
[TestFixture]
internal sealed class FrameLayoutTests
{
    [Test]
    public void Each_frame_has_the_length_of_the_protocol()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Unsafe.SizeOf<FrameHeader>(), Is.EqualTo(FrameHeader.LengthBytes));
            Assert.That(Unsafe.SizeOf<DataHeader>(), Is.EqualTo(DataHeader.LengthBytes));
            Assert.That(Unsafe.SizeOf<SetupFrame>(), Is.EqualTo(SetupFrame.LengthBytes));
            Assert.That(Unsafe.SizeOf<StatusMessageFrame>(), Is.EqualTo(StatusMessageFrame.LengthWithGroupTagBytes));
            Assert.That(Unsafe.SizeOf<NakFrame>(), Is.EqualTo(NakFrame.LengthBytes));
            Assert.That(Unsafe.SizeOf<RttMeasurementFrame>(), Is.EqualTo(RttMeasurementFrame.LengthBytes));
            Assert.That(Unsafe.SizeOf<ErrorFrame>(), Is.EqualTo(ErrorFrame.LengthBytes));
            Assert.That(Unsafe.SizeOf<ResponseSetupFrame>(), Is.EqualTo(ResponseSetupFrame.LengthBytes));
        }
    }

    [TestCase(typeof(StatusMessageFrame), nameof(StatusMessageFrame.ReceiverId), 28)]
    [TestCase(typeof(StatusMessageFrame), nameof(StatusMessageFrame.GroupTag), 36)]
    [TestCase(typeof(DataHeader), nameof(DataHeader.ReservedValue), DataHeader.ReservedValueOffset)]
    [TestCase(typeof(DataHeader), nameof(DataHeader.TermId), DataHeader.TermIdOffset)]
    [TestCase(typeof(RttMeasurementFrame), nameof(RttMeasurementFrame.ReceiverId), 32)]
    [TestCase(typeof(ErrorFrame), nameof(ErrorFrame.ErrorLength), 36)]
    [TestCase(typeof(SetupFrame), nameof(SetupFrame.Ttl), 36)]
    public void A_field_lies_where_the_protocol_says(Type frame, string field, int offset) =>
        Assert.That((int)Marshal.OffsetOf(frame, field), Is.EqualTo(offset));
}
