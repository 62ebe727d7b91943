using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Messages;
using OrderPlatform.Strategies.Publishing;

namespace PublisherSamples;

/// <summary>Publishes signals to an engine and prints what became of each.</summary>
public static class SignalExample
{
    /// <summary>Publishes.</summary>
    /// <param name="channel">The engine's door, such as aeron:udp?endpoint=127.0.0.1:20101.</param>
    /// <param name="publisherId">As the engine's configuration has it.</param>
    /// <param name="count">How many signals.</param>
    /// <param name="output">Where it prints.</param>
    public static void Run(string channel, uint publisherId, int count, TextWriter output)
    {
        using MediaDriver driver = MediaDriver.LaunchEmbedded();
        using Aeron aeron = Aeron.Connect(new AeronContext { AeronDirectoryName = driver.AeronDirectoryName });
        using var publisher = new PublisherClient(new PublisherOptions { Channel = channel, PublisherId = publisherId }, aeron, TimeProvider.System)
        {
            OnAcknowledged = (in Acknowledgement answer) =>
                output.WriteLine($"{answer.Number} {answer.Status} reason {answer.Reason} sequence {answer.Sequence} {answer.Text}"),
        };
        publisher.Connect(TimeSpan.FromSeconds(10));
        Span<byte> message = stackalloc byte[SignalEncoder.EncodedLength];
        for (int number = 1; number <= count; number++)
        {
            long now = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;
            SignalEncoder signal = SignalEncoder.WrapForEncodeAndApplyHeader(message);
            signal.ClientId = 1;
            signal.StrategyId = 1;
            signal.InstrumentId = 1;
            signal.Direction = number % 2 == 1 ? Direction.Long : Direction.Short;
            signal.SignalId = (ulong)number;
            signal.GeneratedAtNanos = now;
            publisher.Publish(message, now, TimeSpan.FromSeconds(10));
        }

        publisher.WaitForAnswers(TimeSpan.FromSeconds(10));
    }
}
