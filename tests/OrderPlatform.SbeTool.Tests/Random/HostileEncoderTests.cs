using System.Text.Json.Nodes;
using OrderPlatform.Sbe;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>Encoders with too little room and with values that do not fit: the documented exception, and no byte outside the span is touched.</summary>
public sealed class HostileEncoderTests
{
    private const int BeforeBytes = 64;
    private const byte Canary = 0xC5;

    private readonly byte[] _place = new byte[200_000];

    private static IEnumerable<SampleMessage> Samples => SampleMessages.All.DistinctBy(static sample => (sample.Name, sample.Bytes.Length));

    [Test]
    public void A_buffer_that_is_too_short_by_any_number_of_bytes_is_refused_and_what_lies_around_it_stays()
    {
        foreach (SampleMessage sample in Samples)
        {
            for (int length = 0; length <= sample.Bytes.Length + 1; length++)
            {
                string context = $"{sample.Name}: {length} bytes for {sample.Bytes.Length}";
                Exception? thrown = Encode(sample, sample.Tree, length, context);
                if (length >= sample.Bytes.Length)
                {
                    Assert.That(thrown, Is.Null, context);
                }
                else
                {
                    Assert.That((thrown as SbeException)?.Problem, Is.EqualTo(MessageProblem.TooShort), $"{context}: {thrown}");
                }
            }
        }
    }

    [Test]
    public void A_value_that_its_type_cannot_hold_is_refused_and_what_lies_around_the_buffer_stays()
    {
        int refused = 0;
        foreach (SampleMessage sample in Samples)
        {
            foreach ((string what, JsonObject tree) in OversizedTrees.Of(sample.Message.Block, sample.Tree))
            {
                foreach (int length in (int[])[sample.Bytes.Length, sample.Bytes.Length + 1, _place.Length - (2 * BeforeBytes)])
                {
                    string context = $"{sample.Name}: {what}, {length} bytes";
                    Exception? thrown = Encode(sample, tree, length, context);
                    Assert.That(thrown, Is.InstanceOf<ArgumentException>().Or.TypeOf<SbeException>(), context);
                    refused++;
                }
            }
        }

        Assert.That(refused, Is.GreaterThan(500));
    }

    /// <summary>Encodes into the middle of a larger array; what is around must stay. Returns the exception.</summary>
    private Exception? Encode(SampleMessage sample, JsonObject tree, int lengthBytes, string context)
    {
        Span<byte> used = _place.AsSpan(0, Math.Min(_place.Length, BeforeBytes + lengthBytes + 4096));
        used.Fill(Canary);
        Exception? thrown = null;
        try
        {
            sample.Codecs.Encode(sample.Message.Label.Name, tree, _place.AsSpan(BeforeBytes, lengthBytes));
        }
        catch (Exception exception) when (exception is SbeException or ArgumentException)
        {
            thrown = exception;
        }

        bool isTouched = used[..BeforeBytes].ContainsAnyExcept(Canary) || used[(BeforeBytes + lengthBytes)..].ContainsAnyExcept(Canary);
        Assert.That(isTouched, Is.False, context);
        return thrown;
    }
}
