using System.Globalization;
using System.Text;
using System.Text.Json;
using OrderPlatform.Analytics;
using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Runtime.Auditing;

/// <summary>
/// Writes one client's part of a journal as a file that a third party can check without the rest (N12): two replays, one to learn what the client uses and what the engine's
/// digests are at the end, one to write.
/// </summary>
public sealed class AuditExport : IReplayObserver
{
    /// <summary>Format of the file.</summary>
    public const string Format = "order-platform-audit-1";

    private readonly uint _client;
    private readonly AuditChain? _chain;
    private readonly ReplayRange _range;
    private readonly ClientOwnership _owners;
    private readonly AuditFields _fields;
    private long _first;
    private string _name = "";

    private AuditExport(uint client, ReplayRange range, AuditChain? chain, AuditExport? learnt)
    {
        _client = client;
        _range = range;
        _chain = chain;
        _owners = new ClientOwnership(client);
        _fields = new AuditFields(_owners);
        if (learnt is not null)
        {
            _owners.Seed(learnt._owners);
        }
    }

    /// <summary>Writes the file.</summary>
    /// <param name="journal">Folder of the journal.</param>
    /// <param name="reading">How it is read.</param>
    /// <param name="range">The client and the range.</param>
    /// <param name="output">Where to.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="AuditException">There is no such client, or no input in the range.</exception>
    /// <exception cref="JournalException">The journal is damaged or its begin is gone.</exception>
    /// <exception cref="ReplayDivergenceException">This build does not do what the one did that wrote the journal.</exception>
    public static AuditSummary Write(string journal, JournalReaderOptions reading, AuditRange range, Stream output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(range);
        var wanted = new ReplayRange(range.From, range.To);
        var learnt = new AuditExport(range.Client, wanted, null, null);
        BusinessLogicProcessor engine = Replay(journal, reading, wanted.To, learnt, cancellation);
        long last = engine.State.Sequence;
        if (!engine.State.Clients.TryFind(range.Client, out _))
        {
            throw new AuditException($"the journal has no client {range.Client} by input {last}: `clients` lists them");
        }

        if (learnt._first == 0)
        {
            throw new AuditException($"the range has no input: the journal ends with input {last}; choose --from and --to within it");
        }

        (string rules, string build) = RulesOf(journal, reading);
        using var chain = new AuditChain(output);
        chain.Write(json => WriteHeader(json, engine, learnt, rules, build));
        var writer = new AuditExport(range.Client, wanted, chain, learnt);
        Replay(journal, reading, ReplayPlace.AtSequence(last), writer, cancellation);
        cancellation.ThrowIfCancellationRequested();
        long entries = chain.Count - 1;
        string head = chain.Head;
        chain.Write(json =>
        {
            json.WriteString("kind", "trailer");
            json.WriteNumber("entries", entries);
            json.WriteString("head", head);
        });
        return new AuditSummary(entries, learnt._first, last, chain.Head);
    }

    /// <inheritdoc />
    public void OnBegin(BusinessLogicProcessor engine, JournalReader journal)
    {
    }

    /// <inheritdoc />
    public bool OnInput(BusinessLogicProcessor engine, JournalReader journal, ReadOnlySpan<byte> message)
    {
        ArgumentNullException.ThrowIfNull(engine);
        EngineState state = engine.State;
        if (ClientConfigurationDecoder.TryWrap(message, out ClientConfigurationDecoder configured) && configured.ClientId == _client)
        {
            _name = Encoding.ASCII.GetString(configured.Name.TrimEnd((byte)0));
        }

        _owners.LearnAccount(message);
        _owners.Learn(engine.Outputs);
        if (!_range.IsReachedBy(state.Sequence, state.NowNanos))
        {
            return true;
        }

        _first = _first == 0 ? state.Sequence : _first;
        if (_chain is not null)
        {
            WriteInput(engine, message);
        }

        return true;
    }

    private void WriteInput(BusinessLogicProcessor engine, ReadOnlySpan<byte> message)
    {
        MessageHeader.TryRead(message, out MessageHeader header);
        Belonging input = InputBelonging.Of(engine.State, _owners, message);
        Add(engine.State, message, input, "input");
        for (int i = 0; i < engine.Outputs.Count; i++)
        {
            ReadOnlySpan<byte> output = engine.Outputs[i];
            Add(engine.State, output, OutputBelonging.Of(engine.State, _owners, output, header.TemplateId, input), "output");
        }
    }

    private void Add(EngineState state, ReadOnlySpan<byte> message, Belonging belonging, string source)
    {
        if (belonging == Belonging.None)
        {
            return;
        }

        byte[] copy = message.ToArray();
        _chain!.Write(json =>
        {
            json.WriteString("sequence", Text(state.Sequence));
            json.WriteString("time", TimeText.Iso(state.NowNanos));
            json.WriteString("kind", Explaining.MessageFields.NameOf(copy));
            json.WriteString("source", source);
            json.WriteBoolean("shared", belonging == Belonging.Shared);
            json.WritePropertyName("fields");
            _fields.Write(json, state, copy, belonging);
        });
    }

    private static void WriteHeader(Utf8JsonWriter json, BusinessLogicProcessor engine, AuditExport learnt, string rules, string build)
    {
        json.WriteString("kind", "header");
        json.WriteString("format", Format);
        json.WriteString("clientId", Text(learnt._client));
        json.WriteString("client", learnt._name);
        json.WriteString("shard", Text(engine.State.Shard));
        json.WriteString("schema", $"{Text(MessagesSchema.SchemaId)}.{Text(MessagesSchema.Version)}");
        json.WriteString("firstSequence", Text(learnt._first));
        json.WriteString("lastSequence", Text(engine.State.Sequence));
        json.WriteString("lastTime", TimeText.Iso(engine.State.NowNanos));
        json.WriteString("rules", rules);
        json.WriteString("build", build);
        json.WriteString("outputsDigest", engine.Outputs.Digest.ToString("x16", CultureInfo.InvariantCulture));
        json.WriteString("stateDigest", engine.StateDigest().ToString("x16", CultureInfo.InvariantCulture));
    }

    private static BusinessLogicProcessor Replay(
        string journal, JournalReaderOptions reading, ReplayPlace? to, AuditExport observer, CancellationToken cancellation)
    {
        using EngineStart start = EngineStart.First(journal, reading);
        var runner = new ReplayRunner(start) { Range = new ReplayRange(null, to), Observers = [observer] };
        runner.Run(null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return runner.Engine;
    }

    // The first word of who decided; a journal that has none says so.
    private static (string Rules, string Build) RulesOf(string journal, JournalReaderOptions reading)
    {
        using JournalReader reader = JournalReader.Open(journal, reading with { FromSequence = 0 });
        while (reader.TryRead(out JournalRecord record) && record.Sequence <= 1)
        {
            if (record.IsControl && RuleSetDecoder.TryWrap(record.Payload, out RuleSetDecoder rules))
            {
                return (Text(rules.Version), Encoding.UTF8.GetString(rules.GetBuild()));
            }
        }

        return ("unknown", "unknown");
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
