using System.Reflection;
using System.Text;
using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Checking;

namespace OrderPlatform.Runtime.Inputs;

/// <summary>The control records with which a live run or a backtest begins and ends what it writes.</summary>
internal static class RunMarks
{
    private const int BuildLengthMax = 160;

    private static readonly byte[] Build = Shorten(Encoding.UTF8.GetBytes(BuildOf(typeof(BusinessLogicProcessor).Assembly)));

    /// <summary>Says by which rules what follows was decided, and how the simulated venues behave.</summary>
    public static void Begin(JournalWriter journal, long timestampNanos, IReadOnlyList<VenueSettings> venues)
    {
        Span<byte> message = stackalloc byte[RuleSetEncoder.MinEncodedLength + BuildLengthMax];
        var e = RuleSetEncoder.WrapForEncodeAndApplyHeader(message);
        e.Version = EngineRules.Version;
        e.SetBuild(Build);
        journal.Append(journal.AppendedSequence, timestampNanos, RuleSetEncoder.TemplateId, JournalFlags.Control, message[..e.EncodedLengthSoFar]);
        foreach (VenueSettings venue in venues)
        {
            venue.Append(journal, timestampNanos);
        }
    }

    /// <summary>Ends with the digests and the word that nothing was cut short.</summary>
    public static void End(JournalWriter journal, BusinessLogicProcessor engine, long timestampNanos)
    {
        Checkpoints.Append(journal, EngineDigests.Of(engine), timestampNanos);
        Span<byte> message = stackalloc byte[CleanShutdownEncoder.EncodedLength];
        var e = CleanShutdownEncoder.WrapForEncodeAndApplyHeader(message);
        e.Sequence = (ulong)engine.State.Sequence;
        e.TimestampNanos = engine.State.NowNanos;
        journal.Append(engine.State.Sequence, timestampNanos, CleanShutdownEncoder.TemplateId, JournalFlags.Control, message);
    }

    private static string BuildOf(Assembly engine) =>
        $"{engine.GetName().Name} {engine.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "of an unknown version"}, module {engine.ManifestModule.ModuleVersionId:n}";

    private static byte[] Shorten(byte[] text) => text.Length <= BuildLengthMax ? text : text[..BuildLengthMax];
}
