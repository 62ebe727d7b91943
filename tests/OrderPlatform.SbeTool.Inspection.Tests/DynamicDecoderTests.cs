using System.Buffers;
using System.Text;
using System.Text.Json;
using OrderPlatform.SbeTool.Inspection.Decoding;

namespace OrderPlatform.SbeTool.Inspection.Tests;

/// <summary>Bytes of the reference tool through the decoder that has no generated code.</summary>
public sealed class DynamicDecoderTests
{
    private static IEnumerable<GoldenCase> All => Golden.SameVersion.Concat(Golden.CrossVersion);

    [TestCaseSource(nameof(All))]
    public void A_golden_message_reads_as_the_reference_tool_reads_it(GoldenCase golden)
    {
        var buffer = new ArrayBufferWriter<byte>();
        int length;
        using (var writer = new Utf8JsonWriter(buffer))
        {
            length = new DynamicDecoder(Golden.Layout(golden.ReaderSchema)).Decode(golden.Bytes, new JsonSink(writer));
        }

        using JsonDocument actual = JsonDocument.Parse(buffer.WrittenMemory);
        Assert.That(GoldenComparison.Difference(golden.Decoded, actual.RootElement.GetProperty("fields"), golden.Message), Is.Null);
        Assert.That(actual.RootElement.GetProperty("message").GetString(), Is.EqualTo(golden.Message));
        Assert.That(length, Is.EqualTo(golden.LengthBytes));
    }

    [TestCaseSource(nameof(All))]
    public void A_cut_message_is_refused_with_a_place_inside_it(GoldenCase golden)
    {
        var decoder = new DynamicDecoder(Golden.Layout(golden.ReaderSchema));
        for (int length = 0; length < golden.LengthBytes; length++)
        {
            byte[] cut = golden.Bytes[..length];
            MessageFormatException problem = Assert.Throws<MessageFormatException>(
                () => decoder.Decode(cut, new TextSink(new StringBuilder())), $"cut to {length}")!;
            Assert.That(problem.Offset, Is.InRange(0, length));
        }
    }

    [Test]
    public void All_golden_files_are_there() => Assert.That((Golden.SameVersion.Count(), Golden.CrossVersion.Count()), Is.EqualTo((111, 32)));

    [Test]
    public void Text_shows_one_value_a_line()
    {
        GoldenCase golden = Golden.CrossVersion.Single(static item => item.Name == "Order-v1-read-by-v3");
        var text = new StringBuilder();
        new DynamicDecoder(Golden.Layout(golden.ReaderSchema)).Decode(golden.Bytes, new TextSink(text));
        Assert.That(text.ToString(), Is.EqualTo("""
            Order (template 1, schema 114, version 1, block 26 bytes)
              id = 72623859790382856
              mode = C (2)
              opts = {x, y}
              u32V1 = 111
              optV1 = null
              arrV1 = [1, 2]
              strV1 = 'abcd'
              pointV2 = - (since version 2)
              setV2 = - (since version 2)
              enumV2 = - (since version 2)
              typeV2 = - (since version 2)
              dblV2 = - (since version 2)
              legs: 2 entries
                [0]
                  qty = 10
                  pxV1 = 100
                [1]
                  qty = 20
                  pxV1 = 200
              memo = 'memo1'
              blobV3 = - (since version 3)

            """));
    }

    [TestCase("vardata-le", "only-data", 8, new byte[] { 0xFF, 0xFF }, "OnlyData.raw: 65535 bytes are stated, 3 are left")]
    [TestCase("evolution-v3", "order-v3", 0, new byte[] { 0xFF, 0xFF }, "the block of Order needs 65535 bytes, 82 are left")]
    [TestCase("evolution-v3", "order-v3", 0, new byte[] { 0x34, 0x00 }, "Order: a block of 52 bytes is stated, version 3 has 53")]
    [TestCase("evolution-v3", "order-v3", 2, new byte[] { 0x09 }, "no message of gv.evolution.v3 has the template id 9")]
    [TestCase("evolution-v3", "order-v3", 4, new byte[] { 0x00 }, "schema id 0 is not 114")]
    [TestCase("evolution-v3", "order-v3", 63, new byte[] { 0xFF, 0xFF }, "Order.legs: 65535 entries of at least 6 bytes need 393210, 25 are left")]
    public void A_number_that_lies_is_named(string schema, string vector, int at, byte[] lie, string reason)
    {
        byte[] bytes = [.. Golden.SameVersion.Single(item => item.Name == $"{schema}: {vector}").Bytes];
        lie.CopyTo(bytes, at);
        MessageFormatException problem = Assert.Throws<MessageFormatException>(
            () => new DynamicDecoder(Golden.Layout(schema)).Decode(bytes, new TextSink(new StringBuilder())))!;
        Assert.That(problem.Reason, Does.StartWith(reason));
    }
}
