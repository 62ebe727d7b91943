using System.Text;
using OrderPlatform.Journal;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Inputs;

/// <summary>How a run's simulated venue behaves, as a control record: the venue is no part of the engine, but of what a journal can be asked.</summary>
/// <param name="VenueId">The venue.</param>
/// <param name="Text">The section venue of a strategy file as it is in force: YAML that begins with the keys of the section.</param>
public sealed record VenueSettings(ushort VenueId, string Text)
{
    /// <summary>Longest text in bytes of UTF-8; a longer one is not written, and a what-if has to assume.</summary>
    public const int TextLengthMaxBytes = 16_384;

    /// <summary>Reads a control record.</summary>
    /// <returns>Null if it is another one.</returns>
    public static VenueSettings? Read(ReadOnlySpan<byte> record) => SimulatedVenueSettingsDecoder.TryWrap(record, out SimulatedVenueSettingsDecoder decoder)
        ? new VenueSettings(decoder.VenueId, Encoding.UTF8.GetString(decoder.GetSettings()))
        : null;

    internal void Append(JournalWriter journal, long timestampNanos)
    {
        byte[] text = Encoding.UTF8.GetBytes(Text);
        if (text.Length > TextLengthMaxBytes)
        {
            return;
        }

        var message = new byte[SimulatedVenueSettingsEncoder.MinEncodedLength + text.Length];
        var e = SimulatedVenueSettingsEncoder.WrapForEncodeAndApplyHeader(message);
        e.VenueId = VenueId;
        e.SetSettings(text);
        journal.Append(
            journal.AppendedSequence, timestampNanos, SimulatedVenueSettingsEncoder.TemplateId, JournalFlags.Control, message.AsSpan(0, e.EncodedLengthSoFar));
    }
}
