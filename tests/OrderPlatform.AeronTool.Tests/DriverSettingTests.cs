using System.Net;
using OrderPlatform.Aeron.Agents;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Driver.Limits;

namespace OrderPlatform.AeronTool.Tests;

/// <summary>What the texts of options and variables make of a driver's settings.</summary>
[TestFixture]
internal sealed class DriverSettingTests
{
    [Test]
    public void Without_anything_the_settings_are_the_drivers_own() =>
        Assert.That(Read(), Is.EqualTo(new MediaDriverContext { IdleStrategy = Read().IdleStrategy }));

    [Test]
    public void Every_option_sets_what_it_names()
    {
        MediaDriverContext context = Read(
            [
                ("--dir", "some-directory"),
                ("--threading", "shared-network"),
                ("--idle", "sleep:2ms"),
                ("--mtu", "8k"),
                ("--term-length", "1m"),
                ("--ipc-term-length", "64k"),
                ("--delete-on-start", "true"),
                ("--driver-timeout", "1500"),
                ("--allow", "*=10.1.0.0/16"),
                ("--allow", "[::1]:40123=fd00::7"),
                ("--log-memory", "2g"),
                ("--images-per-endpoint", "17"),
            ],
            []);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(context.AeronDirectoryName, Is.EqualTo(Path.GetFullPath("some-directory")));
            Assert.That(context.ThreadingMode, Is.EqualTo(ThreadingMode.SharedNetwork));
            Assert.That(context.IdleStrategy(), Is.TypeOf<SleepingIdleStrategy>());
            Assert.That(context.MtuLength, Is.EqualTo(8192));
            Assert.That(context.TermBufferLength, Is.EqualTo(1024 * 1024));
            Assert.That(context.IpcTermBufferLength, Is.EqualTo(64 * 1024));
            Assert.That(context.DirDeleteOnStart, Is.True);
            Assert.That(context.DriverTimeoutNs, Is.EqualTo(1_500_000_000));
            Assert.That(context.SourceRules, Is.EqualTo(new[]
            {
                new SourceRule("*", IPNetwork.Parse("10.1.0.0/16")), new SourceRule("[::1]:40123", IPNetwork.Parse("fd00::7/128")),
            }));
            Assert.That(context.LogBufferBytesMax, Is.EqualTo(2L * 1024 * 1024 * 1024));
            Assert.That(context.ImagesPerEndpointMax, Is.EqualTo(17));
        }
    }

    [Test]
    public void The_references_variables_count_where_the_option_is_absent()
    {
        (string Name, string Text)[] variables =
        [
            ("AERON_DIR", "other-directory"),
                ("AERON_THREADING_MODE", "DEDICATED"),
                ("AERON_MTU_LENGTH", "4k"),
                ("AERON_TERM_BUFFER_LENGTH", "128k"),
            ("AERON_IPC_TERM_BUFFER_LENGTH", "256k"),
                ("AERON_DIR_DELETE_ON_START", "1"),
                ("AERON_DRIVER_TIMEOUT", "20s"),
                ("AERON_CLIENT_LIVENESS_TIMEOUT", "5s"),
            ("AERON_SOCKET_SO_RCVBUF", "2m"),
                ("AERON_SOCKET_SO_SNDBUF", "1m"),
                ("AERON_RCV_INITIAL_WINDOW_LENGTH", "512k"),
        ];
        MediaDriverContext context = Read([("--mtu", "1408")], variables);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(context.AeronDirectoryName, Is.EqualTo(Path.GetFullPath("other-directory")));
            Assert.That(context.ThreadingMode, Is.EqualTo(ThreadingMode.Dedicated));
            Assert.That(context.MtuLength, Is.EqualTo(1408));
            Assert.That(context.TermBufferLength, Is.EqualTo(128 * 1024));
            Assert.That(context.IpcTermBufferLength, Is.EqualTo(256 * 1024));
            Assert.That(context.DirDeleteOnStart, Is.True);
            Assert.That(context.DriverTimeoutNs, Is.EqualTo(20_000_000_000));
            Assert.That(context.ClientLivenessTimeoutNs, Is.EqualTo(5_000_000_000));
            Assert.That(context.SocketReceiveBufferLength, Is.EqualTo(2 * 1024 * 1024));
            Assert.That(context.SocketSendBufferLength, Is.EqualTo(1024 * 1024));
            Assert.That(context.InitialWindowLength, Is.EqualTo(512 * 1024));
        }
    }

    [TestCase("backoff", typeof(BackoffIdleStrategy))]
    [TestCase("yield", typeof(YieldingIdleStrategy))]
    [TestCase("spin", typeof(BusySpinIdleStrategy))]
    public void An_idle_strategy_is_made_for_each_thread(string text, Type type)
    {
        MediaDriverContext context = Read([("--idle", text)], []);
        IIdleStrategy first = context.IdleStrategy();
        Assert.That(context.IdleStrategy(), Is.TypeOf(type).And.Not.SameAs(first));
    }

    [TestCase("--threading", "fast", "shared, shared-network or dedicated")]
    [TestCase("--threading", "invoker", "shared, shared-network or dedicated")]
    [TestCase("--idle", "sleep", "sleep:1ms")]
    [TestCase("--idle", "sleep:2s", "from 1us to 1s")]
    [TestCase("--mtu", "17x", "a number")]
    [TestCase("--mtu", "1000", "a multiple of 32")]
    [TestCase("--term-length", "100k", "a power of two")]
    [TestCase("--ipc-term-length", "4g", "at most")]
    [TestCase("--driver-timeout", "-1", "a whole number")]
    [TestCase("--allow", "10.0.0.0/8", "endpoint=network")]
    [TestCase("--allow", "*=10.0.0.1/8", "zeros behind its prefix")]
    [TestCase("--allow", "somewhere=10.0.0.1", "has no port")]
    [TestCase("--log-memory", "", "a number")]
    [TestCase("--dir", "", "a directory")]
    public void A_value_that_cannot_be_is_one_line_that_says_what_can_and_code_2(string option, string value, string expected)
    {
        // Last comes a directory that cannot be: a value that is taken after all starts no driver.
        string[] elsewhere = option == "--dir" ? [] : ["--dir", "/dev/null/none"];
        AssertRefused(2, expected, [option, value, .. elsewhere]);
    }

    [Test]
    public void A_directory_that_cannot_be_made_is_one_line_and_code_1()
    {
        string file = Path.GetTempFileName();
        try
        {
            AssertRefused(1, file, "--dir", Path.Combine(file, "inside"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void AssertRefused(int code, string expected, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        Assert.That(AeronCommands.Root(output, errors).Parse(["driver", .. arguments]).Invoke(), Is.EqualTo(code), errors.ToString());
        Assert.That(errors.ToString(), Does.StartWith("error: ").And.Contain(expected));
        Assert.That(errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(1));
        Assert.That(output.ToString(), Is.Empty);
    }

    private static MediaDriverContext Read() => Read([], []);

    private static MediaDriverContext Read((string Name, string Text)[] options, (string Name, string Text)[] variables)
    {
        IEnumerable<string?> known = DriverSetting.All.SelectMany(static setting => new[] { setting.Option, setting.Variable });
        Assert.That(options.Concat(variables).Select(static pair => pair.Name).Except(known), Is.Empty);
        return DriverSetting.Read(
            setting => options.Where(pair => pair.Name == setting.Option).Select(static pair => pair.Text).ToArray() is { Length: > 0 } texts ? texts : null,
            name => variables.FirstOrDefault(pair => pair.Name == name).Text);
    }
}
