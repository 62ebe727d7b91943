using OrderPlatform.Journal;
using OrderPlatform.Runtime.Past;

namespace OrderPlatform.Admin.Live;

/// <summary>What the ids in a counters file are called; a journal that cannot be read has numbers alone.</summary>
internal static class WatchNames
{
    public static JournalNames Of(string journal)
    {
        try
        {
            return JournalNames.Read(journal, JournalArgument.ReadingOf(journal, out _));
        }
        catch (JournalException)
        {
            return new JournalNames();
        }
    }
}
