using FsCheck;
using FsCheck.Fluent;
using OrderPlatform.Aeron.Channels;

namespace OrderPlatform.Aeron.Tests.Channels;

internal sealed class ChannelUriTests
{
    [Test]
    public void Media_spy_and_parameters_are_read()
    {
        var udp = ChannelUri.Parse("aeron-spy:aeron:udp?endpoint=localhost:40123|mtu=8k|alias=a=b|x-unknown=1");
        var ipc = ChannelUri.Parse("aeron:ipc");

        Assert.That((udp.IsUdp, udp.IsIpc, udp.IsSpy), Is.EqualTo((true, false, true)));
        Assert.That(udp.Text, Is.EqualTo("aeron:udp?endpoint=localhost:40123|mtu=8k|alias=a=b|x-unknown=1"));
        Assert.That(udp.ToString(), Is.EqualTo("aeron-spy:" + udp.Text));
        Assert.That(udp.Get("alias"), Is.EqualTo("a=b"));
        Assert.That(udp.Get("x-unknown"), Is.EqualTo("1"));
        Assert.That(udp.Get("missing"), Is.Null);
        Assert.That((ipc.IsUdp, ipc.IsIpc, ipc.IsSpy, ipc.Parameters.Count), Is.EqualTo((false, true, false, 0)));
        Assert.That(ChannelUri.Parse("aeron:ipc?").Parameters, Is.Empty);
    }

    [TestCase("", "does not begin")]
    [TestCase("udp://localhost:1", "does not begin")]
    [TestCase("aeron-spy:", "does not begin")]
    [TestCase("aeron:", "names the media ''")]
    [TestCase("aeron:tcp?endpoint=a:1", "names the media 'tcp'")]
    [TestCase("aeron:udp2?endpoint=a:1", "names the media 'udp2'")]
    [TestCase("aeron:udp?endpoint", "no '='")]
    [TestCase("aeron:udp?endpoint=a:1|", "no '='")]
    [TestCase("aeron:udp?|endpoint=a:1", "no '='")]
    [TestCase("aeron:udp?=a:1", "empty key")]
    [TestCase("aeron:udp?endpoint=", "empty value")]
    [TestCase("aeron:udp?endpoint=|mtu=1408", "empty value")]
    [TestCase("aeron:udp?mtu=1408|mtu=1408", "second time at character 19")]
    [TestCase("aeron:udp?endpoint=a:1\0|mtu=1", "control characters")]
    [TestCase("aeron:udp?endpoint=a:1\n", "control characters")]
    public void What_is_no_channel_is_refused_with_the_place(string text, string reason) =>
        Assert.That(() => ChannelUri.Parse(text), Throws.InstanceOf<FormatException>().With.Message.Contains(reason));

    [Test]
    public void A_channel_of_4095_characters_is_taken_and_one_more_is_not()
    {
        string longest = "aeron:udp?alias=".PadRight(ChannelUri.LengthMax, 'a');

        Assert.That(ChannelUri.Parse("aeron-spy:" + longest).Text, Has.Length.EqualTo(4095));
        Assert.That(() => ChannelUri.Parse(longest + "a"), Throws.InstanceOf<FormatException>());
        Assert.That(() => ChannelUri.Parse("aeron-spy:" + longest + "a"), Throws.InstanceOf<FormatException>());
    }

    [TestCase("0", 0)]
    [TestCase("-2147483648", int.MinValue)]
    [TestCase("2147483647", int.MaxValue)]
    [TestCase("0x7fffffff", int.MaxValue)]
    [TestCase("010", 10)]
    public void Whole_numbers_are_read(string text, int value) => Assert.That(Uri("v=" + text).GetInt("v"), Is.EqualTo(value));

    [TestCase("2147483648")]
    [TestCase("0x80000000")]
    [TestCase("1.0")]
    [TestCase(" 1")]
    [TestCase("1 ")]
    [TestCase("1e3")]
    [TestCase("0x")]
    [TestCase("--1")]
    [TestCase("٣")]
    public void What_is_no_whole_number_is_refused_with_key_and_value(string text) =>
        Assert.That(() => Uri("v=" + text).GetInt("v"), Throws.InstanceOf<FormatException>().With.Message.Contains($"'v={text}'"));

    [TestCase("0", 0L)]
    [TestCase("1408", 1408L)]
    [TestCase("64k", 65_536L)]
    [TestCase("64K", 65_536L)]
    [TestCase("16m", 16_777_216L)]
    [TestCase("1G", 1_073_741_824L)]
    [TestCase("8589934591g", 9223372035781033984L)]
    public void Sizes_are_read(string text, long bytes) => Assert.That(Uri("v=" + text).GetSize("v"), Is.EqualTo(bytes));

    [TestCase("k")]
    [TestCase("-1")]
    [TestCase("1t")]
    [TestCase("1kk")]
    [TestCase("1 k")]
    [TestCase("8589934592g")]
    [TestCase("9223372036854775808")]
    public void What_is_no_size_is_refused(string text) => Assert.That(() => Uri("v=" + text).GetSize("v"), Throws.InstanceOf<FormatException>());

    [TestCase("17", 17L)]
    [TestCase("17ns", 17L)]
    [TestCase("17us", 17_000L)]
    [TestCase("17ms", 17_000_000L)]
    [TestCase("17s", 17_000_000_000L)]
    [TestCase("9223372036s", 9_223_372_036_000_000_000L)]
    public void Durations_are_read(string text, long nanoseconds) => Assert.That(Uri("v=" + text).GetDurationNs("v"), Is.EqualTo(nanoseconds));

    [TestCase("s")]
    [TestCase("1m")]
    [TestCase("1 s")]
    [TestCase("-1s")]
    [TestCase("1.5s")]
    [TestCase("9223372037s")]
    public void What_is_no_duration_is_refused(string text) => Assert.That(() => Uri("v=" + text).GetDurationNs("v"), Throws.InstanceOf<FormatException>());

    [TestCase("true", true)]
    [TestCase("false", false)]
    public void Booleans_are_read(string text, bool value) => Assert.That(Uri("v=" + text).GetBool("v"), Is.EqualTo(value));

    [TestCase("True")]
    [TestCase("truest")]
    [TestCase("1")]
    public void What_is_no_boolean_is_refused(string text) => Assert.That(() => Uri("v=" + text).GetBool("v"), Throws.InstanceOf<FormatException>());

    [TestCase("7", 7L, null)]
    [TestCase("7,9", 7L, 9L)]
    [TestCase(",9", null, 9L)]
    [TestCase("7,", 7L, null)]
    public void Tags_are_a_channels_and_an_entitys(string text, long? channel, long? entity) =>
        Assert.That((Uri("tags=" + text).ChannelTag, Uri("tags=" + text).EntityTag), Is.EqualTo((channel, entity)));

    [TestCase("a")]
    [TestCase("-1")]
    [TestCase("1,2,3")]
    public void What_is_no_tag_is_refused(string text) => Assert.That(() => Uri("tags=" + text).ChannelTag, Throws.InstanceOf<FormatException>());

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public Property Reading_agrees_with_a_naive_reader() => Prop.ForAll(HostileUris(), static text =>
    {
        Dictionary<string, string>? expected = NaiveRead(text);
        Dictionary<string, string>? actual;
        try
        {
            actual = new Dictionary<string, string>(ChannelUri.Parse(text).Parameters);
        }
        catch (FormatException)
        {
            actual = null;
        }

        return (expected is null) == (actual is null)
            && (expected is null || expected.OrderBy(static pair => pair.Key).SequenceEqual(actual!.OrderBy(static pair => pair.Key)));
    });

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public Property Whatever_the_text_a_refusal_is_a_format_error() => Prop.ForAll(ArbMap.Default.ArbFor<string?>(), static text =>
    {
        try
        {
            _ = ChannelUri.Parse(text ?? "");
            _ = ChannelUri.Parse("aeron:udp?" + text);
        }
        catch (FormatException)
        {
            return true;
        }

        return true;
    });

    [Test]
    public void What_the_builder_writes_is_read_back()
    {
        string text = new ChannelUriStringBuilder().Udp().Endpoint("localhost:40123").Mtu(8192).TermLength(1 << 20).SessionId(-7)
            .Linger(TimeSpan.FromMilliseconds(250))
            .Reliable(false).Tags(3, 4).Set("own", "1").Spy().Build();

        var uri = ChannelUri.Parse(text);

        Assert.That(text, Is.EqualTo(
            "aeron-spy:aeron:udp?endpoint=localhost:40123|mtu=8192|term-length=1048576|session-id=-7|linger=250000000ns|reliable=false|tags=3,4|own=1"));
        Assert.That(uri.IsSpy);
        Assert.That(uri.GetDurationNs("linger"), Is.EqualTo(250_000_000));
        Assert.That((uri.GetInt("session-id"), uri.GetBool("reliable"), uri.ChannelTag, uri.EntityTag), Is.EqualTo((-7, false, 3, 4)));
    }

    [Test]
    public void The_builder_does_not_write_what_cannot_be_read()
    {
        Assert.That(() => new ChannelUriStringBuilder().Ipc().Set("a|b", "1"), Throws.ArgumentException);
        Assert.That(() => new ChannelUriStringBuilder().Ipc().Set("a", "1|b=2"), Throws.ArgumentException);
        Assert.That(() => new ChannelUriStringBuilder().Ipc().Set("a=b", "1"), Throws.ArgumentException);
        Assert.That(() => new ChannelUriStringBuilder().Ipc().Set("a", ""), Throws.ArgumentException);
        Assert.That(new ChannelUriStringBuilder().Ipc().Build(), Is.EqualTo("aeron:ipc"));
    }

    private static ChannelUri Uri(string parameters) => ChannelUri.Parse("aeron:udp?" + parameters);

    private static Arbitrary<string> HostileUris()
    {
        string[] pieces = ["aeron:", "udp", "ipc", "?", "=", "|", "a", "mtu", "endpoint", "localhost:1", "aeron-spy:", "\0", " ", "é", "a=1|b=2"];
        Gen<string> loose = Gen.Elements(pieces).ListOf().Select(static parts => string.Concat(parts));
        Gen<string> pair = Gen.Elements("a", "b", "mtu", "endpoint", "")
            .SelectMany(static key => Gen.Elements("1", "", "x=y", "[::1]:1").Select(value => $"{key}={value}"));
        Gen<string> formed = pair.ListOf().Select(static pairs => "aeron:udp?" + string.Join('|', pairs));
        return Gen.OneOf(loose, formed, loose.Select(static text => "aeron:ipc?" + text)).ToArbitrary();
    }

    // The same language by splitting instead of walking.
    private static Dictionary<string, string>? NaiveRead(string text)
    {
        string rest = text.StartsWith("aeron-spy:", StringComparison.Ordinal) ? text[10..] : text;
        string[] halves = rest.Split('?', 2);
        if (rest.Length > 4095 || rest.Any(char.IsControl) || halves[0] is not ("aeron:udp" or "aeron:ipc"))
            return null;
        Dictionary<string, string> read = [];
        foreach (string parameter in halves.Length == 1 || halves[1].Length == 0 ? [] : halves[1].Split('|'))
        {
            string[] pair = parameter.Split('=', 2);
            if (pair.Length != 2 || pair[0].Length == 0 || pair[1].Length == 0 || !read.TryAdd(pair[0], pair[1]))
                return null;
        }

        return read;
    }
}
