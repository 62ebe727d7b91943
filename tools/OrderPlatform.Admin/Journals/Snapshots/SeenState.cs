using System.Buffers;
using OrderPlatform.Admin.TimeTravel;
using OrderPlatform.Engine;
using OrderPlatform.Engine.Snapshots;
using OrderPlatform.Host.Commands;
using OrderPlatform.Journal.Snapshots;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Admin.Journals.Snapshots;

/// <summary>A state as a snapshot's bytes: of a place of a journal, or of a file.</summary>
/// <param name="What">The place or the file, as it is told.</param>
/// <param name="Content">What an engine captured.</param>
/// <param name="Engine">The engine that has it; null if this build cannot restore it.</param>
internal sealed record SeenState(string What, ReadOnlyMemory<byte> Content, BusinessLogicProcessor? Engine)
{
    /// <summary>The word for the last input.</summary>
    public const string End = "end";

    /// <summary>Why there is no engine, or null.</summary>
    public string? Refusal { get; private init; }

    /// <summary>Reads what a person named.</summary>
    /// <param name="past">The journal.</param>
    /// <param name="text">A snapshot's file, a sequence, a time, or <c>end</c>.</param>
    /// <exception cref="ArgumentException">It is none of them, or the journal ends before the place.</exception>
    /// <exception cref="SnapshotFileException">The file is damaged.</exception>
    public static SeenState Read(OpenPast past, string text)
    {
        if (File.Exists(text))
        {
            return OfFile(text);
        }

        if (text == End)
        {
            past.Engine.GoToEnd();
        }
        else if (ReplayPlace.TryParse(text, out ReplayPlace place))
        {
            past.GoTo(place);
        }
        else
        {
            throw new ArgumentException($"'{text}' is no file of a snapshot, and no place: give a sequence from 1, a time (2025-01-20T07:30:00Z), {End}, or a file");
        }

        var sink = new ArrayBufferWriter<byte>(1 << 16);
        past.Engine.Engine.Capture(sink);

        // The next place may move the engine on.
        return new SeenState($"after input {past.Engine.Sequence}", sink.WrittenMemory, BusinessLogicProcessor.Restore(sink.WrittenSpan));
    }

    private static SeenState OfFile(string file)
    {
        StoredSnapshot snapshot = SnapshotSearch.Read(file, SnapshotReplay.Options, out SkippedSnapshot? skipped)
            ?? throw new SnapshotFileException($"{file} {skipped!.Reason}: take another snapshot, or name a place of the journal");
        try
        {
            return new SeenState(file, snapshot.Content, BusinessLogicProcessor.Restore(snapshot.Content.Span));
        }
        catch (SnapshotException refusal)
        {
            return new SeenState(file, snapshot.Content, null) { Refusal = refusal.Message };
        }
    }
}
