using OrderPlatform.Engine;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Runtime.Minimising;

/// <summary>
/// Feeds some of a journal's inputs to a fresh engine, numbered anew, and asks after each whether the state holds. What names an order gets the id that the
/// order has
/// here; an order that is not here gets one that no input can make.
/// </summary>
internal sealed class MinimiserTrial(InputStore inputs, Func<BusinessLogicProcessor, bool> predicate)
{
    private const ulong OrderOfInput = ClientOrderId.OrdersPerInputMax - 1;

    // The highest bit of an id's sequence: no journal is so long.
    private const ulong Gone = ((ulong)ClientOrderId.SequenceMax + 1) << 5;

    private readonly ulong[] _firstOrderIds = new ulong[inputs.Count];
    private byte[] _copy = new byte[512];

    /// <summary>Feeds inputs until the state holds.</summary>
    /// <param name="kept">Which, in order.</param>
    /// <param name="limits">The engine's bounds.</param>
    /// <param name="onInput">Told of each input as the engine gets it, or null.</param>
    /// <returns>How many were needed; 0 if it never held.</returns>
    public int Run(List<int> kept, EngineLimits limits, MinimiserInput? onInput = null)
    {
        var engine = new BusinessLogicProcessor(limits);
        int needed = 0;
        int fed = 0;
        foreach (int index in kept)
        {
            StoredInput input = inputs[index];
            ReadOnlySpan<byte> message = Translate(input);
            long sequence = ++fed;
            engine.Process(sequence, input.TimestampNanos, message);
            _firstOrderIds[index] = ClientOrderId.Make(engine.State.Shard, engine.State.Epoch, sequence, 0);
            onInput?.Invoke(input, sequence, message);
            if (predicate(engine))
            {
                needed = fed;
                break;
            }
        }

        for (int i = 0; i < fed; i++)
        {
            _firstOrderIds[kept[i]] = 0;
        }

        return needed;
    }

    private ReadOnlySpan<byte> Translate(in StoredInput input)
    {
        ReadOnlySpan<byte> message = input.Message.Span;
        if (!OrderReference.IsIn(input.TemplateId) || !OrderReference.TryRead(message, out ulong named))
        {
            return message;
        }

        if (_copy.Length < message.Length)
        {
            _copy = new byte[message.Length];
        }

        Span<byte> copy = _copy.AsSpan(0, message.Length);
        OrderReference.Write(message, Translate(named), copy);
        return copy;
    }

    private ulong Translate(ulong named)
    {
        int index = inputs.IndexOf(ClientOrderId.SequenceOf(named));
        bool isOrder = index >= 0 && inputs[index].FirstOrderId == (named & ~OrderOfInput) && _firstOrderIds[index] != 0;
        return isOrder ? _firstOrderIds[index] | (named & OrderOfInput) : named | Gone;
    }
}

/// <summary>An input as the engine of a trial gets it.</summary>
internal delegate void MinimiserInput(in StoredInput input, long sequence, ReadOnlySpan<byte> message);
