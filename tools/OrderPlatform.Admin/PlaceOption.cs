using System.CommandLine;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Admin;

/// <summary>A place in a journal on a command line.</summary>
internal static class PlaceOption
{
    private const string Allowed = "give a sequence from 1 (58000) or a time (2025-01-20, 2025-01-20T07:30:00Z)";

    /// <summary>An option.</summary>
    public static Option<string?> Create(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !ReplayPlace.TryParse(text, out _))
            {
                result.AddError($"{name} is '{text}': {Allowed}");
            }
        });
        return option;
    }

    /// <summary>An argument.</summary>
    public static Argument<string> Argument(string name, string description)
    {
        var argument = new Argument<string>(name) { Description = description };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !ReplayPlace.TryParse(text, out _))
            {
                result.AddError($"{name} is '{text}': {Allowed}");
            }
        });
        return argument;
    }

    /// <summary>What was given; null for nothing.</summary>
    public static ReplayPlace? Read(string? text) => text is not null && ReplayPlace.TryParse(text, out ReplayPlace place) ? place : null;
}
