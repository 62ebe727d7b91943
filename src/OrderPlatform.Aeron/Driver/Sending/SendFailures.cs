using System.Net.Sockets;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Media;

namespace OrderPlatform.Aeron.Driver.Sending;

/// <summary>Records what a socket refuses, and says when to try again: a cycle that fails costs an exception, and cycles are many.</summary>
internal sealed class SendFailures(string channel, IErrorLog errorLog, AtomicCounter errors)
{
    public const long RetryDelayNs = 10_000_000;

    /// <summary>Records one.</summary>
    /// <returns>When to send there again.</returns>
    public long Record(SocketException failure, in UdpAddress destination, long nowNs) =>
        Record($"cannot send to {destination}", failure, nowNs);

    /// <summary>Records a socket that cannot be read.</summary>
    /// <inheritdoc cref="Record(SocketException, in UdpAddress, long)" path="/returns"/>
    public long RecordReceive(SocketException failure, long nowNs) => Record("cannot receive status messages", failure, nowNs);

    private long Record(string what, SocketException failure, long nowNs)
    {
        errors.Increment();
        errorLog.Record($"{channel}: {what}: {failure.SocketErrorCode}, {failure.Message}; tried again every {RetryDelayNs / 1_000_000} ms");
        return nowNs + RetryDelayNs;
    }
}
