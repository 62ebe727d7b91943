namespace OrderPlatform.Aeron.CommandAndControl.Reports;

/// <summary>
/// The entries of the loss report; each begins at a multiple of 64 bytes. Behind the channel's length come its bytes and, at the next multiple of
/// four, length and bytes of the source. Source: aeron_loss_reporter.h of Aeron 1.52.
/// </summary>
public static class LossReportDescriptor
{
    /// <summary>Zero until the entry is complete.</summary>
    public const int ObservationCountOffset = 0;
    public const int TotalBytesLostOffset = 8;
    public const int FirstObservationMsOffset = 16;
    public const int LastObservationMsOffset = 24;
    public const int SessionIdOffset = 32;
    public const int StreamIdOffset = 36;
    public const int ChannelOffset = 40;
    public const int EntryAlignment = 64;
}
