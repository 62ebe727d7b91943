using System.CommandLine;
using System.CommandLine.Parsing;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Host.Commands;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Operating;

namespace OrderPlatform.Admin.Operating;

/// <summary><c>resolve &lt;journal&gt; &lt;order id&gt;</c>: what became of an order in doubt, by a person who has looked at the venue.</summary>
internal static class ResolveCommand
{
    public static Command Create()
    {
        var options = new OperatingOptions();
        Argument<string> order = OrderArgument.Create();
        var notThere = new Option<bool>("--not-there") { Description = "The venue does not have it: it ends, and nothing more of it was filled than is booked." };
        var working = new Option<bool>("--working") { Description = "It works at the venue; with --filled what was filled of it so far." };
        Option<string?> filled = Decimal("--filled", "Filled in all, in the base asset; without --working it has ended, and the rest of it with it.");
        Option<string?> price = Decimal("--price", "Average price of all its fills; needed where more was filled than is booked.");
        var command = new Command(
            "resolve", "Say what became of an order in doubt. Look at the venue first: fills that you name are booked as estimates, without a fee. "
            + "Example: op-admin resolve journal/odum/0001 4503599627370560 --filled 0.5 --price 64000 --reason \"venue's statement\"");
        command.Arguments.Add(order);
        options.AddTo(command);
        command.Options.Add(notThere);
        command.Options.Add(working);
        command.Options.Add(filled);
        command.Options.Add(price);
        command.Validators.Add(result => Require(result, notThere, working, filled, price));
        command.SetAction(parsed => Failures.Guard(() =>
        {
            ulong id = OrderArgument.Read(parsed.GetRequiredValue(order));
            VenueOrderState state = parsed.GetValue(notThere) ? VenueOrderState.NotKnown : parsed.GetValue(working) ? VenueOrderState.Working : VenueOrderState.Ended;
            string what = state switch { VenueOrderState.NotKnown => "not there", VenueOrderState.Working => "working", _ => "ended" };
            return options.Send(
                parsed, $"resolve of order {id} as {what}",
                OperatorMessages.Resolve(id, state, Raw(parsed.GetValue(filled)), Raw(parsed.GetValue(price)), options.Word(parsed)));
        }));
        return command;
    }

    private static void Require(CommandResult result, Option<bool> notThere, Option<bool> working, Option<string?> filled, Option<string?> price)
    {
        bool isNotThere = result.GetValue(notThere);
        bool isWorking = result.GetValue(working);
        bool isFilled = result.GetResult(filled) is { Tokens.Count: > 0 };
        bool isPriced = result.GetResult(price) is { Tokens.Count: > 0 };
        if ((isNotThere && (isWorking || isFilled)) || !(isNotThere || isWorking || isFilled))
        {
            result.AddError("resolve needs one of: --not-there, --working, --filled <quantity> --price <price>, --working --filled <quantity> --price <price>");
        }
        else if (isPriced && !isFilled)
        {
            result.AddError("--price is that of --filled: give both");
        }
    }

    private static Option<string?> Decimal(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(FixedPointText.TryParse(text, out long raw) && raw >= 0))
            {
                result.AddError($"{name} is '{text}': give a number from 0 with at most 8 decimals");
            }
        });
        return option;
    }

    private static long? Raw(string? text) => text is not null && FixedPointText.TryParse(text, out long raw) ? raw : null;
}
