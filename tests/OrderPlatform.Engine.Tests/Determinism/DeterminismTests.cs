using System.Security.Cryptography;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Determinism;

/// <summary>The same inputs give the same state and the same outputs, byte for byte (law 1, T9).</summary>
public class DeterminismTests
{
    private const int Count = 3_000;

    [Test]
    public void The_same_inputs_give_the_same_outputs_and_the_same_digest([Values(1, 2, 3)] int seed)
    {
        List<byte[]> inputs = MixedInputs.Make(seed, Count);
        (string first, string firstOutputs, long orders) = Run(inputs);
        (string second, string secondOutputs, _) = Run(inputs);
        Assert.That((second, secondOutputs), Is.EqualTo((first, firstOutputs)));
        Assert.That(orders, Is.GreaterThan(300), "the stream must do something");
    }

    [Test]
    public void Any_single_input_that_is_another_changes_the_digest_at_once([Range(0, 39)] int which)
    {
        List<byte[]> inputs = MixedInputs.Make(4, 200);
        inputs.RemoveRange(inputs.Count * (which + 1) / 40, inputs.Count - (inputs.Count * (which + 1) / 40));
        string digest = Run(inputs).Digest;

        // Not a tick: an input that finds nothing to do changes no more than that.
        inputs[^1] = InputBytes.Trade(1, 123_456_789, 7);
        Assert.That(Run(inputs).Digest, Is.Not.EqualTo(digest));
    }

    [Test]
    public void A_nanosecond_changes_the_digest()
    {
        var early = new EngineHarness();
        var late = new EngineHarness();
        early.SendAt(early.NowNanos + 1, InputBytes.Tick(0));
        late.SendAt(late.NowNanos + 2, InputBytes.Tick(0));
        Assert.That(late.Engine.DigestText(), Is.Not.EqualTo(early.Engine.DigestText()));
        Assert.That(late.Engine.DigestText(), Does.Match("^[0-9a-f]{32}$"));
    }

    [Test]
    public void A_sequence_that_does_not_follow_throws_and_changes_nothing()
    {
        var engine = new EngineHarness();
        string before = engine.Engine.DigestText();
        foreach (long sequence in new[] { 0, engine.State.Sequence, engine.State.Sequence + 2, -1, long.MaxValue })
        {
            ArgumentException? thrown = Assert.Throws<ArgumentException>(() => engine.Engine.Process(sequence, engine.NowNanos, InputBytes.Tick(0)));
            Assert.That(thrown?.Message, Does.Contain($"input {sequence} does not follow input {engine.State.Sequence}"));
        }

        Assert.That(engine.Engine.DigestText(), Is.EqualTo(before));
    }

    [Test]
    public void Time_that_goes_back_is_reported_and_stands_still()
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        long now = engine.State.NowNanos;
        foreach (long back in new[] { now - 1, 0, -1, long.MinValue })
        {
            Alert alert = engine.SendAt(back, InputBytes.Tick(0)).One<Alert>();
            Assert.That((alert.Reason, alert.Expected, alert.Actual), Is.EqualTo((ReasonCode.TimeWentBack, now, back)));
            Assert.That(engine.State.NowNanos, Is.EqualTo(now));
        }

        Assert.That(engine.SendAt(long.MaxValue, InputBytes.Tick(0)).All, Is.Empty, "and the end of time is a time");
    }

    private static (string Digest, string Outputs, long Orders) Run(List<byte[]> inputs)
    {
        var engine = new BusinessLogicProcessor(MixedInputs.Limits);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = 0; i < inputs.Count; i++)
        {
            engine.Process(i + 1, EngineHarness.StartNanos + (i * EngineHarness.SecondNanos), inputs[i]);
            for (int output = 0; output < engine.Outputs.Count; output++)
            {
                hash.AppendData(engine.Outputs[output]);
            }
        }

        return (engine.DigestText(), Convert.ToHexString(hash.GetHashAndReset()), engine.State.Orders.Rows.Length + (long)engine.State.Clients[0].FillsAdded);
    }
}
