using System.CommandLine;
using System.Globalization;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Host.Commands;
using OrderPlatform.Runtime.Operating;

namespace OrderPlatform.Admin.Operating;

/// <summary>What every verb that changes a running engine has: the journal, who, why, and how long it may take.</summary>
internal sealed class OperatingOptions
{
    private readonly Argument<string> _journal = JournalArgument.Create();
    private readonly Option<string> _reason = new("--reason") { Description = "Why: one line, which goes into the journal.", Required = true };

    private readonly Option<string> _operator = new("--operator")
    {
        Description = "Who: 1 to 32 letters; by default the user of the system. It is a name, no proof: who may write to the journal's operator folder may operate.",
        DefaultValueFactory = static _ => Environment.UserName,
    };

    private readonly Option<double> _timeout = new("--timeout")
    {
        Description = "Seconds that the engine has to take the command; then it is taken back.",
        DefaultValueFactory = static _ => 10,
    };

    public OperatingOptions()
    {
        _reason.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && new OperatorWord("x", text).Problem is { } problem)
            {
                result.AddError($"--reason: {problem}");
            }
        });
        _operator.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && new OperatorWord(text, "x").Problem is { } problem)
            {
                result.AddError($"--operator: {problem}");
            }
        });
        _timeout.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }]
                && !(double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and <= 3_600))
            {
                result.AddError($"--timeout is '{text}': give seconds above 0, at most 3600");
            }
        });
    }

    public void AddTo(Command command)
    {
        command.Arguments.Insert(0, _journal);
        command.Options.Add(_reason);
        command.Options.Add(_operator);
        command.Options.Add(_timeout);
    }

    public string Journal(ParseResult parsed) => JournalArgument.Resolve(parsed.GetRequiredValue(_journal));

    public OperatorWord Word(ParseResult parsed)
    {
        var word = new OperatorWord(parsed.GetRequiredValue(_operator), parsed.GetRequiredValue(_reason));
        return word.Problem is { } problem ? throw new OperatorException($"{problem}: give --operator") : word;
    }

    /// <summary>Sends a command and tells what became of it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="what">What it is, for people: <c>halt of client ikenna</c>.</param>
    /// <param name="message">The input.</param>
    /// <param name="add">Adds to the answer, once it is journaled.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="OperatorException">Nothing has changed; the text says why and what to do.</exception>
    public int Send(ParseResult parsed, string what, byte[] message, Action<Answer, OperatorAnswer>? add = null)
    {
        using var stop = new StopSignal();
        string journal = Journal(parsed);
        OperatorAnswer answer = OperatorClient.Send(journal, message, TimeSpan.FromSeconds(parsed.GetRequiredValue(_timeout)), stop.Token);
        if (answer.Outcome is OperatorOutcome.Refused or OperatorOutcome.Withdrawn or OperatorOutcome.Lost)
        {
            throw new OperatorException($"{journal}: {what} was not done: {answer.Why}");
        }

        if (answer.Refusal is { } refusal)
        {
            throw new OperatorException(
                $"{journal}: {what} is input {answer.Sequence} and changed nothing: {refusal.Reason}: see docs/reason-codes.md, and {ViewOf(refusal.Reason)} for what there is");
        }

        OperatorWord word = Word(parsed);
        var told = new Answer(parsed.CommandResult.Command.Name == "set" ? "limit set" : parsed.CommandResult.Command.Name, journal);
        told.Fact("what", "what", Value.Text(what));
        told.Fact("outcome", "outcome", Value.Enum(answer.Outcome));
        told.Fact("sequence", "input", answer.Sequence == 0 ? Value.None : Value.Number(answer.Sequence));
        told.Fact("operator", "operator", Value.Text(word.Name));
        told.Fact("reason", "reason", Value.Text(word.Reason));
        told.Fact("request", "request", Value.Text(answer.Request));
        if (answer.IsSeen)
        {
            told.Fact("requestsToVenues", "requests to venues", Value.Number(answer.Requests));
            AnswerTable alerts = told.Table("alerts", "What the engine said", "severity", "reason", "subject", "expected", "actual");
            foreach (OperatorAlert alert in answer.Alerts)
            {
                alerts.Row(Value.Text(alert.Severity), Value.Text(alert.Reason), Value.Id(alert.Subject), Value.Number(alert.Expected), Value.Number(alert.Actual));
            }
        }
        else if (answer.Outcome == OperatorOutcome.Journaled)
        {
            told.Note("what the engine did with it is not known here: the run has no follower, or it lags; see the journal");
        }

        if (answer.Why is { } why)
        {
            told.Note(why);
        }

        add?.Invoke(told, answer);
        return told.Write(parsed, answer.Outcome == OperatorOutcome.Unanswered ? ExitCodes.No : ExitCodes.Done);
    }

    private static string ViewOf(string reason) => reason switch
    {
        "UnknownClient" or "UnknownStrategy" => "op-admin clients",
        "InvalidValue" => "op-admin orders and limits",
        _ => "op-admin orders",
    };
}
