using System.Diagnostics;
using System.Text.RegularExpressions;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Host.Configuration;
using OrderPlatform.Messages;

namespace OrderPlatform.Host.Tests.Crashes;

/// <summary>
/// One journal's life: the live process is killed at random moments, during its start too, and started again, until enough; then it ends by itself, and
/// everything that was seen on the way is held against the journal, the venue's own log and, in lockstep, a run that nobody killed.
/// </summary>
internal sealed partial class CrashLife(CrashScenario scenario, Random random, string label) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WorkFolder _folder = new();
    private readonly int _port = scenario.HasGateway ? Publishing.LiveDoor.FreePort() : 0;
    private readonly string[] _data = scenario.Month is { } month ? ["--data", ReferenceFolder.PathOf("market", $"{month}.csv.gz")] : [];
    private HostProcess? _gateway;
    private readonly List<(long Sequence, uint Checksum)> _seen = [];
    private readonly List<(long Sequence, string Digest)> _recovered = [];

    /// <summary>Processes that were killed while they ran.</summary>
    public int Kills { get; private set; }

    /// <summary>Orders that were sent again after a restart.</summary>
    public int SentAgain { get; private set; }

    /// <summary>Fills that there were to lose.</summary>
    public int Fills { get; private set; }

    /// <summary>Runs it.</summary>
    /// <param name="kills">How many kills at most; less if the data end before.</param>
    public void Run(int kills)
    {
        try
        {
            LiveAndDie(kills);
        }
        catch
        {
            // The moment of a kill does not come again: what it left is all there is.
            _folder.Keep();
            TestContext.Out.WriteLine($"{label}: kept {_folder.FullPath}");
            throw;
        }
    }

    /// <summary>Gateways among them.</summary>
    public int GatewayKills { get; private set; }

    public void Dispose()
    {
        _gateway?.Dispose();
        _folder.Dispose();
    }

    private void LiveAndDie(int kills)
    {
        _folder.Write("s.yaml", scenario.Strategy.ToString());
        StartGateway();
        bool hasEnded = false;
        while (!hasEnded && Kills < kills)
        {
            hasEnded = !StartAndKill();
        }

        HostResult last = HostProcess.Run(_folder, Arguments("j"));
        Assert.That(last.ExitCode, Is.Zero, $"{label}: {last.Error}");
        NoteRecovery(last.Error);
        Verify(last);
    }

    // The channels are those of one life: what an engine of another life sends must not reach its gateway.
    private void StartGateway()
    {
        if (!scenario.HasGateway)
        {
            return;
        }

        string orders = $"aeron:udp?endpoint=127.0.0.1:{_port}";
        string reports = $"aeron:udp?endpoint=127.0.0.2:{_port}";
        _folder.Write("d.yaml", $$"""
            deployment: linked
            strategies: [s.yaml]
            gateways: [{venue: simulated, orders: "{{orders}}", reports: "{{reports}}"}]
            """);
        string program = Path.Combine(AppContext.BaseDirectory, "op-gateway.dll");
        _gateway = HostProcess.StartAs(
            _folder, "dotnet", [program, "--venue", "simulated", "d.yaml", "--journal", "gw"], new Dictionary<string, string>());
    }

    private void KillGateway()
    {
        _gateway!.Kill();
        HostResult ended = _gateway.WaitForEnd();
        Assert.That(ended.Error, Does.Not.Contain("error:"), $"{label}: the gateway, after {Kills} kills");
        _gateway.Dispose();
        Kills++;
        GatewayKills++;
        StartGateway();
    }

    private string[] Arguments(string journal) => ["run", scenario.HasGateway && journal == "j" ? "d.yaml" : "s.yaml", "--journal", journal, "--out", "o" + journal, .. _data, .. scenario.Arguments];

    private bool StartAndKill()
    {
        using HostProcess host = HostProcess.Start(_folder, Arguments("j"));
        using var watch = new JournalWatch(_folder.PathOf("j"));
        if (random.Next(4) == 0)
        {
            // Somewhere in the start: the runtime, recovery, reconciliation.
            Watch(host, watch, TimeSpan.FromMilliseconds(random.Next(50, 600)), static _ => false);
        }
        else
        {
            watch.Look();
            long goal = watch.Sequence + random.Next(1, random.Next(2) == 0 ? 40 : 2_500);
            bool atSignal = random.Next(2) == 0;
            bool isThere = Watch(host, watch, Patience, seen => (atSignal ? seen.SignalSequence : seen.Sequence) >= goal);
            Assert.That(host.HasEnded || isThere, $"{label}, after {Kills} kills: it stands still at {watch.Sequence}");
        }

        if (host.HasEnded)
        {
            HostResult ended = host.WaitForEnd();
            Assert.That(ended.ExitCode, Is.Zero, $"{label}, after {Kills} kills: {ended.Error}");
            NoteRecovery(ended.Error);
            return false;
        }

        if (scenario.HasGateway && random.Next(2) == 0)
        {
            // The engine goes on, and dies later or with it.
            KillGateway();
            watch.Look();
            long further = watch.Sequence + random.Next(0, 300);
            Watch(host, watch, Patience, seen => seen.Sequence >= further);
            if (host.HasEnded)
            {
                HostResult ended = host.WaitForEnd();
                Assert.That(ended.ExitCode, Is.Zero, $"{label}, after {Kills} kills: {ended.Error}");
                NoteRecovery(ended.Error);
                return false;
            }
        }

        host.Kill();
        Kills++;
        NoteRecovery(host.WaitForEnd().Error);
        _seen.Add((watch.Sequence, watch.Checksum));
        return true;
    }

    private static bool Watch(HostProcess host, JournalWatch watch, TimeSpan time, Func<JournalWatch, bool> isThere)
    {
        long start = Stopwatch.GetTimestamp();
        while (!isThere(watch))
        {
            if (host.HasEnded || Stopwatch.GetElapsedTime(start) >= time)
            {
                return false;
            }

            Thread.Yield();
            watch.Look();
        }

        return true;
    }

    private void NoteRecovery(string error)
    {
        foreach (string line in error.Split('\n').Where(static line => line.StartsWith("error:", StringComparison.Ordinal)))
        {
            Assert.Fail($"{label}, after {Kills} kills: {line}");
        }

        if (Continued().Match(error) is { Success: true } match)
        {
            _recovered.Add((long.Parse(match.Groups[1].Value), match.Groups[2].Value));
        }
    }

    private void Verify(HostResult last)
    {
        EngineTruth engine = EngineTruth.Of(_folder.PathOf("j"), _seen.Select(one => one.Sequence).Concat(_recovered.Select(one => one.Sequence)).ToHashSet());
        VenueTruth venue = VenueTruth.Of(_folder.PathOf(scenario.HasGateway ? "gw/venue" : "j/venue"), StrategyFile.Load(_folder.PathOf("s.yaml")).Venue);
        Assert.That(engine.Engine.DigestText(), Is.EqualTo(last.Digest), $"{label}: the run's digest and the replay's from zero");
        foreach ((long sequence, uint checksum) in _seen)
        {
            Assert.That(checksum, Is.EqualTo(engine.After(sequence).Checksum), $"{label}: inputs up to {sequence} were seen and are not in the journal");
        }

        foreach ((long sequence, string digest) in _recovered)
        {
            Assert.That(digest, Is.EqualTo(engine.After(sequence).Digest), $"{label}: recovered at {sequence} and replayed from zero");
        }

        VerifyVenue(engine, venue);
        SentAgain = engine.Counts.SentAgain;
        if (scenario.IsLockstep)
        {
            VerifyAgainstCalmRun(engine);
        }
    }

    private void VerifyVenue(EngineTruth engine, VenueTruth venue)
    {
        Assert.That(engine.Critical.Where(alert => !IsDue(alert)), Is.Empty, label);
        var sent = new HashSet<ulong>();
        foreach (byte[] order in venue.Orders)
        {
            ulong id = NewOrderDecoder.WrapForDecodeAndApplyHeader(order).ClientOrderId;
            Assert.That(sent.Add(id), $"{label}: order {id} was sent twice");
            Assert.That(engine.Orders.TryGetValue(id, out byte[]? decided) && decided.AsSpan().SequenceEqual(order), $"{label}: order {id} was sent without its cause in the journal");
        }

        Assert.That(engine.Orders.Keys.Except(sent), Is.EquivalentTo(engine.NeverSent), $"{label}: what was decided was sent, or ended with the reason");
        Fills = venue.Fills.Count;
        Assert.That(engine.Fills.OrderBy(fill => fill.Trade), Is.EqualTo(venue.Fills.OrderBy(fill => fill.Trade)), $"{label}: fills, each once");
    }

    // A venue whose gateway is killed is down. Where hours of the data pass while it starts again, an order is asked for so often that its outcome counts as unknown.
    private bool IsDue(string alert) => (scenario.HasGateway && alert.Contains("VenueDown", StringComparison.Ordinal))
        || (scenario.HasGateway && scenario.IsFasterThanLife && alert.Contains("OutcomeUnknown", StringComparison.Ordinal));

    private void VerifyAgainstCalmRun(EngineTruth engine)
    {
        HostResult calm = HostProcess.Run(_folder, Arguments("calm"));
        Assert.That(calm.ExitCode, Is.Zero, calm.Error);
        EngineTruth other = EngineTruth.Of(_folder.PathOf("calm"), new HashSet<long>());
        Assert.That(Money(engine), Is.EqualTo(Money(other)), $"{label}: positions and money of the run that nobody killed");
        Assert.That(engine.Fills.Select(static fill => fill with { Order = 0 }), Is.EqualTo(other.Fills.Select(static fill => fill with { Order = 0 })), $"{label}: fills of it");
    }

    private static (long Quantity, long Cost, long Realised, long Fees, long Cash, int Open) Money(EngineTruth truth)
    {
        Position position = truth.Engine.State.Positions[0];
        Account account = truth.Engine.State.Accounts[0];
        return (position.Quantity.Raw, position.Cost.Raw, position.Realised.Raw, position.Fees.Raw, account.Cash.Raw, truth.Engine.State.Orders.OpenCount);
    }

    [GeneratedRegex("^continues .* at sequence ([0-9]+) with digest ([0-9a-f]{32}):", RegexOptions.Multiline)]
    private static partial Regex Continued();
}
