using System.CommandLine;
using System.Globalization;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Host.Commands;
using OrderPlatform.Runtime.Explaining;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Admin.Explaining;

/// <summary><c>explain order|trade|signal|all</c>: why something was done, from what began it to what it earned (N4).</summary>
internal static class ExplainCommand
{
    private const long BeforeNanos = 1_800_000_000_000;

    public static Command Create() => new("explain", "Say why: the chain of an order, a round or a signal with every number; or whether every chain of a journal is whole.")
    {
        Order(),
        Trade(),
        Signal(),
        ExplainAllCommand.Create(),
    };

    private static Command Order()
    {
        var id = new Argument<string>("id") { Description = "Client order id, a decimal number: 70368744182336." };
        return Create("order", "Why there is an order, and what became of it. Example: op-admin explain order journal/odum 70368744182336 --html why.html", id, [],
            static (explainer, _, text, _) => explainer.Order(Number(text, "order")));
    }

    private static Command Trade()
    {
        var id = new Argument<string>("id") { Description = "Number of the round, or <strategy>/<number>, the strategy by name or number: btc_ma_cross/12." };
        var instrument = new Option<string?>("--instrument") { Description = "Which instrument's round, where the strategy trades several; by symbol or number." };
        return Create("trade", "How a round from flat to flat came about, and what it earned. Example: op-admin explain trade journal/odum odum_okx/3", id, [instrument],
            (explainer, journal, text, parsed) =>
            {
                int slash = text.LastIndexOf('/');
                uint? strategy = slash < 0 ? null : journal.Names.Strategies.Find(text[..slash]);
                uint? named = parsed.GetValue(instrument) is { } symbol ? journal.Names.Instruments.Find(symbol) : null;
                return explainer.Trade(strategy, checked((uint)Math.Min(uint.MaxValue, Number(text[(slash + 1)..], "trade"))), named);
            });
    }

    private static Command Signal()
    {
        var id = new Argument<string>("id") { Description = "The publisher's number of the signal." };
        var strategy = new Option<string?>("--strategy") { Description = "Whose signal, where several strategies use the number; by name or number." };
        return Create("signal", "What a signal became, and all that came of it. Example: op-admin explain signal journal/odum 17 --json", id, [strategy],
            (explainer, journal, text, parsed) =>
                explainer.Signal(Number(text, "signal"), parsed.GetValue(strategy) is { } name ? journal.Names.Strategies.Find(name) : null));
    }

    private static Command Create(
        string name, string description, Argument<string> id, IReadOnlyList<Option> options,
        Func<Explainer, ExplainedJournal, string, ParseResult, Explanation> explain)
    {
        Argument<string> journal = JournalArgument.Create();
        Option<string?> to = PlaceOption.Create("--to", "What was known after this input, or at this time; by default the whole journal.");
        var html = new Option<string?>("--html") { Description = "Also a self-contained page with a timeline, as this file." };
        var command = new Command(name, description) { journal, id, to, html };
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed => Failures.Guard(() =>
        {
            ReplayPlace? last = PlaceOption.Read(parsed.GetValue(to));
            var read = ExplainedJournal.Read(parsed.GetRequiredValue(journal), last);
            Explanation explanation = explain(new Explainer(read.Index), read, parsed.GetRequiredValue(id), parsed);
            Answer answer = ExplanationAnswer.Of(read, $"explain {name}", explanation, parsed.GetValue(Answer.JsonOption));
            if (parsed.GetValue(html) is { } file)
            {
                WritePage(read, explanation, file);
                answer.Fact("page", "page", Value.Text(file));
            }

            return answer.Write(parsed, Conclude(answer, read, explanation.IsComplete));
        }));
        return command;
    }

    /// <summary>Notes a torn tail; the exit code of an answer.</summary>
    public static int Conclude(Answer answer, ExplainedJournal journal, bool isGood)
    {
        if (journal.Torn is { } torn)
        {
            answer.Note(torn);
            return ExitCodes.BadJournal;
        }

        return isGood ? ExitCodes.Done : ExitCodes.No;
    }

    private static ulong Number(string text, string what) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number
            : throw new SubjectException($"{what} '{text}' is no number: give the {what}'s decimal number");

    private static void WritePage(ExplainedJournal journal, Explanation explanation, string file)
    {
        Fact? first = explanation.Links.FirstOrDefault(static one => one.Instrument != 0);
        long begin = explanation.Links.Count == 0 ? 0 : explanation.Links[0].TimeNanos;
        long end = explanation.Links.Count == 0 ? 0 : explanation.Links[^1].TimeNanos;
        long margin = Math.Max(BeforeNanos, (end - begin) / 10);
        PricePath prices = first is null ? new PricePath([])
            : PricePath.Read(journal.Path, journal.Reading, first.Instrument, begin - margin, end + margin);
        ExplanationPage.Write(file, explanation, new LinkText(journal.Names), prices, ExplanationAnswer.OwnerOf(journal, explanation));
    }
}
