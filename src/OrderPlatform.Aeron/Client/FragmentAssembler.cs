namespace OrderPlatform.Aeron.Client;

/// <summary>
/// Puts messages together that were cut into fragments, and hands whole messages on. Messages of one fragment pass through without a copy. One
/// assembler can serve all images of a subscription: it keeps a buffer per session, until <see cref="FreeSessionBuffer"/>.
/// </summary>
/// <typeparam name="THandler">Takes the messages.</typeparam>
public class FragmentAssembler<THandler>
    where THandler : struct, IFragmentHandler
{
    private readonly MessageBuilders _builders = new();
    private THandler _handler;

    /// <param name="handler">Takes the messages.</param>
    public FragmentAssembler(THandler handler) => _handler = handler;

    /// <summary>What takes the messages, with whatever it has gathered.</summary>
    public ref THandler Target => ref _handler;

    /// <summary>Takes a fragment: this is the handler to give to a poll.</summary>
    public void OnFragment(ReadOnlySpan<byte> buffer, in Header header)
    {
        if (header.IsUnfragmented)
            _handler.OnFragment(buffer, header);
        else
            Assemble(buffer, header);
    }

    /// <summary>Forgets what there is of a session: when its image is gone.</summary>
    /// <returns>True if there was something.</returns>
    public bool FreeSessionBuffer(int sessionId) => _builders.Remove(sessionId);

    /// <summary>Forgets everything.</summary>
    public void Clear() => _builders.Clear();

    private unsafe void Assemble(ReadOnlySpan<byte> buffer, in Header header)
    {
        if (header.IsBegin)
        {
            _builders.Of(header.SessionId).Begin(buffer, header);
            return;
        }

        MessageBuilder? builder = _builders.Find(header.SessionId);
        if (builder is null || !builder.TryAppend(buffer, header) || !header.IsEnd)
            return;
        fixed (byte* frame = builder.CompleteHeader(header))
        {
            _handler.OnFragment(builder.Message, header.OfMessage(frame, builder.LengthInTerm));
        }

        builder.Reset();
    }

    /// <summary>The assembler as a struct.</summary>
    internal readonly struct Handler(FragmentAssembler<THandler> assembler) : IFragmentHandler
    {
        public void OnFragment(ReadOnlySpan<byte> buffer, in Header header) => assembler.OnFragment(buffer, header);
    }
}

/// <summary>A fragment assembler that hands messages to a delegate.</summary>
public sealed class FragmentAssembler(FragmentHandler handler) : FragmentAssembler<DelegateFragmentHandler>(new DelegateFragmentHandler(handler));
