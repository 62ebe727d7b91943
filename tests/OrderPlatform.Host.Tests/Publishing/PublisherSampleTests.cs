using System.Diagnostics;
using OrderPlatform.Messages;
using PublisherSamples;

namespace OrderPlatform.Host.Tests.Publishing;

/// <summary>The examples of docs/publishers.md run against a door on a real socket.</summary>
[TestFixture]
internal sealed class PublisherSampleTests
{
    private const int Count = 300;

    private static readonly byte[] Key = [.. Enumerable.Range(7, 32).Select(static value => (byte)value)];

    [Test]
    public void The_example_in_CSharp_publishes()
    {
        using var folder = new WorkFolder();
        using var door = new LiveDoor(folder, LiveDoor.Rule(7));
        var output = new StringWriter { NewLine = "\n" };
        SignalExample.Run(door.Channel, 7, Count, output);
        Assert.That(output.ToString(), Is.EqualTo(string.Concat(Enumerable.Range(1, Count).Select(static n => $"{n} Accepted reason None sequence {n} \n"))));
        CheckSignals(door.Inputs());
    }

    [TestCase(false)]
    [TestCase(true)]
    public void The_example_in_Python_publishes(bool hasKey)
    {
        RequirePython();
        using var folder = new WorkFolder();
        using var door = new LiveDoor(folder, LiveDoor.Rule(7) with { Key = hasKey ? Key : null });
        HostResult result = Python(folder, door.Channel, "--count", $"{Count}", hasKey ? "--key-env" : "--client", hasKey ? "PUBLISHER_KEY" : "1");
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Output, Is.EqualTo(string.Concat(Enumerable.Range(1, Count).Select(static n => $"{n} Accepted reason 0 sequence {n}\n"))));
        CheckSignals(door.Inputs());

        // A second process goes on behind the first one's numbers.
        HostResult again = Python(folder, door.Channel, "--count", "2", hasKey ? "--key-env" : "--client", hasKey ? "PUBLISHER_KEY" : "1");
        Assert.That(again.Output, Is.EqualTo($"{Count + 1} Accepted reason 0 sequence {Count + 1}\n{Count + 2} Accepted reason 0 sequence {Count + 2}\n"), again.Error);
    }

    [Test]
    public void The_example_in_Python_tells_why_it_is_refused()
    {
        RequirePython();
        using var folder = new WorkFolder();
        using var door = new LiveDoor(folder, LiveDoor.Rule(7));
        HostResult result = Python(folder, door.Channel, "--count", "1", "--client", "2");
        Assert.That(result.Output, Is.EqualTo($"1 Refused reason {(int)DoorReason.ClientNotAllowed} sequence 0 the publisher may not speak for client 2\n"), result.Error);
    }

    [Test]
    public void The_document_shows_the_example_that_runs() =>
        Assert.That(File.ReadAllText(Path.Combine(Root(), "docs", "publishers.md")), Does.Contain(File.ReadAllText(Path.Combine(Root(), "samples", "publishers", "SignalExample.cs")).Trim()));

    private static void CheckSignals(List<byte[]> inputs)
    {
        Assert.That(inputs, Has.Count.EqualTo(Count));
        for (int index = 0; index < Count; index++)
        {
            var signal = SignalDecoder.WrapForDecodeAndApplyHeader(inputs[index]);
            Assert.That(
                (signal.ClientId, signal.StrategyId, signal.InstrumentId, signal.SignalId, signal.Direction, signal.Price, signal.ValidUntilNanos),
                Is.EqualTo((1u, 1u, 1u, (ulong)index + 1, index % 2 == 0 ? Direction.Long : Direction.Short, SignalDecoder.PriceNullValue, SignalDecoder.ValidUntilNanosNullValue)));
        }
    }

    private static HostResult Python(WorkFolder folder, string channel, params string[] arguments)
    {
        string script = Path.Combine(Root(), "samples", "publishers", "publisher.py");
        using HostProcess process = HostProcess.StartAs(
            folder, "python3", [script, "--engine", channel["aeron:udp?endpoint=".Length..], "--publisher", "7", .. arguments],
            new Dictionary<string, string> { ["PUBLISHER_KEY"] = Convert.ToHexString(Key) });
        return process.WaitForEnd();
    }

    private static void RequirePython()
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("python3", "--version") { RedirectStandardOutput = true })!;
            process.WaitForExit();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            const string Remedy = "python3 is not there: install it (Debian and Ubuntu: apt-get install python3) to run the Python example of docs/publishers.md";
            if (Environment.GetEnvironmentVariable("CI") == "true")
            {
                Assert.Fail(Remedy);
            }

            Assert.Ignore(Remedy);
        }
    }

    private static string Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OrderPlatform.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("OrderPlatform.sln was not found above the tests");
    }
}
