using System.Text;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Runtime.Past;

/// <summary>What ids are called. The engine knows numbers alone; names stand in the configuration that a journal begins with.</summary>
public sealed class JournalNames
{
    /// <summary>Clients.</summary>
    public NameTable Clients { get; } = new("client");

    /// <summary>Accounts.</summary>
    public NameTable Accounts { get; } = new("account");

    /// <summary>Strategies.</summary>
    public NameTable Strategies { get; } = new("strategy");

    /// <summary>Instruments: their symbols.</summary>
    public NameTable Instruments { get; } = new("instrument");

    /// <summary>Venues.</summary>
    public NameTable Venues { get; } = new("venue");

    /// <summary>
    /// Reads the configuration that a journal begins with: to its first input that is none. What a later restart configures anew is learnt by giving its inputs to
    /// <see cref="OnInput"/>.
    /// </summary>
    /// <exception cref="JournalException">There is no journal, or its beginning is damaged.</exception>
    public static JournalNames Read(string journal, JournalReaderOptions reading)
    {
        var names = new JournalNames();
        using JournalReader reader = JournalReader.Open(journal, reading with { FromSequence = 0 });
        while (reader.TryRead(out JournalRecord record) && (record.IsControl || names.OnInput(JournaledInput.MessageOf(record)) || IsSetup(record.TemplateId)))
        {
        }

        return names;
    }

    /// <summary>Learns the names of an input.</summary>
    /// <returns>Whether it names something.</returns>
    public bool OnInput(ReadOnlySpan<byte> message)
    {
        if (ClientConfigurationDecoder.TryWrap(message, out ClientConfigurationDecoder client))
        {
            Clients.Set(client.ClientId, TextOf(client.Name));
        }
        else if (AccountConfigurationDecoder.TryWrap(message, out AccountConfigurationDecoder account))
        {
            Accounts.Set(account.AccountId, TextOf(account.Name));
        }
        else if (StrategyConfigurationDecoder.TryWrap(message, out StrategyConfigurationDecoder strategy))
        {
            Strategies.Set(strategy.StrategyId, TextOf(strategy.Name));
        }
        else if (InstrumentConfigurationDecoder.TryWrap(message, out InstrumentConfigurationDecoder instrument))
        {
            Instruments.Set(instrument.InstrumentId, TextOf(instrument.Symbol));
        }
        else if (VenueConfigurationDecoder.TryWrap(message, out VenueConfigurationDecoder venue))
        {
            Venues.Set(venue.VenueId, TextOf(venue.Name));
        }
        else
        {
            return false;
        }

        return true;
    }

    private static bool IsSetup(ushort templateId) => templateId is < TickDecoder.TemplateId or EpochStartDecoder.TemplateId or ReconciliationStartDecoder.TemplateId
        or (>= VenueConfigurationDecoder.TemplateId and <= ExitConfigurationDecoder.TemplateId)
        or BreakerConfigurationDecoder.TemplateId or RateBudgetConfigurationDecoder.TemplateId;

    private static string TextOf(ReadOnlySpan<byte> padded) => Encoding.ASCII.GetString(padded.TrimEnd((byte)0));
}
