using OrderPlatform.Sbe;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>
/// Bytes that lie, through the generated decoders and validators: at least a million cases in every run. <c>SBE_CASES</c> and <c>SBE_SEED</c>, NUnit
/// parameters or environment variables, ask for more cases or other ones.
/// </summary>
public sealed class HostileMessageTests
{
    private const int DescribeOneIn = 100;
    private const int ShownFaults = 5;

    private static int Cases => Campaign.Number("SBE_CASES", 1_000_000);

    private static int Seed => Campaign.Number("SBE_SEED", 4711);

    private readonly Surroundings _surroundings = new();
    private readonly List<string> _faults = [];
    private readonly Dictionary<MessageProblem, int> _verdicts = [];
    private int _cases;
    private int _described;

    [Test]
    public void No_bytes_make_a_decoder_read_outside_them_or_throw_anything_but_what_is_documented()
    {
        foreach (SampleMessage sample in SampleMessages.All)
        {
            foreach (byte[] bytes in Damage.OneStep(sample))
            {
                Try(sample, bytes);
            }
        }

        int oneStep = _cases;
        var draw = new Draw(Seed);
        var buffer = new byte[Surroundings.MessageMax];
        while (_cases < Cases && _faults.Count < ShownFaults)
        {
            SampleMessage sample = draw.Of(SampleMessages.All);
            Try(sample, buffer.AsSpan(0, Damage.Any(draw, sample, buffer)));
        }

        TestContext.Out.WriteLine($"SBE_SEED={Seed}: {_cases} cases, {oneStep} of them one step from sound, {_described} of them described");
        TestContext.Out.WriteLine(string.Join(", ", _verdicts.OrderBy(static pair => pair.Key)));
        Assert.That(_faults, Is.Empty);
        Assert.That(_verdicts.Keys, Is.EquivalentTo(Enum.GetValues<MessageProblem>()), "every verdict was given");
    }

    [Test]
    public void A_sound_message_is_walked_and_validated_without_an_allocation()
    {
        long sum = 0;
        Assert.That(AllocationCount.LeastOfRounds(() => sum += WalkAll()), Is.Zero);
        Assert.That(sum, Is.Not.Zero);
    }

    private static long WalkAll()
    {
        long sum = 0;
        foreach (SampleMessage sample in SampleMessages.All)
        {
            sum += sample.Codecs.Walk(sample.Bytes) + (long)sample.Codecs.Validate(sample.Bytes);
        }

        return sum;
    }

    private void Try(SampleMessage sample, ReadOnlySpan<byte> bytes)
    {
        (string? fault, MessageProblem problem) = Verdict(sample, bytes);
        _verdicts[problem] = _verdicts.GetValueOrDefault(problem) + 1;
        if (fault is not null && _faults.Count < ShownFaults)
        {
            _faults.Add($"{sample.Name}: {fault}: {Convert.ToHexString(bytes)}, damaged from {Convert.ToHexString(sample.Bytes)}");
        }
    }

    private (string? Fault, MessageProblem Problem) Verdict(SampleMessage sample, ReadOnlySpan<byte> bytes)
    {
        try
        {
            (string? fault, MessageProblem problem) = _surroundings.Try(sample.Codecs, bytes);
            if (_cases++ % DescribeOneIn == 0)
            {
                _described++;
                sample.Codecs.Describe(bytes);
            }

            MessageProblem expected = sample.Model.Validate(bytes);
            return (fault ?? (problem == expected ? null : $"{problem} instead of {expected}"), problem);
        }
        catch (Exception exception)
        {
            return ($"not documented: {exception}", MessageProblem.None);
        }
    }
}
