using System.CommandLine;
using System.Globalization;

namespace OrderPlatform.Admin.Operating;

/// <summary>An order on a command line, by its client order id.</summary>
internal static class OrderArgument
{
    private const string Description = "Client order id, as op-admin orders shows it.";

    public static Argument<string> Create()
    {
        var argument = new Argument<string>("order") { Description = Description };
        Check(argument);
        return argument;
    }

    public static Argument<string?> CreateOptional()
    {
        var argument = new Argument<string?>("order") { Description = Description, Arity = ArgumentArity.ZeroOrOne };
        Check(argument);
        return argument;
    }

    public static ulong Read(string text) => ulong.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static void Check(Argument argument) => argument.Validators.Add(static result =>
    {
        if (result.Tokens is [{ Value: var text }] && !(ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong id) && id > 0))
        {
            result.AddError($"the order is '{text}': give its client order id, a number");
        }
    });
}
