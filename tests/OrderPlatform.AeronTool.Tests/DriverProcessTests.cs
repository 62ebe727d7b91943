using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using OrderPlatform.Aeron.Client;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.AeronTool.Tests;

/// <summary>The command <c>driver</c> as its own process, with clients in this one.</summary>
[TestFixture]
[Platform("Linux,MacOSX")]
internal sealed class DriverProcessTests
{
    private const int Messages = 2_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private string _root = null!;

    [SetUp]
    public void SetUp() => _root = Directory.CreateTempSubdirectory("op-aeron-driver").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_root, recursive: true);

    [TestCase("TERM", "shared")]
    [TestCase("INT", "dedicated")]
    public void It_says_when_it_is_ready_serves_clients_and_ends_in_good_order_when_told(string signal, string threading)
    {
        string directory = Path.Combine(_root, "one");
        using var driver = DriverProcess.StartReady(directory, "--threading", threading, "--idle", "sleep:100us");
        Assert.That(driver.Output, Does.StartWith($"ready: Aeron media driver in {directory}, pid "));
        Exchange(directory, directory, "aeron:ipc");
        driver.Signal(signal);
        Assert.That(driver.WaitForEnd(), Is.Zero, () => driver.Errors);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(driver.Errors, Is.Empty);
            Assert.That(Look("stat", directory), Does.Contain("ended in good order"));
        }
    }

    [Test]
    public void Messages_pass_between_two_drivers_and_the_other_commands_look_into_them()
    {
        (string first, string second) = (Path.Combine(_root, "first"), Path.Combine(_root, "second"));
        string endpoint = $"127.0.0.1:{FreePort()}";
        using var sender = DriverProcess.StartReady(first, "--threading", "shared-network", "--idle", "yield");
        using var receiver = DriverProcess.StartReady(second, "--allow", "*=127.0.0.0/8", "--allow", $"{endpoint}=10.0.0.1");
        Exchange(first, second, $"aeron:udp?endpoint={endpoint}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Look("stat", second, "--filter", "rcv-channel"), Does.Contain(endpoint));
            Assert.That(Look("errors", first), Is.EqualTo($"0 distinct errors{Environment.NewLine}"));
            Assert.That(Look("errors", second), Is.EqualTo($"0 distinct errors{Environment.NewLine}"));
            Assert.That(Look("loss", second), Does.StartWith("observations\tbytes"));
        }
    }

    [Test]
    public void Who_may_not_send_is_named_in_the_error_log_and_reaches_nobody()
    {
        (string first, string second) = (Path.Combine(_root, "first"), Path.Combine(_root, "second"));
        string channel = $"aeron:udp?endpoint=127.0.0.1:{FreePort()}";
        using var sender = DriverProcess.StartReady(first);
        using var receiver = DriverProcess.StartReady(second, "--allow", "*=10.0.0.0/24");
        using AeronClient publisher = Connect(first);
        using AeronClient subscriber = Connect(second);
        using Subscription subscription = subscriber.AddSubscription(channel, 7);
        using Publication publication = publisher.AddPublication(channel, 7);
        Assert.That(SpinWait.SpinUntil(() => Look("errors", second).Contains("SourceNotAllowed", StringComparison.Ordinal), Limit), Is.True);
        Assert.That(subscription.IsConnected || publication.IsConnected, Is.False);
    }

    [Test]
    public void A_driver_that_was_killed_is_followed_by_another_in_its_directory_once_it_counts_as_dead()
    {
        string directory = Path.Combine(_root, "one");
        using (var driver = DriverProcess.StartReady(directory))
        {
            Exchange(directory, directory, "aeron:ipc");
            driver.Signal("KILL");
            Assert.That(driver.WaitForEnd(), Is.Not.Zero);
        }

        using (var early = DriverProcess.Start(new Dictionary<string, string> { ["AERON_DRIVER_TIMEOUT"] = "3600000" }, "--dir", directory))
        {
            Assert.That(early.WaitForEnd(), Is.EqualTo(3));
        }

        using var next = DriverProcess.StartReady(directory, "--driver-timeout", "0", "--delete-on-start");
        Exchange(directory, directory, "aeron:ipc");
    }

    [Test]
    public void A_directory_in_which_a_driver_lives_is_refused_and_its_driver_goes_on()
    {
        string directory = Path.Combine(_root, "one");
        using var driver = DriverProcess.StartReady(directory);
        using (var other = DriverProcess.Start(new Dictionary<string, string> { ["AERON_DIR"] = directory, ["AERON_DIR_DELETE_ON_START"] = "1" }))
        {
            Assert.That(other.WaitForEnd(), Is.EqualTo(3));
            Assert.That(other.Errors, Does.StartWith("error: ").And.Contains(directory).And.EndsWith("\n"));
            Assert.That(other.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(1));
            Assert.That(other.Output, Is.Empty);
        }

        Exchange(directory, directory, "aeron:ipc");
    }

    /// <summary>Messages of all lengths up to several fragments, each of which has to come once, in order, as it was sent.</summary>
    private static void Exchange(string publisherDirectory, string subscriberDirectory, string channel)
    {
        using AeronClient publisher = Connect(publisherDirectory);
        using AeronClient subscriber = Connect(subscriberDirectory);
        using Subscription subscription = subscriber.AddSubscription(channel, 1001);
        using Publication publication = publisher.AddPublication(channel, 1001);
        byte[] message = new byte[4096];
        int sent = 0;
        int taken = 0;
        var assembler = new FragmentAssembler((ReadOnlySpan<byte> buffer, in Header _) =>
        {
            Assert.That(buffer.SequenceEqual(Message(message, taken)), Is.True, $"message {taken}");
            taken++;
        });
        byte[] outgoing = new byte[4096];
        bool isDone = SpinWait.SpinUntil(
            () =>
            {
                while (sent < Messages && publication.Offer(Message(outgoing, sent)) >= 0)
                    sent++;
                subscription.Poll(assembler.OnFragment, 64);
                return taken == Messages;
            },
            Limit);
        Assert.That(isDone, Is.True, $"{channel}: {sent} sent, {taken} taken, of {Messages}");
    }

    private static ReadOnlySpan<byte> Message(byte[] buffer, int number)
    {
        Span<byte> message = buffer.AsSpan(0, 4 + (number * 37 % (buffer.Length - 4)));
        message.Fill((byte)number);
        BinaryPrimitives.WriteInt32LittleEndian(message, number);
        return message;
    }

    private static AeronClient Connect(string directory) => AeronClient.Connect(new AeronContext { AeronDirectoryName = directory });

    private static string Look(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        Assert.That(AeronCommands.Root(output, errors).Parse(arguments).Invoke(), Is.Zero, errors.ToString());
        return output.ToString();
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
