using OrderPlatform.Gateways.Tests.Links;
using OrderPlatform.Host.Configuration;

namespace OrderPlatform.GatewayTool.Tests;

/// <summary>What a gateway does by its files: the same files as the engine's.</summary>
[TestFixture]
internal sealed class GatewayPlanTests
{
    private const string Orders = "aeron:udp?endpoint=127.0.0.1:20201";
    private const string Reports = "aeron:udp?endpoint=127.0.0.1:20202";

    [Test]
    public void A_strategy_file_says_the_venue_and_the_command_line_the_channels()
    {
        GatewayPlan plan = GatewayPlan.Read(new GatewayArguments(GatewayProgram.Strategy, "j") { Orders = Orders, Reports = Reports });
        Assert.That((plan.VenueId, plan.Exchange, plan.AeronDirectory), Is.EqualTo(((ushort)1, "binance", (string?)null)));
        Assert.That((plan.Orders, plan.Reports), Is.EqualTo((Orders, Reports)));
        Assert.That(plan.Venue.Instruments.Single().InstrumentId, Is.EqualTo(1));
    }

    [Test]
    public void A_deployment_file_says_all_and_the_command_line_may_say_otherwise()
    {
        using var folder = new Folder();
        string file = Deployment(folder, "aeron: {directory: /dev/shm/one}", "binance");
        GatewayPlan plan = GatewayPlan.Read(new GatewayArguments(file, "j"));
        Assert.That((plan.VenueId, plan.Orders, plan.Reports, plan.AeronDirectory), Is.EqualTo(((ushort)1, "aeron:ipc", "aeron:ipc", "/dev/shm/one")));
        plan = GatewayPlan.Read(new GatewayArguments(file, "j") { Orders = Orders, Reports = Reports, AeronDirectory = "/dev/shm/two" });
        Assert.That((plan.Orders, plan.Reports, plan.AeronDirectory), Is.EqualTo((Orders, Reports, "/dev/shm/two")));
    }

    [Test]
    public void Shared_memory_needs_a_driver_that_both_use()
    {
        using var folder = new Folder();
        AssertRefused(new GatewayArguments(Deployment(folder, "", "binance"), "j"), "aeron:ipc reaches only processes of one driver");
    }

    [Test]
    public void Which_of_several_gateways_has_to_be_said_and_has_to_be_there()
    {
        using var folder = new Folder();
        string file = Deployment(folder, "aeron: {directory: /dev/shm/one}", "binance", "kraken");
        AssertRefused(new GatewayArguments(file, "j"), "there are several gateways: say which by --exchange; it has binance, kraken");
        AssertRefused(new GatewayArguments(file, "j") { Exchange = "bybit" }, "--exchange is 'bybit'; it has binance, kraken");
        AssertRefused(new GatewayArguments(file, "j") { Exchange = "kraken" }, "gateways has venue 'kraken', which no strategy file has");
        Assert.That(GatewayPlan.Read(new GatewayArguments(file, "j") { Exchange = "binance" }).Exchange, Is.EqualTo("binance"));
    }

    [Test]
    public void A_deployment_without_gateways_has_nothing_for_one_to_do()
    {
        using var folder = new Folder();
        AssertRefused(new GatewayArguments(Deployment(folder, ""), "j"), "it has no gateways: every venue is in the engine's process");
    }

    private static void AssertRefused(GatewayArguments arguments, string text) =>
        Assert.That(() => GatewayPlan.Read(arguments), Throws.TypeOf<ConfigurationException>().With.Message.Contains(text));

    private static string Deployment(Folder folder, string more, params string[] venues)
    {
        string file = Path.Combine(folder.Path, "deployment.yaml");
        IEnumerable<string> places = venues.Select(static name => $"  - {{venue: {name}, orders: 'aeron:ipc', reports: 'aeron:ipc'}}\n");
        string gateways = venues.Length == 0 ? "" : "gateways:\n" + string.Concat(places);
        File.WriteAllText(file, $"deployment: test\ninputs: data\nstrategies: [{GatewayProgram.Strategy}]\n{more}\n{gateways}");
        return file;
    }
}
