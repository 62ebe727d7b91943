using System.Buffers;
using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Runtime.Recovery;

/// <summary>Where two engines that are fed one journal part.</summary>
/// <param name="First">The first input that may have been taken otherwise; 0 if they differed before the first one.</param>
/// <param name="Last">The last one; the same as <paramref name="First"/> where the search found the very input.</param>
/// <param name="Input">The input of <paramref name="Last"/>, for people; empty if they differed before.</param>
/// <param name="What">What differs, with both digests.</param>
public sealed record Divergence(long First, long Last, string Input, string What);

/// <summary>
/// Finds the first input after which two engines differ: one from the journal's start against one from a snapshot, or engines of other rules. Outputs are
/// compared after each input, states after each stretch of them; where a stretch differs, both engines are taken back to its begin and go on one by one.
/// </summary>
public sealed class DivergenceSearch
{
    private const int StretchLength = 1_024;

    private readonly JournalReader _journal;
    private readonly List<(long TimestampNanos, byte[] Message)> _stretch = new(StretchLength);
    private readonly ArrayBufferWriter<byte> _leftBegin = new();
    private readonly ArrayBufferWriter<byte> _rightBegin = new();
    private BusinessLogicProcessor _left;
    private BusinessLogicProcessor _right;

    private DivergenceSearch(BusinessLogicProcessor left, BusinessLogicProcessor right, JournalReader journal)
    {
        _left = left;
        _right = right;
        _journal = journal;
    }

    /// <summary>Feeds the rest of a journal to both engines.</summary>
    /// <param name="left">One engine.</param>
    /// <param name="right">Another one that stands at the same sequence.</param>
    /// <param name="journal">Reads next what neither has seen.</param>
    /// <param name="cancellation">Ends the search early; so far they agreed.</param>
    /// <returns>Where they part, or null if they agree to the end.</returns>
    /// <exception cref="ArgumentException">They do not stand at the same sequence.</exception>
    /// <exception cref="JournalException">The journal is damaged.</exception>
    public static Divergence? Find(BusinessLogicProcessor left, BusinessLogicProcessor right, JournalReader journal, CancellationToken cancellation)
    {
        return left.State.Sequence == right.State.Sequence
            ? new DivergenceSearch(left, right, journal).Run(cancellation)
            : throw new ArgumentException($"one engine stands at {left.State.Sequence} and the other at {right.State.Sequence}: bring both to one sequence first");
    }

    private Divergence? Run(CancellationToken cancellation)
    {
        if (Difference() is { } before)
        {
            return new Divergence(0, 0, "", before);
        }

        while (!cancellation.IsCancellationRequested)
        {
            Begin();
            bool isEnd = !ReadStretch();
            long begin = _left.State.Sequence;
            bool isSame = true;
            for (int i = 0; isSame && i < _stretch.Count; i++)
            {
                Process(i);
                isSame = _left.Outputs.Digest == _right.Outputs.Digest;
            }

            if (Difference() is { } what)
            {
                return Narrow(begin, what);
            }

            if (isEnd)
            {
                return null;
            }
        }

        return null;
    }

    private Divergence Narrow(long begin, string what)
    {
        long end = _left.State.Sequence;
        _left = BusinessLogicProcessor.Restore(_leftBegin.WrittenSpan, _left.State.Limits);
        _right = BusinessLogicProcessor.Restore(_rightBegin.WrittenSpan, _right.State.Limits);
        for (int i = 0; _left.State.Sequence < end; i++)
        {
            Process(i);
            if (Difference() is { } narrow)
            {
                return new Divergence(_left.State.Sequence, _left.State.Sequence, MessagesSchema.Describe(_stretch[i].Message), narrow);
            }
        }

        // What made them differ is in no snapshot: then all that is known is the stretch.
        return new Divergence(begin + 1, end, MessagesSchema.Describe(_stretch[(int)(end - begin) - 1].Message), what);
    }

    private void Begin()
    {
        _leftBegin.ResetWrittenCount();
        _rightBegin.ResetWrittenCount();
        _left.Capture(_leftBegin);
        _right.Capture(_rightBegin);
    }

    private bool ReadStretch()
    {
        _stretch.Clear();
        while (_stretch.Count < StretchLength && _journal.TryRead(out JournalRecord record))
        {
            if (!record.IsControl)
            {
                _stretch.Add((record.TimestampNanos, JournaledInput.MessageOf(record).ToArray()));
            }
        }

        return _stretch.Count == StretchLength;
    }

    private void Process(int index)
    {
        (long timestampNanos, byte[] message) = _stretch[index];
        _left.Process(_left.State.Sequence + 1, timestampNanos, message);
        _right.Process(_right.State.Sequence + 1, timestampNanos, message);
    }

    private string? Difference()
    {
        ulong left = _left.StateDigest();
        ulong right = _right.StateDigest();
        return _left.Outputs.Digest != _right.Outputs.Digest ? $"output digests {_left.Outputs.Digest:x16} and {_right.Outputs.Digest:x16}"
            : left != right ? $"state digests {left:x16} and {right:x16}"
            : null;
    }
}
