using OrderPlatform.SbeTool.Tests.Driving;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>Every message that the reference tool made, through the generated encoders and decoders.</summary>
public sealed class GoldenVectorTests
{
    private static IEnumerable<GoldenVector> Vectors => Golden.Vectors;

    [TestCaseSource(nameof(Vectors))]
    public void A_golden_message_is_written_byte_for_byte(GoldenVector vector)
    {
        byte[] buffer = [.. Enumerable.Repeat((byte)0xAA, vector.Bytes.Length)];
        int lengthBytes = Golden.Codecs(vector.Schema).Encode(vector.Message, vector.Input, buffer);
        Assert.That(Convert.ToHexString(buffer, 0, lengthBytes), Is.EqualTo(Convert.ToHexString(vector.Bytes)));
    }

    [TestCaseSource(nameof(Vectors))]
    public void A_golden_message_is_read_value_by_value(GoldenVector vector)
    {
        var decoded = Golden.Codecs(vector.Schema).Decode(vector.Bytes, out int consumed);
        Assert.That(JsonDifference.Of(vector.Decoded, decoded), Is.Null);
        Assert.That(consumed, Is.EqualTo(vector.Bytes.Length));
        Assert.That(() => Golden.Codecs(vector.Schema).Walk(vector.Bytes), Throws.Nothing);
    }
}
