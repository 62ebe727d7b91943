using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Host.Configuration;

/// <summary>
/// Where the credentials of a client at an exchange are kept: a name of an environment variable, or <c>file:</c> and a path. Never the secret itself (R30).
/// </summary>
/// <param name="Exchange">The exchange.</param>
/// <param name="ApiKey">Where the key is, or null.</param>
/// <param name="ApiSecret">Where the secret is, or null.</param>
/// <param name="PaperTrading">Whether orders there are simulated.</param>
public sealed record ExchangeCredentials(string Exchange, string? ApiKey, string? ApiSecret, bool PaperTrading);

/// <summary>The section client: a name, or a mapping with the client's accounts at exchanges (R5, R22, R30, R31).</summary>
internal sealed record ClientSection(ClientSetup Setup, IReadOnlyList<ExchangeCredentials> Credentials)
{
    private const string FilePrefix = "file:";
    private const int NameLengthMax = 64;

    public static ClientSection Read(YamlSection root)
    {
        YamlSection section = root.Section("client", shortFor: "name");
        var setup = new ClientSetup(StrategyFile.ClientId, section.Name("name", "default"))
        {
            MaximumOrders = section.Count("max_orders", 1, 1_000_000),
            MaximumPositions = section.Count("max_positions", 1, 100_000),
            DayRollNanos = section.TimeOfDay("day_roll"),
            SelfTradePrevention = ReadSelfTrade(section) is var rule and not SelfTradePrevention.None ? rule : null,
        };
        ExchangeCredentials[] credentials = [.. section.Named("exchanges").Select(static one => ReadExchange(one.Name, one.Section))];
        section.End();
        return new ClientSection(setup, credentials);
    }

    /// <summary>The key self_trade_prevention, of a client or a venue.</summary>
    public static SelfTradePrevention ReadSelfTrade(YamlSection section) => section.Choice(
        "self_trade_prevention", SelfTradePrevention.None, ("none", SelfTradePrevention.None), ("expire_maker", SelfTradePrevention.ExpireMaker),
        ("expire_taker", SelfTradePrevention.ExpireTaker), ("expire_both", SelfTradePrevention.ExpireBoth), ("decrement", SelfTradePrevention.Decrement));

    private static ExchangeCredentials ReadExchange(string exchange, YamlSection section)
    {
        string? key = Reference(section, "api_key");
        string? secret = Reference(section, "api_secret");
        bool isPaper = section.Flag("paper_trading", true);
        section.End();
        return new ExchangeCredentials(exchange, key, secret, isPaper);
    }

    // The value is not repeated in the error: it may be the secret.
    private static string? Reference(YamlSection section, string key)
    {
        string? text = section.Text(key);
        return text is null || IsVariable(text) || (text.StartsWith(FilePrefix, StringComparison.Ordinal) && text.Length > FilePrefix.Length) ? text
            : throw section.Wrong(key, "looks like a secret; allowed is where it is kept: an environment variable such as IKENNA_BINANCE_KEY, or file:<path>");
    }

    // Keys and secrets of exchanges have no underscore between capitals; names of variables do.
    private static bool IsVariable(string text) =>
        text.Length is > 0 and <= NameLengthMax && char.IsAsciiLetterUpper(text[0]) && text.Contains('_', StringComparison.Ordinal)
        && text.All(static c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_');
}
