using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Admin.Journals.Records;

/// <summary>What a record is beside its message.</summary>
/// <param name="Kind">Input, control record, or an output of a replay.</param>
/// <param name="Sequence">The input's; of a control record the last input's; of an output its input's.</param>
/// <param name="TimestampNanos">Its time.</param>
/// <param name="TemplateId">What it is.</param>
/// <param name="Source">Who put the input in; 0 where the writer did not say.</param>
/// <param name="Origin">Which peer sent it.</param>
internal readonly record struct ShownRecord(RecordKind Kind, long Sequence, long TimestampNanos, ushort TemplateId, InputSource Source, Origin Origin)
{
    /// <summary>The sender as people read it; null for none.</summary>
    public string? Sender => Origin.IsNone ? null : Origin.IsGateway ? $"gateway {Origin.Id & ushort.MaxValue} number {Origin.Number}"
        : $"publisher {Origin.Id >> 8} number {Origin.Number}";
}

/// <summary>What a record is to the engine.</summary>
internal enum RecordKind
{
    /// <summary>The engine gets it.</summary>
    Input,

    /// <summary>It is for whoever reads the journal.</summary>
    Control,

    /// <summary>The engine made it, in a replay.</summary>
    Output,
}
