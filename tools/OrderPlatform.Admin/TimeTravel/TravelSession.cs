using System.Globalization;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Admin.Views;
using OrderPlatform.Host.Commands;
using OrderPlatform.Runtime.Past;
using OrderPlatform.Runtime.Past.Predicates;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Admin.TimeTravel;

/// <summary>What the prompt's commands do.</summary>
/// <param name="past">The journal.</param>
/// <param name="isJson">Whether each answer is a JSON object.</param>
internal sealed class TravelSession(OpenPast past, bool isJson)
{
    private static readonly string[] Commands = ["step", "back", "until", "at", "show", "help", "quit"];

    private readonly PastWalk _walk = new(past.Engine);

    /// <summary>Whether it was told to end.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Says where it stands.</summary>
    public string Prompt => $"{_walk.Here.State.Sequence}> ";

    /// <summary>Words that may follow the beginning of a line.</summary>
    public static IReadOnlyList<string> Complete(string before)
    {
        string[] words = before.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [] => Commands,
            ["show", ..] => [.. MomentAnswer.Tables.Keys, "all", "input"],
            ["until", ..] => [.. Functions.Words, "and", "or", "not"],
            _ => [],
        };
    }

    /// <summary>Goes to where it begins, and shows that.</summary>
    /// <param name="place">Null for the end.</param>
    public void Begin(ReplayPlace? place)
    {
        if (place is { } one)
        {
            past.GoTo(one);
        }
        else
        {
            past.Engine.GoToEnd();
        }

        _walk.GoTo(past.Engine.Sequence);
        Show("travel");
    }

    /// <summary>Does what a line says.</summary>
    /// <returns>The exit code that it would have alone.</returns>
    public int Do(string line)
    {
        string[] words = line.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length == 0 ? ExitCodes.Done : Failures.Guard(() => Do(words[0].ToLowerInvariant(), words.Length > 1 ? words[1] : ""));
    }

    private int Do(string command, string rest)
    {
        switch (command)
        {
            case "step" or "s":
                return Walk("step", Count(rest), static walk => walk.TryStep());
            case "back" or "b":
                return Walk("back", Count(rest), static walk => walk.TryStepBack());
            case "until" or "u":
                return Until(rest);
            case "at" or "goto":
                return GoTo(rest);
            case "show":
                return ShowTables(rest);
            case "help" or "?":
                Help();
                return ExitCodes.Done;
            case "quit" or "exit" or "q":
                HasEnded = true;
                return ExitCodes.Done;
            default:
                throw new ArgumentException($"there is no command '{command}': {string.Join(", ", Commands)}");
        }
    }

    private int Walk(string command, long count, Func<PastWalk, bool> move)
    {
        long moved = 0;
        while (moved < count && move(_walk))
        {
            moved++;
        }

        Show(command, moved < count ? $"only {moved}: here the journal {(command == "step" ? "ends" : "begins")}" : null);
        return moved < count ? ExitCodes.No : ExitCodes.Done;
    }

    private int Until(string text)
    {
        StatePredicate predicate = StatePredicate.Parse(Unquoted(text), past.Names);
        using var stop = new StopSignal();
        long from = _walk.Here.State.Sequence;
        past.Engine.GoTo(from);
        var search = new PastSearch(past.Engine);
        bool isFound = search.TryFindNext(predicate, null, stop.Token);
        _walk.GoTo(past.Engine.Sequence);
        Show("until", isFound ? null : $"it was not so after any of {search.Looked} inputs behind {from}");
        return isFound ? ExitCodes.Done : ExitCodes.No;
    }

    private int GoTo(string text)
    {
        if (!ReplayPlace.TryParse(text, out ReplayPlace place))
        {
            throw new ArgumentException($"'{text}' is no place: give a sequence from 1 (58000) or a time (2025-01-20T07:30:00Z)");
        }

        if (place.IsTime)
        {
            past.Engine.GoTo(place);
        }

        bool isThere = _walk.GoTo(place.IsTime ? past.Engine.Sequence : place.Value);
        Show("at", isThere ? null : $"the journal ends before {place}");
        return isThere ? ExitCodes.Done : ExitCodes.No;
    }

    private int ShowTables(string rest)
    {
        string[] wanted = rest.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        wanted = wanted.Length == 0 ? ["all"] : wanted;
        Answer answer = Begin("show");
        var tables = new StateTables(past.Names, _walk.Here.State, null);
        foreach (string name in wanted)
        {
            if (name == "all")
            {
                MomentAnswer.AddState(answer, tables);
            }
            else if (name == "input")
            {
                MomentAnswer.AddInput(answer, _walk.Here);
            }
            else if (MomentAnswer.Tables.TryGetValue(name, out Action<StateTables, Answer>? table))
            {
                table(tables, answer);
            }
            else
            {
                throw new ArgumentException($"there is no table '{name}': {string.Join(", ", MomentAnswer.Tables.Keys)}, all, input");
            }
        }

        Write(answer);
        return ExitCodes.Done;
    }

    private void Show(string command, string? note = null)
    {
        Answer answer = Begin(command);
        MomentAnswer.AddInput(answer, _walk.Here);
        var tables = new StateTables(past.Names, _walk.Here.State, null);
        tables.Positions(answer, hasFlat: false);
        tables.Orders(answer);
        if (note is not null)
        {
            answer.Note(note);
        }

        Write(answer);
    }

    private Answer Begin(string command)
    {
        var answer = new Answer(command, past.Journal);
        MomentAnswer.AddPlace(answer, _walk.Here);
        return answer;
    }

    private void Write(Answer answer)
    {
        if (isJson)
        {
            answer.WriteJson(Console.Out);
        }
        else
        {
            answer.WriteText(Console.Out);
        }
    }

    private static void Help() => Console.WriteLine(
        "step [n]            the next input, or the n-th\n"
        + "back [n]            the one before\n"
        + $"until <predicate>   the next input after which it is so: {Functions.Signatures}\n"
        + "at <place>          a sequence, or a time\n"
        + $"show [tables]       {string.Join(", ", MomentAnswer.Tables.Keys)}, all, input\n"
        + "quit                end (also Ctrl+D); Ctrl+C ends a search");

    private static long Count(string text) => text.Length == 0 ? 1
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long count) && count > 0 ? count
        : throw new ArgumentException($"'{text}' is no number of inputs: give 1 or more");

    private static string Unquoted(string text) => text is ['"', .. var inner, '"'] ? inner : text;
}
