using System.CommandLine;
using OrderPlatform.Host.Output;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Host.Commands;

/// <summary><c>why-not &lt;journal&gt;</c>: replays a journal and says of each signal that became no order what stopped it, with the numbers (R129).</summary>
internal static class WhyNotCommand
{
    public static Command Create()
    {
        Argument<string> journal = CommandLine.File("journal", "Folder of a journal.");
        var signal = new Option<ulong?>("--signal") { Description = "Only the signal with this id, also if it passed." };
        var all = new Option<bool>("--all") { Description = "Signals that passed, too." };
        var command = new Command("why-not", "Say which filter or check stopped each signal of a journal, with the numbers.") { journal, signal, all };
        command.SetAction(parsed => Failures.Guard(() => Execute(parsed.GetRequiredValue(journal), parsed.GetValue(signal), parsed.GetValue(all))));
        return command;
    }

    private static int Execute(string path, ulong? signal, bool hasAll)
    {
        using var stop = new StopSignal();
        using JournalReader reader = JournalReader.Open(path, new JournalReaderOptions { SchemaId = MessagesSchema.SchemaId });
        var decisions = new DecisionPrinter(Console.Out, signal, hasAll);
        var runner = new ReplayRunner(reader, null) { Observers = [decisions] };
        runner.Run(null, stop.Token);
        decisions.WriteSummary();
        return ReplayCommand.Conclude(runner, reader.Torn, stop.Token);
    }
}
