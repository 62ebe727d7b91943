using System.Xml.Linq;

namespace OrderPlatform.System.Tests;

/// <summary>Imports run downwards only (ARCHITECTURE): the project files are held to it.</summary>
[TestFixture]
internal sealed class LayeringTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["OrderPlatform.Aeron"] = [],
        ["OrderPlatform.Disruptor"] = [],
        ["OrderPlatform.HdrHistogram"] = [],
        ["OrderPlatform.Journal"] = [],
        ["OrderPlatform.Sbe"] = [],
        ["OrderPlatform.Messages"] = ["OrderPlatform.Sbe"],
        ["OrderPlatform.Engine"] = ["OrderPlatform.Messages"],
        ["OrderPlatform.Analytics"] = ["OrderPlatform.Engine", "OrderPlatform.HdrHistogram"],
        ["OrderPlatform.Simulation"] = ["OrderPlatform.Engine"],
        ["OrderPlatform.Strategies"] = ["OrderPlatform.Aeron", "OrderPlatform.Engine"],
        ["OrderPlatform.Gateways"] =
        [
            "OrderPlatform.Aeron", "OrderPlatform.Disruptor", "OrderPlatform.Engine", "OrderPlatform.Journal", "OrderPlatform.Simulation",
        ],
        ["OrderPlatform.Runtime"] =
        [
            "OrderPlatform.Aeron", "OrderPlatform.Analytics", "OrderPlatform.Disruptor", "OrderPlatform.Engine", "OrderPlatform.Gateways", "OrderPlatform.HdrHistogram",
            "OrderPlatform.Journal", "OrderPlatform.Simulation", "OrderPlatform.Strategies",
        ],
        ["OrderPlatform.Host"] = ["OrderPlatform.Runtime"],
    };

    private static IEnumerable<string> Projects() => Repository.Files(".csproj", "src");

    [TestCaseSource(nameof(Projects))]
    public void A_project_references_only_what_lies_below_it(string project)
    {
        string name = Path.GetFileNameWithoutExtension(project);
        Assert.That(Allowed, Does.ContainKey(name), "a new project needs its place in the layers");
        IEnumerable<string> references = XDocument.Parse(Repository.Read(project)).Descendants("ProjectReference")
            .Select(static reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
        Assert.That(references.Except(Allowed[name]), Is.Empty);
    }

    [TestCase("OrderPlatform.Aeron")]
    [TestCase("OrderPlatform.Disruptor")]
    [TestCase("OrderPlatform.HdrHistogram")]
    [TestCase("OrderPlatform.Journal")]
    [TestCase("OrderPlatform.Sbe")]
    public void The_ground_floor_references_no_package(string name) =>
        Assert.That(XDocument.Parse(Repository.Read($"src/{name}/{name}.csproj")).Descendants("PackageReference"), Is.Empty);

    [Test]
    public void Every_project_is_in_the_solution()
    {
        string solution = Repository.Read("OrderPlatform.sln").Replace('\\', '/');
        Assert.That(Repository.Files(".csproj", "src", "tools", "tests", "bench").Where(project => !solution.Contains(project, StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Versions_of_packages_live_in_one_place() =>
        Assert.That(Repository.Files(".csproj", "src", "tools", "tests", "bench").Where(static project => Repository.Read(project).Contains(" Version=\"", StringComparison.Ordinal)), Is.Empty);
}
