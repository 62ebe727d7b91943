using OrderPlatform.Engine.Orders;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Runtime.Minimising;

/// <summary>
/// The inputs from which a minimised journal is made, in memory. At most so many: then the older half of what is no configuration makes room, as what led to a
/// state
/// is mostly near it.
/// </summary>
internal sealed class InputStore(int inputsMax)
{
    private readonly Chain _configuration = new();
    private Chain _others = new();
    private List<StoredInput> _inputs = [];

    /// <summary>Inputs in it.</summary>
    public int Count => _inputs.Count;

    /// <summary>Whether some made room.</summary>
    public bool IsCut { get; private set; }

    /// <summary>An input, in order of sequences.</summary>
    public StoredInput this[int index] => _inputs[index];

    /// <summary>Whether an input of a template is kept whatever happens: the start and the configuration.</summary>
    public static bool IsConfiguration(ushort templateId) => templateId is EpochStartDecoder.TemplateId
        or (>= VenueConfigurationDecoder.TemplateId and <= ExitConfigurationDecoder.TemplateId)
        or RateBudgetConfigurationDecoder.TemplateId or BreakerConfigurationDecoder.TemplateId;

    /// <summary>Adds an input.</summary>
    /// <param name="record">Its record.</param>
    /// <param name="shard">The engine's shard after it.</param>
    /// <param name="epoch">The engine's epoch after it.</param>
    public void Add(in JournalRecord record, int shard, int epoch)
    {
        if (_inputs.Count == inputsMax)
        {
            MakeRoom();
        }

        ReadOnlySpan<byte> message = JournaledInput.MessageOf(record);
        Chain chain = IsConfiguration(record.TemplateId) ? _configuration : _others;
        ReadOnlyMemory<byte> kept = chain.Add(message);
        _inputs.Add(new StoredInput(record.Sequence, record.TimestampNanos, record.TemplateId, ClientOrderId.Make(shard, epoch, record.Sequence, 0), kept));
    }

    /// <summary>Where an input is; negative if it is not here.</summary>
    public int IndexOf(long sequence)
    {
        (int low, int high) = (0, _inputs.Count - 1);
        while (low <= high)
        {
            int middle = (low + high) / 2;
            switch (_inputs[middle].Sequence.CompareTo(sequence))
            {
                case 0: return middle;
                case < 0: low = middle + 1; break;
                default: high = middle - 1; break;
            }
        }

        return -1;
    }

    private void MakeRoom()
    {
        IsCut = true;
        var kept = new List<StoredInput>(inputsMax);
        var chain = new Chain();
        for (int index = 0; index < _inputs.Count; index++)
        {
            StoredInput input = _inputs[index];
            if (IsConfiguration(input.TemplateId))
            {
                kept.Add(input);
            }
            else if (index >= _inputs.Count / 2)
            {
                kept.Add(input with { Message = chain.Add(input.Message.Span) });
            }
        }

        if (kept.Count == inputsMax)
        {
            throw new MinimiserException($"the journal has more than {inputsMax} inputs of configuration before the predicate holds: minimise a journal with fewer starts");
        }

        (_inputs, _others) = (kept, chain);
    }

    // Messages one behind the other in blocks: an array for each would cost more than it holds.
    private sealed class Chain
    {
        private const int BlockBytes = 1 << 20;

        private byte[] _block = [];
        private int _used;

        public ReadOnlyMemory<byte> Add(ReadOnlySpan<byte> message)
        {
            if (message.Length > _block.Length - _used)
            {
                _block = new byte[Math.Max(BlockBytes, message.Length)];
                _used = 0;
            }

            Memory<byte> room = _block.AsMemory(_used, message.Length);
            message.CopyTo(room.Span);
            _used += message.Length;
            return room;
        }
    }
}

/// <summary>An input of the journal that is cut down.</summary>
/// <param name="Sequence">Its sequence there.</param>
/// <param name="TimestampNanos">Its time.</param>
/// <param name="TemplateId">What it is.</param>
/// <param name="FirstOrderId">The id of the first order that it made there, if it made one.</param>
/// <param name="Message">The message without an origin.</param>
internal readonly record struct StoredInput(long Sequence, long TimestampNanos, ushort TemplateId, ulong FirstOrderId, ReadOnlyMemory<byte> Message);
