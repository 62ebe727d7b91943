using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;
using OrderPlatform.SbeTool.Inspection.Decoding;

namespace OrderPlatform.SbeTool.Inspection.Tests;

/// <summary>Damaged messages: a verdict or a value, nothing else, and never more work than the bytes are worth.</summary>
public sealed class DecoderFuzzTests
{
    private const int Inputs = 250_000;

    [TestCase(20261124)]
    public void Any_damage_ends_in_values_or_in_the_documented_exception(int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        GoldenCase[] cases = [.. Golden.SameVersion, .. Golden.CrossVersion];
        Dictionary<string, DynamicDecoder> decoders = cases.Select(static item => item.ReaderSchema).Distinct().ToDictionary(
            static name => name, static name => new DynamicDecoder(Golden.Layout(name)));
        var sink = new CountingSink();
        int refused = 0;
        for (int input = 0; input < Inputs; input++)
        {
            GoldenCase golden = cases[random.Next(cases.Length)];
            byte[] bytes = Damaged(golden.Bytes, random);
            try
            {
                sink.Begin();
                int length = decoders[golden.ReaderSchema].Decode(bytes, sink);
                Assert.That(length, Is.InRange(1, bytes.Length));
            }
            catch (MessageFormatException problem)
            {
                refused++;
                Assert.That(problem.Offset, Is.InRange(0, bytes.Length), $"seed {seed}, input {input}");
            }
        }

        Assert.That(refused, Is.InRange(Inputs / 10, Inputs - (Inputs / 10)), "damage that is always or never noticed tests nothing");
    }

    private static byte[] Damaged(byte[] original, Random random)
    {
        byte[] bytes = random.Next(4) == 0 ? original[..random.Next(original.Length + 1)] : [.. original];
        for (int change = random.Next(1, 5); change > 0 && bytes.Length > 0; change--)
        {
            // Lengths and counts stand at both ends of the numeric range more often than chance would put them there.
            int at = random.Next(2) == 0 ? random.Next(bytes.Length) : random.Next(Math.Min(bytes.Length, 12));
            bytes[at] = random.Next(3) switch { 0 => 0xFF, 1 => 0, _ => (byte)random.Next(256) };
        }

        return bytes;
    }

    private sealed class CountingSink : IMessageSink
    {
        private const int CallsMax = 1_000_000;

        private int _calls;

        public void Begin() => _calls = 0;

        public void BeginMessage(MessageLayout message, ActingHeader header) => Count();

        public void EndMessage(MessageLayout message, int lengthBytes) => Count();

        public void OnNumber(MemberLayout field, PrimitiveType primitive, WireValue value, bool isNull) => Count();

        public void OnArray(MemberLayout field, PrimitiveType primitive, ReadOnlySpan<WireValue> values) => Count();

        public void OnText(MemberLayout field, ReadOnlySpan<byte> text, string? encoding) => Count();

        public void OnEnum(MemberLayout field, WireValue value, string? name) => Count();

        public void OnSet(MemberLayout field, SetLayout choices, ulong bits) => Count();

        public void BeginComposite(MemberLayout field, CompositeLayout composite) => Count();

        public void EndComposite(MemberLayout field) => Count();

        public void OnAbsent(MemberLayout field) => Count();

        public void BeginGroup(GroupLayout group, int count, bool isAbsent) => Count();

        public void BeginEntry(GroupLayout group, int index) => Count();

        public void EndEntry(GroupLayout group) => Count();

        public void EndGroup(GroupLayout group) => Count();

        public void OnData(DataLayout data, ReadOnlySpan<byte> bytes, bool isAbsent) => Count();

        private void Count() => Assert.That(++_calls < CallsMax);
    }
}
