using System.CommandLine;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Host.Commands;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Admin.TimeTravel;

/// <summary><c>travel &lt;journal&gt; [&lt;place&gt;]</c>: a prompt to walk in a journal: <c>step</c>, <c>back</c>, <c>until</c>, <c>at</c>, <c>show</c>. Commands may come from a pipe.</summary>
internal static class TravelCommand
{
    public static Command Create()
    {
        Argument<string> journal = JournalArgument.Create();
        Argument<string> place = PlaceOption.Argument("place", "Where to begin; by default at the end.");
        place.Arity = ArgumentArity.ZeroOrOne;
        var command = new Command(
            "travel", "Walk in a journal by a prompt: step, back, until \"<predicate>\", at <place>, show <tables>; or by the lines of a pipe.") { journal, place };
        command.SetAction(parsed => Failures.Guard(() =>
        {
            using OpenPast past = OpenPast.Open(parsed.GetRequiredValue(journal));
            var session = new TravelSession(past, parsed.GetValue(Answer.JsonOption));
            ReplayPlace? begin = PlaceOption.Read(parsed.GetValue(place));
            return Run(session, begin);
        }));
        return command;
    }

    private static int Run(TravelSession session, ReplayPlace? begin)
    {
        session.Begin(begin);
        ILineSource lines = Console.IsInputRedirected ? new PipedLines(Console.In) : new PromptLines(TravelSession.Complete);
        int exitCode = ExitCodes.Done;
        while (!session.HasEnded && lines.TryRead(session.Prompt, out string line))
        {
            exitCode = session.Do(line);

            // Whoever pipes commands in wants to know of the first that went wrong; whoever types sees it.
            if (exitCode is not (ExitCodes.Done or ExitCodes.No) && Console.IsInputRedirected)
            {
                return exitCode;
            }
        }

        return exitCode == ExitCodes.No && Console.IsInputRedirected ? exitCode : ExitCodes.Done;
    }
}
