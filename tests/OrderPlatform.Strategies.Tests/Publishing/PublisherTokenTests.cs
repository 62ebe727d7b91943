using OrderPlatform.Messages;
using OrderPlatform.Strategies.Publishing;

namespace OrderPlatform.Strategies.Tests.Publishing;

/// <summary>Tokens are those of any other HMAC-SHA-256: the expected ones were computed with Python's <c>hmac</c>.</summary>
[TestFixture]
internal sealed class PublisherTokenTests
{
    private const string SubmissionToken = "6510B6583AC4DF4E220065E77EE7AEFA3F166197CE9C329AE1DA6EC003D62BE4";
    private const string HelloToken = "FBEE216DD774BC6D6743996A49B170FE4BEBEF873636D74EAB72E7404D5CFAEF";

    private static byte[] Key => [.. Enumerable.Range(1, 32).Select(static value => (byte)value)];

    [Test]
    public void The_token_of_a_submission_is_the_known_one()
    {
        byte[] message = Submission();
        using var token = new PublisherToken(Key);
        token.Write(message, PublisherToken.OffsetInSubmission);
        Assert.That(Convert.ToHexString(SubmissionDecoder.WrapForDecodeAndApplyHeader(message).Token), Is.EqualTo(SubmissionToken));
        Assert.That(token.Matches(message, PublisherToken.OffsetInSubmission), Is.True);
    }

    [Test]
    public void The_token_of_a_hello_is_the_known_one()
    {
        byte[] message = new byte[PublisherHelloEncoder.MinEncodedLength + 9];
        var e = PublisherHelloEncoder.WrapForEncodeAndApplyHeader(message);
        e.PublisherId = 7;
        e.ProtocolVersion = DoorProtocol.Version;
        e.ResponseStreamId = 1010;
        e.NextNumber = 1;
        e.SentAtNanos = 5;
        e.SetResponseChannel("aeron:ipc");
        using var token = new PublisherToken(Key);
        token.Write(message, PublisherToken.OffsetInHello);
        Assert.That(Convert.ToHexString(PublisherHelloDecoder.WrapForDecodeAndApplyHeader(message).Token), Is.EqualTo(HelloToken));
    }

    [Test]
    public void The_token_of_a_subscription_lies_where_the_schema_has_it()
    {
        byte[] message = new byte[EventsSubscribeEncoder.MinEncodedLength];
        EventsSubscribeEncoder.WrapForEncodeAndApplyHeader(message).SetResponseChannel(string.Empty);
        using var token = new PublisherToken(Key);
        token.Write(message, PublisherToken.OffsetInSubscribe);
        Assert.That(EventsSubscribeDecoder.WrapForDecodeAndApplyHeader(message).Token.ToArray(), Is.EqualTo(message[PublisherToken.OffsetInSubscribe..][..32]).And.Not.All.Zero);
    }

    [Test]
    public void Any_other_byte_or_key_has_another_token()
    {
        byte[] message = Submission();
        using var token = new PublisherToken(Key);
        token.Write(message, PublisherToken.OffsetInSubmission);
        for (int index = 0; index < message.Length; index++)
        {
            message[index] ^= 1;
            Assert.That(token.Matches(message, PublisherToken.OffsetInSubmission), Is.False, $"byte {index}");
            message[index] ^= 1;
        }

        using var other = new PublisherToken(Key.AsSpan(1).ToArray());
        Assert.That(other.Matches(message, PublisherToken.OffsetInSubmission), Is.False);
        Assert.That(static () => new PublisherToken(new byte[15]), Throws.ArgumentException.With.Message.Contains("16 random ones"));
    }

    [Test]
    public void A_token_allocates_nothing()
    {
        byte[] message = Submission();
        using var token = new PublisherToken(Key);
        bool matches = true;
        Assert.That(
            AllocationCount.LeastOfRounds(() =>
            {
                for (int count = 0; count < 100; count++)
                {
                    token.Write(message, PublisherToken.OffsetInSubmission);
                    matches &= token.Matches(message, PublisherToken.OffsetInSubmission);
                }
            }),
            Is.Zero);
        Assert.That(matches, Is.True);
    }

    private static byte[] Submission()
    {
        byte[] tick = new byte[TickEncoder.EncodedLength];
        var t = TickEncoder.WrapForEncodeAndApplyHeader(tick);
        t.TimestampNanos = 1_234_567_890;
        byte[] message = new byte[SubmissionEncoder.MinEncodedLength + tick.Length];
        var e = SubmissionEncoder.WrapForEncodeAndApplyHeader(message);
        e.PublisherId = 7;
        e.Number = 42;
        e.SentAtNanos = 1_700_000_000_000_000_000;
        e.SetMessage(tick);
        return message;
    }
}
