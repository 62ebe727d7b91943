using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Protocol;
using OrderPlatform.Aeron.Tests.Whole.Features;

namespace OrderPlatform.Aeron.Tests.Conducting;

/// <summary>Commands that cannot be carried out are answered with why, and change nothing.</summary>
[TestFixture]
internal sealed class CommandErrorTests
{
    private const long Unknown = 4711;
    private const string Udp = "aeron:udp?endpoint=127.0.0.1:20300";

    [Test]
    public void Ids_that_nobody_knows_are_told_by_their_kind()
    {
        using var driver = new DriverUnderCommand();
        DriverProxy client = driver.Client;
        driver.Subscription(client.AddSubscription("aeron:ipc", 1));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(driver.ErrorOf(client.RemovePublication(Unknown)).Code, Is.EqualTo(ErrorCode.UnknownPublication));
            Assert.That(driver.ErrorOf(client.RemoveSubscription(Unknown)).Code, Is.EqualTo(ErrorCode.UnknownSubscription));
            Assert.That(driver.ErrorOf(client.RemoveCounter(Unknown)).Code, Is.EqualTo(ErrorCode.UnknownCounter));
            Assert.That(driver.ErrorOf(client.AddDestination(Unknown, Udp)).Code, Is.EqualTo(ErrorCode.UnknownPublication));
            Assert.That(driver.ErrorOf(client.RemoveDestination(Unknown, Udp)).Code, Is.EqualTo(ErrorCode.UnknownPublication));
            Assert.That(driver.ErrorOf(client.RemoveDestinationById(Unknown, 1)).Code, Is.EqualTo(ErrorCode.UnknownPublication));
            Assert.That(driver.ErrorOf(client.AddReceiveDestination(Unknown, Udp)).Code, Is.EqualTo(ErrorCode.UnknownSubscription));
            Assert.That(driver.ErrorOf(client.RemoveReceiveDestination(Unknown, Udp)).Code, Is.EqualTo(ErrorCode.UnknownSubscription));
            Assert.That(driver.SystemCounter(SystemCounterId.Errors), Is.EqualTo(8));
        }
    }

    [Test]
    public void What_belongs_to_another_client_cannot_be_removed()
    {
        using var driver = new DriverUnderCommand();
        DriverProxy other = driver.NewClient();
        long publication = driver.Client.AddPublication("aeron:ipc", 1);
        long counter = driver.Client.AddCounter(1001, "key"u8, "label");
        driver.Subscription(other.AddSubscription("aeron:ipc", 2));
        Assert.That(driver.ErrorOf(other.RemovePublication(publication)).Code, Is.EqualTo(ErrorCode.UnknownPublication));
        Assert.That(driver.ErrorOf(other.RemoveCounter(counter)).Code, Is.EqualTo(ErrorCode.UnknownCounter));
        driver.Succeeded(driver.Client.RemovePublication(publication));
        driver.Succeeded(driver.Client.RemoveCounter(counter));
    }

    [TestCase("nonsense", "aeron:")]
    [TestCase("aeron:tcp?endpoint=127.0.0.1:1", "media")]
    [TestCase("aeron:udp", "names nothing")]
    [TestCase("aeron:udp?endpoint=127.0.0.1", "no port")]
    [TestCase("aeron:udp?endpoint=127.0.0.1:20300|mtu=100", "mtu")]
    [TestCase("aeron:udp?endpoint=127.0.0.1:20300|term-length=65k", "term-length")]
    [TestCase("aeron:udp?endpoint=127.0.0.1:20300|init-term-id=1", "term-offset")]
    [TestCase("aeron:udp?endpoint=224.20.30.40:20300", "even")]
    [TestCase("aeron:udp?control-mode=dynamic|endpoint=127.0.0.1:20300", "control")]
    [TestCase("aeron:udp?endpoint=127.0.0.1:20300|fc=other|control=127.0.0.1:20301|control-mode=dynamic", "fc")]
    [TestCase("aeron:udp?endpoint=127.0.0.1:20300|channel-snd-ts-offset=x", "channel-snd-ts-offset")]
    [TestCase("aeron:udp?endpoint=127.0.0.1:0", "'endpoint' has port=0")]
    [TestCase("aeron:udp?control=127.0.0.1:0|control-mode=dynamic", "'control' has port=0")]
    public void A_publication_of_a_wrong_channel_is_refused_and_leaves_nothing(string channel, string text)
    {
        using var driver = new DriverUnderCommand();
        (ErrorCode code, string message) = driver.ErrorOf(driver.Client.AddPublication(channel, 1));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(ErrorCode.InvalidChannel), message);
            Assert.That(message, Does.Contain(text));
            Assert.That(Leftovers.Of(driver.Directory, driver.Network), Is.Empty);
        }
    }

    [TestCase("aeron:udp?endpoint=no.such.host.invalid:20300", ErrorCode.UnknownHost)]
    [TestCase("aeron:udp?endpoint=127.0.0.1:20300|rcv-wnd=1g", ErrorCode.InvalidChannel)]
    [TestCase("aeron:udp?endpoint=127.0.0.1:20300|cc=other", ErrorCode.InvalidChannel)]
    [TestCase("aeron:udp?endpoint=127.0.0.1:20300|control=127.0.0.1:0|control-mode=dynamic", ErrorCode.InvalidChannel)]
    [TestCase("aeron:udp?endpoint=127.0.0.1:20300|reliable=perhaps", ErrorCode.InvalidChannel)]
    [TestCase("aeron:udp?endpoint=127.0.0.1:20300|channel-rcv-ts-offset=-7", ErrorCode.InvalidChannel)]
    [TestCase("aeron:udp?endpoint=127.0.0.1:20300|untethered-resting-timeout=1ns", ErrorCode.InvalidChannel)]
    public void A_subscription_of_a_wrong_channel_is_refused_and_leaves_nothing(string channel, ErrorCode expected)
    {
        using var driver = new DriverUnderCommand();
        (ErrorCode code, string message) = driver.ErrorOf(driver.Client.AddSubscription(channel, 1));
        Assert.That(code, Is.EqualTo(expected), message);
        Assert.That(Leftovers.Of(driver.Directory, driver.Network), Is.Empty);
    }

    [TestCase("aeron:udp?control-mode=response|control=127.0.0.1:20302", "no response-correlation-id set")]
    [TestCase("aeron:ipc?control-mode=response", "no response-correlation-id set")]
    [TestCase("aeron:udp?control-mode=response|control=127.0.0.1:20302|response-correlation-id=4711", "image.correlationId=4711 not found")]
    [TestCase("aeron:ipc?control-mode=response|response-correlation-id=4711", "image.correlationId=4711 not found")]
    [TestCase("aeron:udp?endpoint=127.0.0.1:20300|response-correlation-id=4711", "unable to find response subscription")]
    [TestCase("aeron:ipc?response-correlation-id=4711", "unable to find response subscription")]
    public void Answers_without_a_question_and_questions_without_somebody_who_waits_are_refused(string channel, string text)
    {
        using var driver = new DriverUnderCommand();
        (ErrorCode code, string message) = driver.ErrorOf(driver.Client.AddPublication(channel, 1));
        Assert.That(code, Is.EqualTo(ErrorCode.GenericError));
        Assert.That(message, Does.Contain(text));
        Assert.That(Leftovers.Of(driver.Directory, driver.Network), Is.Empty);
    }

    [Test]
    public void Who_did_not_ask_is_not_answered()
    {
        using var driver = new DriverUnderCommand();
        driver.Subscription(driver.Client.AddSubscription(Udp, 1));
        driver.Publication(driver.Client.AddPublication(Udp, 1));
        driver.StepFor(TimeSpan.FromSeconds(1), driver.Client);
        long image = driver.Events.OfType<AvailableImage>().Single().ImageCorrelationId;
        long answers = driver.Client.AddPublication($"aeron:udp?control-mode=response|control=127.0.0.1:20302|response-correlation-id={image}", 2);
        Assert.That(driver.ErrorOf(answers).Message, Does.Contain("did not request a response channel"));
    }

    [Test]
    public void An_address_that_is_in_use_is_told_to_the_client()
    {
        using var driver = new DriverUnderCommand();
        using IUdpTransport socket = driver.Network.Open(new UdpTransportParameters { BindAddress = new UdpAddress(0x7F000001, 20300, false, 0) });
        (ErrorCode code, string message) = driver.ErrorOf(driver.Client.AddSubscription(Udp, 1));
        Assert.That(code, Is.EqualTo(ErrorCode.GenericError));
        Assert.That(message, Does.Contain("cannot be opened").And.Contains("AddressAlreadyInUse").And.Contains(Udp));
        (code, _) = driver.ErrorOf(driver.Client.AddPublication("aeron:udp?control=127.0.0.1:20300|control-mode=dynamic", 1));
        Assert.That(code, Is.EqualTo(ErrorCode.GenericError));
        socket.Dispose();
        Assert.That(Leftovers.Of(driver.Directory, driver.Network), Is.Empty);
        driver.Subscription(driver.Client.AddSubscription(Udp, 1));
    }

    [Test]
    public void While_a_socket_is_being_closed_its_address_is_worth_another_try()
    {
        using var driver = new DriverUnderCommand();
        long first = driver.Client.AddSubscription(Udp, 1);
        driver.Subscription(first);
        // Both commands are carried out before the receiver closes the socket.
        driver.Client.RemoveSubscription(first);
        Assert.That(driver.ErrorOf(driver.Client.AddSubscription(Udp, 1)).Code, Is.EqualTo(ErrorCode.ResourceTemporarilyUnavailable));
        driver.Subscription(driver.Client.AddSubscription(Udp, 1));
    }

    [Test]
    public void A_client_may_end_the_driver_only_with_the_right_token()
    {
        int ended = 0;
        using var driver = new DriverUnderCommand(context => context with
        {
            TerminationValidator = static token => token.AsSpan().SequenceEqual("secret"u8),
            TerminationHook = () => ended++,
        });
        Assert.That(driver.ErrorOf(driver.Client.TerminateDriver("wrong"u8)).Code, Is.EqualTo(ErrorCode.NotSupported));
        Assert.That(ended, Is.Zero);
        driver.Client.TerminateDriver("secret"u8);
        driver.Settle();
        Assert.That(ended, Is.EqualTo(1));
    }

    [Test]
    public void Without_a_validator_nobody_may_end_the_driver()
    {
        int ended = 0;
        using var driver = new DriverUnderCommand(context => context with { TerminationHook = () => ended++ });
        Assert.That(driver.ErrorOf(driver.Client.TerminateDriver([])).Message, Does.Contain("token"));
        Assert.That(ended, Is.Zero);
    }
}
