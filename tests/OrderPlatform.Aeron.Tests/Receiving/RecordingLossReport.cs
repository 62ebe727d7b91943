using OrderPlatform.Aeron.Driver.Receiving;

namespace OrderPlatform.Aeron.Tests.Receiving;

internal sealed class RecordingLossReport : ILossReport
{
    public List<long> BytesLost { get; } = [];

    public void Record(long bytesLost, long nowEpochMillis) => BytesLost.Add(bytesLost);
}
