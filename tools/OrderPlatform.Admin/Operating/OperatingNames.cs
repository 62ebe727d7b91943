using OrderPlatform.Runtime.Past;

namespace OrderPlatform.Admin.Operating;

/// <summary>The names of a journal that an engine runs on.</summary>
internal static class OperatingNames
{
    public static JournalNames Of(string journal) => JournalNames.Read(journal, JournalArgument.ReadingOf(journal, out _));
}
