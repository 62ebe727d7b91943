using OrderPlatform.Journal;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Inputs;

/// <summary>
/// What a feed has put into a journal, input by input, up to where the journal ended when a run continues it. Reads the journal once, from its start: a
/// feed from a file has to be read from its start too, for the strategy that thinks about it.
/// </summary>
public sealed class JournaledFeed : IDisposable
{
    private readonly JournalReader _journal;
    private readonly long _lastSequence;
    private bool _isEnded;

    /// <summary>The feed's inputs of a journal.</summary>
    /// <param name="journal">The journal, from its first record. It is closed with this.</param>
    /// <param name="lastSequence">The last input to look at: what is appended behind it belongs to the run that continues.</param>
    public JournaledFeed(JournalReader journal, long lastSequence)
    {
        _journal = journal;
        _lastSequence = lastSequence;
    }

    /// <summary>Feed inputs that were found in the data.</summary>
    public long Count { get; private set; }

    /// <summary>Compares the next item of the data with the next input of the journal.</summary>
    /// <returns><c>false</c> if the journal has no more.</returns>
    /// <exception cref="FeedDiffersException">It has another one.</exception>
    public bool TryMatch(ReadOnlySpan<byte> message)
    {
        if (!TryNext(out JournalRecord record))
        {
            return false;
        }

        if (!JournaledInput.MessageOf(record).SequenceEqual(message))
        {
            throw new FeedDiffersException(
                $"{_journal.File}: input {record.Sequence} is {MessagesSchema.Describe(record.Payload)}, "
                + $"where the data give {MessagesSchema.Describe(message)}: "
                + "continue with the data, signals and strategy that the journal was begun with, or begin a new journal");
        }

        Count++;
        return true;
    }

    /// <summary>The data have ended; so must the journal's.</summary>
    /// <exception cref="FeedDiffersException">The journal has more.</exception>
    public void RequireEnd()
    {
        if (TryNext(out JournalRecord record))
        {
            throw new FeedDiffersException(
                $"{_journal.File}: the data end before input {record.Sequence}, {MessagesSchema.Describe(record.Payload)}: "
                + "continue with the data that the journal was begun with, or begin a new journal");
        }
    }

    /// <inheritdoc />
    public void Dispose() => _journal.Dispose();

    private bool TryNext(out JournalRecord record)
    {
        record = default;
        while (!_isEnded && _journal.LastSequence < _lastSequence && _journal.TryRead(out record))
        {
            if (record.IsControl)
            {
                continue;
            }

            InputSource source = InputSources.Of(record.Flags);
            if (source == 0)
            {
                throw new FeedDiffersException(
                    $"{_journal.File}: input {record.Sequence} does not say where it came from: the journal is no live run's, "
                    + "which alone can be continued; begin a new journal");
            }

            if (source == InputSource.Feed)
            {
                return true;
            }
        }

        _isEnded = true;
        record = default;
        return false;
    }
}

/// <summary>A run that cannot be continued with these data: one line that says where they part and what to do.</summary>
public sealed class FeedDiffersException(string message) : Exception(message);
