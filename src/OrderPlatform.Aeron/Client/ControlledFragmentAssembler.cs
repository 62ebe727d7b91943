namespace OrderPlatform.Aeron.Client;

/// <summary>As <see cref="FragmentAssembler{THandler}"/>, with a handler that says how the poll goes on.</summary>
/// <typeparam name="THandler">Takes the messages.</typeparam>
public class ControlledFragmentAssembler<THandler>
    where THandler : struct, IControlledFragmentHandler
{
    private readonly MessageBuilders _builders = new();
    private THandler _handler;

    /// <param name="handler">Takes the messages.</param>
    public ControlledFragmentAssembler(THandler handler) => _handler = handler;

    /// <summary>What takes the messages, with whatever it has gathered.</summary>
    public ref THandler Target => ref _handler;

    /// <summary>Takes a fragment: this is the handler to give to a controlled poll.</summary>
    public ControlledFragmentHandlerAction OnFragment(ReadOnlySpan<byte> buffer, in Header header) =>
        header.IsUnfragmented ? _handler.OnFragment(buffer, header) : Assemble(buffer, header);

    /// <inheritdoc cref="FragmentAssembler{THandler}.FreeSessionBuffer"/>
    public bool FreeSessionBuffer(int sessionId) => _builders.Remove(sessionId);

    /// <summary>Forgets everything.</summary>
    public void Clear() => _builders.Clear();

    private unsafe ControlledFragmentHandlerAction Assemble(ReadOnlySpan<byte> buffer, in Header header)
    {
        if (header.IsBegin)
        {
            _builders.Of(header.SessionId).Begin(buffer, header);
            return ControlledFragmentHandlerAction.Continue;
        }

        MessageBuilder? builder = _builders.Find(header.SessionId);
        if (builder is null || !builder.TryAppend(buffer, header) || !header.IsEnd)
            return ControlledFragmentHandlerAction.Continue;
        ControlledFragmentHandlerAction action;
        fixed (byte* frame = builder.CompleteHeader(header))
        {
            action = _handler.OnFragment(builder.Message, header.OfMessage(frame, builder.LengthInTerm));
        }

        // The last fragment comes again after an abort: the builder is as it was before it.
        if (action == ControlledFragmentHandlerAction.Abort)
            builder.TakeBack(buffer.Length, header);
        else
            builder.Reset();
        return action;
    }

    /// <summary>The assembler as a struct.</summary>
    internal readonly struct Handler(ControlledFragmentAssembler<THandler> assembler) : IControlledFragmentHandler
    {
        public ControlledFragmentHandlerAction OnFragment(ReadOnlySpan<byte> buffer, in Header header) => assembler.OnFragment(buffer, header);
    }
}

/// <summary>A controlled fragment assembler that hands messages to a delegate.</summary>
public sealed class ControlledFragmentAssembler(ControlledFragmentHandler handler)
    : ControlledFragmentAssembler<DelegateControlledFragmentHandler>(new DelegateControlledFragmentHandler(handler));
