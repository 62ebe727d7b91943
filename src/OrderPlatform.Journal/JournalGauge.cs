using System.Diagnostics.Metrics;

namespace OrderPlatform.Journal;

/// <summary>
/// Shows a writer's <see cref="JournalWriter.LagInputs"/> to whoever listens to the meter <c>OrderPlatform.Journal</c>: the gauge
/// <c>orderplatform.journal.lag</c>, in inputs, with the shard as its tag.
/// </summary>
internal sealed class JournalGauge : IDisposable
{
    private readonly Meter _meter = new("OrderPlatform.Journal");

    public JournalGauge(JournalWriter writer, uint shardId)
    {
        var shard = new KeyValuePair<string, object?>("shard", (long)shardId);
        _meter.CreateObservableGauge(
            "orderplatform.journal.lag", () => new Measurement<long>(writer.LagInputs, shard), "inputs", "Inputs that are appended and not yet durable.");
    }

    public void Dispose() => _meter.Dispose();
}
