using OrderPlatform.Aeron.CommandAndControl.Reports;
using OrderPlatform.Aeron.Driver.Receiving;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>Writes the losses of one image to the loss report; the entry is made with the first loss.</summary>
internal sealed class ImageLossReport(DriverState state, int sessionId, int streamId, string channel, string source) : ILossReport
{
    private LossReportEntry? _entry;
    private bool _isFull;

    public void Record(long bytesLost, long nowEpochMillis)
    {
        if (_isFull)
            return;
        if (_entry is not null)
        {
            _entry.RecordObservation(bytesLost, nowEpochMillis);
            return;
        }

        _entry = state.LossReport.CreateEntry(bytesLost, nowEpochMillis, sessionId, streamId, channel, source);
        _isFull = _entry is null;
    }
}
