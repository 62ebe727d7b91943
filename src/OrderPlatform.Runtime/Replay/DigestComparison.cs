using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Recovery;

namespace OrderPlatform.Runtime.Replay;

/// <summary>
/// Compares a replay with the digests that another build wrote of the same journal. Outputs are compared after each input, and name the very input at which
/// two builds part; states are compared where the file has one, and name the stretch. States that part do not end the comparison: a build that merely keeps
/// more in its state may still do the same.
/// </summary>
public sealed class DigestComparison : ReplayComparison
{
    private readonly DigestFileReader _file;
    private DigestLine _line;
    private bool _hasBegun;
    private long _lastAgreedState = -1;

    /// <summary>A comparison; it closes the file.</summary>
    /// <param name="file">The digests.</param>
    public DigestComparison(DigestFileReader file)
    {
        ArgumentNullException.ThrowIfNull(file);
        _file = file;
        Next();
    }

    /// <summary>The stretch in which the states part, with no output that tells; or null.</summary>
    public Divergence? States { get; private set; }

    /// <summary>The last input of the file, or the last that was read of it.</summary>
    public long LastOfFile => _line.Sequence;

    /// <inheritdoc />
    /// <exception cref="DigestFileException">The file is malformed, or of another journal.</exception>
    public override void OnBegin(BusinessLogicProcessor engine, JournalReader journal)
    {
        ArgumentNullException.ThrowIfNull(engine);
        CompareHeader(engine);

        // What the file has before the range is passed over; where it ends right before it, the engine stands.
        long position = engine.State.Sequence;
        while (Found is null && _line.Kind != DigestLineKind.End && _line.Sequence <= position)
        {
            if (_line.Sequence == position)
            {
                CompareDigest(engine, []);
            }

            Next();
        }
    }

    /// <inheritdoc />
    /// <exception cref="DigestFileException">The file is malformed, or of another journal.</exception>
    public override bool OnInput(BusinessLogicProcessor engine, JournalReader journal, ReadOnlySpan<byte> message)
    {
        ArgumentNullException.ThrowIfNull(engine);
        long sequence = engine.State.Sequence;
        while (Found is null && _line.Sequence == sequence && _line.Kind != DigestLineKind.End)
        {
            if (_line.Kind == DigestLineKind.Input)
            {
                CompareRecord(SnapshotTie.Of(journal), engine, message);
            }

            CompareDigest(engine, message);
            Agreed += Found is null && _line.Kind == DigestLineKind.Input ? 1 : 0;
            Next();
        }

        CompareHeader(engine);
        return Found is null;
    }

    /// <inheritdoc />
    /// <exception cref="DigestFileException">Nothing of it could be compared.</exception>
    public override void OnEnd(BusinessLogicProcessor engine, bool isWhole)
    {
        ArgumentNullException.ThrowIfNull(engine);
        if (Found is not null)
        {
            return;
        }

        if (Agreed == 0)
        {
            throw new DigestFileException(
                $"{_file.Path}: the digests, from input {_file.Header.First} to {LastOfFile}, have no input of the range, "
                + $"which ends with {engine.State.Sequence}: choose --from and --to so that they meet");
        }

        if (_line.Kind == DigestLineKind.End)
        {
            Note = engine.State.Sequence > _line.Sequence ? $"the digests end with input {_line.Sequence}: nothing behind it was compared" : null;
        }
        else if (isWhole)
        {
            PartBehind(engine.State.Sequence, $"the journal ends with input {engine.State.Sequence}, and the digests go on: one journal was cut, or it grew");
        }

        Found ??= States;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing) => _file.Dispose();

    // The line that ends the file is kept: all later inputs are behind it.
    private void Next()
    {
        if (_file.TryRead(out DigestLine line))
        {
            _line = line;
        }
    }

    // The state before the file's first input: what parts there has parted earlier.
    private void CompareHeader(BusinessLogicProcessor engine)
    {
        if (_hasBegun || Found is not null || engine.State.Sequence != _file.Header.First - 1)
        {
            return;
        }

        _hasBegun = true;
        if (engine.Outputs.Digest != _file.Header.Outputs)
        {
            Found = new Divergence(1, _file.Header.First - 1, "", OutputsDiffer(engine, _file.Header.Outputs));
            return;
        }

        CompareState(engine, _file.Header.State, []);
    }

    private void CompareRecord(uint record, BusinessLogicProcessor engine, ReadOnlySpan<byte> message)
    {
        if (record == _line.Record)
        {
            return;
        }

        string what = $"the journal's record of input {_line.Sequence} has the checksum {record:x8}, and that of the digests {_line.Record:x8}";
        if (Agreed == 0)
        {
            throw _file.Malformed(
                $"the digests are of another journal: {what}: compare a journal with its own digests, or two journals with --against <journal>");
        }

        PartAt(engine, message, $"{what}: the journals part there, and so no builds were compared");
    }

    private void CompareDigest(BusinessLogicProcessor engine, ReadOnlySpan<byte> message)
    {
        if (Found is not null)
        {
            return;
        }

        if (_line.Kind == DigestLineKind.State)
        {
            CompareState(engine, _line.Digest, message);
        }
        else if (engine.Outputs.Digest != _line.Digest)
        {
            string what = OutputsDiffer(engine, _line.Digest);
            if (message.IsEmpty)
            {
                Found = new Divergence(1, _line.Sequence, "", what);
            }
            else
            {
                PartAt(engine, message, what);
            }
        }
    }

    private void CompareState(BusinessLogicProcessor engine, ulong recorded, ReadOnlySpan<byte> message)
    {
        if (States is not null)
        {
            return;
        }

        long sequence = engine.State.Sequence;
        ulong state = engine.StateDigest();
        if (state == recorded)
        {
            _lastAgreedState = sequence;
            return;
        }

        string input = message.IsEmpty ? "" : MessagesSchema.Describe(message);
        string what = $"no output tells, and the state digests are {state:x16} here and {recorded:x16} there";
        States = new Divergence(Math.Max(1, _lastAgreedState + 1), sequence, input, what);
    }

    private string OutputsDiffer(BusinessLogicProcessor engine, ulong recorded) =>
        $"the output digests are {engine.Outputs.Digest:x16} here and {recorded:x16} there"
        + (States is { } states ? $"; the states part before it, at one of the inputs {states.First} to {states.Last}"
            : _lastAgreedState >= 0 ? $"; the states agreed last after input {_lastAgreedState}" : "");
}
