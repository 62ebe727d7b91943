namespace OrderPlatform.Host.Configuration.Deployments;

/// <summary>
/// Reads a deployment file: which strategy files run together, where their inputs come from, which gateways are processes of their own, and who may publish.
/// Every key is checked; an unknown one is an error. Paths in it are relative to the file's own folder.
/// </summary>
public static class DeploymentFile
{
    private const string Key = "deployment";

    private static readonly string[] Kinds = ["signals", "market_data", "commands"];

    /// <summary>Whether a file is a deployment and not a strategy.</summary>
    /// <exception cref="ConfigurationException">It is missing or is no YAML.</exception>
    public static bool IsOne(string file) => YamlSection.Load(file).Has(Key);

    /// <summary>Reads a file.</summary>
    /// <returns>The deployment and its strategy files.</returns>
    /// <exception cref="ConfigurationException">It is missing or wrong; the text names file, line and what is allowed.</exception>
    public static (Deployment Deployment, IReadOnlyList<string> Strategies) Load(string file)
    {
        YamlSection root = YamlSection.Load(file);
        string name = root.RequiredText(Key);
        if (name.Length is 0 or > 32 || !char.IsAsciiLetterOrDigit(name[0]) || name.Any(static c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.')))
        {
            throw root.Wrong(Key, $"is '{name}'; allowed are at most 32 letters, digits, '_', '-' and '.', beginning with a letter or digit");
        }

        bool isLive = root.Choice("inputs", false, ("data", false), ("door", true));
        IReadOnlyList<string> strategies = [.. root.Texts("strategies").Select(path => StrategyFile.PathOf(file, path)!)];
        if (strategies.Count == 0 || (!isLive && strategies.Count > 1))
        {
            throw root.Wrong("strategies", isLive ? "must name at least one strategy file" : "must name one strategy file, whose data are the inputs; several need inputs: door");
        }

        YamlSection aeron = root.Section("aeron");
        string? directory = aeron.Text("directory");
        aeron.End();
        IReadOnlyList<GatewayPlace> gateways = [.. root.Sections("gateways").Select(ReadGateway)];
        DoorPlace? door = root.Has("door") || isLive ? ReadDoor(root.Section("door"), root) : null;
        var deployment = new Deployment(name, isLive, directory, gateways, door)
        {
            ConnectTimeout = TimeSpan.FromSeconds(root.Integer("connect_timeout_s", 30, 1, 3_600)),
        };
        RequireDistinct(root, deployment);
        root.End();
        return (deployment, strategies);
    }

    private static GatewayPlace ReadGateway(YamlSection section)
    {
        var place = new GatewayPlace(
            section.RequiredText("venue"),
            section.RequiredText("orders"),
            section.RequiredText("reports"),
            TimeSpan.FromMilliseconds(section.Integer("silent_after_ms", 3_000, 50, 3_600_000)),
            TimeSpan.FromMilliseconds(section.Integer("heartbeat_ms", 100, 1, 60_000)));
        if (place.Heartbeat * 2 > place.SilentAfter)
        {
            throw section.Wrong("heartbeat_ms", $"is {place.Heartbeat.TotalMilliseconds:0}; it must be at most half of silent_after_ms, which is {place.SilentAfter.TotalMilliseconds:0}");
        }

        section.End();
        return place;
    }

    private static DoorPlace ReadDoor(YamlSection section, YamlSection root)
    {
        var door = new DoorPlace(
            section.Text("channel", "aeron:ipc"), (uint)section.Integer("window", 1_024, 1, 4_096), [.. root.Sections("publishers").Select(ReadPublisher)]);
        section.End();
        return door;
    }

    private static PublisherPlace ReadPublisher(YamlSection section)
    {
        IReadOnlyList<string> kinds = section.Texts("kinds");
        foreach (string kind in kinds)
        {
            if (!Kinds.Contains(kind))
            {
                throw section.Wrong("kinds", $"has '{kind}'; allowed are {string.Join(", ", Kinds)}");
            }
        }

        uint id = (uint)section.RequiredInteger("id", 1, 65_535);
        long rate = section.Integer("messages_per_second", 100_000, 1, 100_000_000);
        var place = new PublisherPlace(
            id, section.Name("name", $"publisher {id}"), section.Texts("clients"), kinds.Count == 0 ? Kinds : kinds, section.Texts("sources"),
            section.Text("key"), rate, (int)section.Integer("burst", Math.Min(rate, 10_000), 1, 1_000_000));
        section.End();
        return place;
    }

    private static void RequireDistinct(YamlSection root, Deployment deployment)
    {
        if (deployment.Gateways.GroupBy(static one => one.Venue).FirstOrDefault(static group => group.Count() > 1) is { } venue)
        {
            throw root.Wrong("gateways", $"has venue {venue.Key} more than once");
        }

        if (deployment.Door?.Publishers.GroupBy(static one => one.Id).FirstOrDefault(static group => group.Count() > 1) is { } publisher)
        {
            throw root.Wrong("publishers", $"has id {publisher.Key} more than once");
        }
    }
}
