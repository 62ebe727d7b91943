namespace OrderPlatform.Aeron.Client;

/// <summary>Takes a fragment of a message; the bytes are only there during the call.</summary>
public delegate void FragmentHandler(ReadOnlySpan<byte> buffer, in Header header);

/// <summary>As <see cref="FragmentHandler"/>, and says how the poll goes on.</summary>
public delegate ControlledFragmentHandlerAction ControlledFragmentHandler(ReadOnlySpan<byte> buffer, in Header header);

/// <summary>Takes whole frames, headers and all, of one term; the bytes are only there during the call.</summary>
public delegate void BlockHandler(ReadOnlySpan<byte> block, int sessionId, int termId);

/// <summary>A <see cref="FragmentHandler"/> as a struct: the poll is compiled for it and calls it without indirection.</summary>
public interface IFragmentHandler
{
    /// <summary>Takes a fragment of a message; the bytes are only there during the call.</summary>
    void OnFragment(ReadOnlySpan<byte> buffer, in Header header);
}

/// <summary>A <see cref="ControlledFragmentHandler"/> as a struct.</summary>
public interface IControlledFragmentHandler
{
    /// <inheritdoc cref="IFragmentHandler.OnFragment"/>
    ControlledFragmentHandlerAction OnFragment(ReadOnlySpan<byte> buffer, in Header header);
}

/// <summary>How a controlled poll goes on after a fragment.</summary>
public enum ControlledFragmentHandlerAction
{
    /// <summary>Stop, and deliver this fragment again at the next poll.</summary>
    Abort = 1,

    /// <summary>Stop after this fragment.</summary>
    Break = 2,

    /// <summary>Tell the position now, so that the publisher may go on, and continue.</summary>
    Commit = 3,

    /// <summary>Continue; the position is told at the end of the poll.</summary>
    Continue = 4,
}

/// <summary>A delegate as a struct.</summary>
public readonly struct DelegateFragmentHandler(FragmentHandler handler) : IFragmentHandler
{
    /// <inheritdoc/>
    public void OnFragment(ReadOnlySpan<byte> buffer, in Header header) => handler(buffer, header);
}

/// <inheritdoc cref="DelegateFragmentHandler"/>
public readonly struct DelegateControlledFragmentHandler(ControlledFragmentHandler handler) : IControlledFragmentHandler
{
    /// <inheritdoc/>
    public ControlledFragmentHandlerAction OnFragment(ReadOnlySpan<byte> buffer, in Header header) => handler(buffer, header);
}
