using System.Globalization;
using OrderPlatform.Journal;

namespace OrderPlatform.Admin.Journals;

/// <summary>What lies behind the last whole record of a journal, in words.</summary>
internal static class TornText
{
    public static string Of(JournalTail torn) =>
        $"torn tail: {torn.File}: {Number(torn.TornBytes)} bytes at offset {Number(torn.Offset)}, after sequence {Number(torn.LastSequence)}, are no whole record"
        + (torn.UnsyncedSegments.Count == 0 ? "" : $", and {Number(torn.UnsyncedSegments.Count)} segments behind them were never durable")
        + ": the next writer cuts them and keeps them beside the journal";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
