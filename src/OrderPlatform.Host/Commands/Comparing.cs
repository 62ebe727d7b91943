using OrderPlatform.Engine;
using OrderPlatform.Host.Configuration;
using OrderPlatform.Host.Output;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Host.Commands;

/// <summary><c>replay --against</c>: what another build made of the same journal, or what another journal has (N7).</summary>
internal static class Comparing
{
    /// <summary>Opens a digest file, or a journal's folder.</summary>
    /// <exception cref="ConfigurationException">There is neither.</exception>
    public static ReplayComparison Open(string path) =>
        Directory.Exists(path) ? new JournalComparison(path, new JournalReaderOptions { SchemaId = MessagesSchema.SchemaId })
        : File.Exists(path) ? new DigestComparison(DigestFileReader.Open(path))
        : throw new ConfigurationException($"--against {path} does not exist: name a file that replay --write-digests made, or a journal's folder");

    /// <summary>Says on the error stream how a comparison ended.</summary>
    /// <returns>Whether both agree.</returns>
    public static bool Conclude(ReplayComparison comparison, BusinessLogicProcessor engine, ReplayArguments arguments)
    {
        if (comparison.Found is { } found)
        {
            Console.Error.WriteLine($"error: {arguments.Against}: {TextOf(found)}; inputs that agree: {comparison.Agreed}");
            Explain(comparison, engine, arguments);
            return false;
        }

        if (comparison.Note is { } note)
        {
            Console.Error.WriteLine($"note: {note}");
        }

        if (comparison is JournalComparison { Torn: { } torn })
        {
            Console.Error.WriteLine($"warning: {torn.File}: torn tail at offset {torn.Offset}, after sequence {torn.LastSequence}: see op-admin journal verify");
        }

        string checkpoints = comparison is JournalComparison { CheckpointsVerified: > 0 and var count } ? $", and {count} of its checkpoints" : "";
        Console.Error.WriteLine($"verified: {comparison.Agreed} inputs agree with {arguments.Against}{checkpoints}");
        return true;
    }

    private static string TextOf(Divergence found) =>
        found.First < found.Last ? $"the first input that parts is one of {found.First} to {found.Last}: {found.What}"
        : found.First > found.Last ? $"the states part before the first input: {found.What}: the builds do not digest the same"
        : $"input {found.First} is the first that parts: {(found.Input.Length == 0 ? "" : found.Input + ": ")}{found.What}";

    private static void Explain(ReplayComparison comparison, BusinessLogicProcessor engine, ReplayArguments arguments)
    {
        Divergence found = comparison.Found!;
        if (found.First == found.Last && found.Last == engine.State.Sequence && engine.Outputs.Count > 0)
        {
            Console.Error.WriteLine("the outputs of that input here:");
            new OutputPrinter(Console.Error).Print(engine);
        }

        if (comparison is DigestComparison { States: { } states } && states.First < states.Last)
        {
            string range = $"replay {arguments.Journal} --from {states.First} --to {states.Last}";
            Console.Error.WriteLine(
                $"to find where the states part: `{range} --state-every 1 --write-digests <file>` with the other build, "
                + $"then `{range} --against <file>` with this one");
        }
    }
}
