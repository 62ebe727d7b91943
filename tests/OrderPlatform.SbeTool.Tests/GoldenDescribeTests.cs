using System.Text.Json;
using OrderPlatform.Sbe;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Tests.Driving;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>Messages of the reference tool, whole and damaged, through the generated validator and dump.</summary>
public sealed class GoldenDescribeTests
{
    private static IEnumerable<GoldenVector> Vectors => Golden.Vectors;

    [TestCaseSource(nameof(Vectors))]
    public void A_golden_message_is_valid_and_its_dump_says_what_the_reference_tool_reads(GoldenVector vector)
    {
        CompiledSchema codecs = Golden.Codecs(vector.Schema);
        MessageLayout message = codecs.Layout.Messages.Single(candidate => candidate.Label.Name == vector.Message);

        // These hold a value that their enum does not declare, on purpose: the edge refuses it, and the decoder still reads it.
        bool isUndeclared = vector.Name is "composites-zero" or "enums-unknown-raw" or "enums-null" or "wide-enums-null";
        Assert.That(codecs.Validate(vector.Bytes), Is.EqualTo(isUndeclared ? MessageProblem.EnumOutOfRange : MessageProblem.None));
        Assert.That(codecs.Describe(vector.Bytes), Is.EqualTo(GoldenText.Of(message, vector.Decoded.Deserialize<JsonElement>())));
    }

    [TestCaseSource(nameof(Vectors))]
    public void A_cut_message_is_refused_by_validator_decoder_and_dump(GoldenVector vector)
    {
        CompiledSchema codecs = Golden.Codecs(vector.Schema);
        for (int length = 0; length < vector.Bytes.Length; length++)
        {
            // A copy of exact length: a read behind it would be visible as a wrong verdict, and every slice is checked.
            byte[] cut = vector.Bytes[..length];
            Assert.That(codecs.Validate(cut), Is.Not.EqualTo(MessageProblem.None), $"cut to {length} of {vector.Bytes.Length} bytes");
            Assert.That(() => codecs.Walk(cut), Throws.TypeOf<SbeException>(), $"cut to {length} of {vector.Bytes.Length} bytes");
            Assert.That(codecs.Describe(cut), Does.Contain("malformed"));
        }
    }

    [TestCaseSource(nameof(Vectors))]
    public void Of_a_message_with_a_flipped_byte_validator_and_decoder_say_the_same(GoldenVector vector)
    {
        CompiledSchema codecs = Golden.Codecs(vector.Schema);
        for (int index = 0; index < vector.Bytes.Length; index++)
        {
            byte[] damaged = [.. vector.Bytes];
            damaged[index] ^= 0xFF;
            Assert.That(() => codecs.Describe(damaged), Throws.Nothing, $"byte {index} flipped");
            MessageProblem verdict = codecs.Validate(damaged);

            // The validator stops at an undeclared enum value, which the decoder reads; what comes behind may be sound or not.
            if (verdict != MessageProblem.EnumOutOfRange)
                Assert.That(Problem(codecs, damaged), Is.EqualTo(verdict), $"byte {index} flipped");
        }
    }

    private static MessageProblem Problem(CompiledSchema codecs, byte[] bytes)
    {
        try
        {
            codecs.Walk(bytes);
            return MessageProblem.None;
        }
        catch (SbeException exception)
        {
            return exception.Problem;
        }
    }
}
