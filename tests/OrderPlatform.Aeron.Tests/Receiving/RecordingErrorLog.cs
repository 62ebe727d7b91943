using OrderPlatform.Aeron.CommandAndControl;

namespace OrderPlatform.Aeron.Tests.Receiving;

/// <summary>Keeps what was recorded.</summary>
internal sealed class RecordingErrorLog : IErrorLog
{
    public List<string> Observations { get; } = [];

    public void Record(string observation) => Observations.Add(observation);

    public void Record(Exception failure) => Observations.Add(failure.Message);
}
