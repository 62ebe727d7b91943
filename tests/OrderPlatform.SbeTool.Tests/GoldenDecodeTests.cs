using OrderPlatform.Sbe;
using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>Bytes of the reference tool through the generated decoders.</summary>
public sealed class GoldenDecodeTests
{
    private static IEnumerable<GoldenVector> Vectors => Golden.Vectors;

    [TestCaseSource(nameof(Vectors))]
    public void A_golden_message_reads_as_the_reference_tool_reads_it(GoldenVector vector)
    {
        MessageLayout message = Golden.Layout(vector.Schema).Messages.Single(candidate => candidate.Label.Name == vector.Message);
        GoldenCodecs.Validate validate = GoldenCodecs.All[vector.Schema].Validate;
        MessageProblem problem = validate(vector.Bytes);

        // These hold a value that their enum does not declare, on purpose: the edge refuses it, and the decoder still reads it.
        bool isUndeclared = vector.Name is "composites-zero" or "enums-unknown-raw" or "enums-null" or "wide-enums-null";
        Assert.That(problem, Is.EqualTo(isUndeclared ? MessageProblem.EnumOutOfRange : MessageProblem.None));
        Assert.That(GoldenCodecs.All[vector.Schema].Describe(vector.Bytes), Is.EqualTo(GoldenText.Of(message, vector.Decoded)));
    }

    [TestCaseSource(nameof(Vectors))]
    public void A_cut_message_is_refused_or_read_without_leaving_its_buffer(GoldenVector vector)
    {
        (GoldenCodecs.Describe describe, GoldenCodecs.Validate validate) = GoldenCodecs.All[vector.Schema];
        for (int length = 0; length < vector.Bytes.Length; length++)
        {
            // A copy of exact length: a read behind it would be visible as a wrong verdict, and every slice is checked.
            byte[] cut = vector.Bytes[..length];
            Assert.That(validate(cut), Is.Not.EqualTo(MessageProblem.None), $"cut to {length} of {vector.Bytes.Length} bytes");
            Assert.That(describe(cut), Does.Contain("malformed"));
        }
    }

    [TestCaseSource(nameof(Vectors))]
    public void Any_flipped_byte_is_described_without_an_exception(GoldenVector vector)
    {
        GoldenCodecs.Describe describe = GoldenCodecs.All[vector.Schema].Describe;
        for (int index = 0; index < vector.Bytes.Length; index++)
        {
            byte[] damaged = [.. vector.Bytes];
            damaged[index] ^= 0xFF;
            Assert.That(() => describe(damaged), Throws.Nothing, $"byte {index} flipped");
        }
    }
}
