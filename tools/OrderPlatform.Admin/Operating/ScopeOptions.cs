using System.CommandLine;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Past;

namespace OrderPlatform.Admin.Operating;

/// <summary>Of what a command is: one option, or none for the whole shard.</summary>
internal sealed class ScopeOptions
{
    private readonly List<(Scope Scope, Option<string?> Option)> _options =
    [
        (Scope.Client, Of("--client", "client")),
        (Scope.Strategy, Of("--strategy", "strategy")),
    ];

    /// <param name="hasPlaces">Whether it can also be of a venue, an account or an instrument.</param>
    public ScopeOptions(bool hasPlaces)
    {
        if (hasPlaces)
        {
            _options.Add((Scope.Venue, Of("--venue", "venue")));
            _options.Add((Scope.Account, Of("--account", "account")));
            _options.Add((Scope.Instrument, Of("--instrument", "instrument")));
        }
    }

    public void AddTo(Command command)
    {
        _options.ForEach(one => command.Options.Add(one.Option));
        command.Validators.Add(result =>
        {
            string[] given = [.. _options.Where(one => result.GetResult(one.Option) is { Tokens.Count: > 0 }).Select(static one => one.Option.Name)];
            if (given.Length > 1)
            {
                result.AddError($"{string.Join(" and ", given)} exclude each other: give one of them, or none for the whole shard");
            }
        });
    }

    /// <summary>Whether one was given.</summary>
    public bool IsGiven(ParseResult parsed) => _options.Any(one => parsed.GetValue(one.Option) is not null);

    /// <summary>The scope.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="names">What ids are called.</param>
    /// <exception cref="ArgumentException">Nothing is called so.</exception>
    public (Scope Scope, uint Id, string Text) Read(ParseResult parsed, JournalNames names)
    {
        foreach ((Scope scope, Option<string?> option) in _options)
        {
            if (parsed.GetValue(option) is { } text)
            {
                NameTable table = TableOf(scope, names);
                uint id = table.Find(text);
                return (scope, id, table.Has(id) ? $"{table.Kind} {table[id]}" : table[id]);
            }
        }

        return (Scope.Shard, 0, "the shard");
    }

    private static NameTable TableOf(Scope scope, JournalNames names) => scope switch
    {
        Scope.Client => names.Clients,
        Scope.Strategy => names.Strategies,
        Scope.Venue => names.Venues,
        Scope.Account => names.Accounts,
        _ => names.Instruments,
    };

    private static Option<string?> Of(string name, string what) => new(name) { Description = $"Only this {what}, by name or number." };
}
