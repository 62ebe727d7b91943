namespace OrderPlatform.Aeron.CommandAndControl.Reports;

/// <summary>The records of the error log; each begins at a multiple of eight bytes. Source: aeron_distinct_error_log.h of Aeron 1.52.</summary>
public static class ErrorLogDescriptor
{
    /// <summary>Header and text; stored last.</summary>
    public const int LengthOffset = 0;
    public const int ObservationCountOffset = 4;
    public const int LastObservationMsOffset = 8;
    public const int FirstObservationMsOffset = 16;
    public const int TextOffset = 24;
    public const int RecordAlignment = 8;
}
