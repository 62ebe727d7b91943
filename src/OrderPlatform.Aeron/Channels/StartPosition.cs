using OrderPlatform.Aeron.LogBuffers;

namespace OrderPlatform.Aeron.Channels;

/// <summary>Where a stream begins: <c>init-term-id</c>, <c>term-id</c> and <c>term-offset</c>, which only come together.</summary>
public readonly record struct StartPosition(int InitialTermId, int TermId, int TermOffset)
{
    /// <summary>Reads the three keys; null when the URI has none of them. An offset at the end of a term is the start of the next.</summary>
    internal static StartPosition? Read(ChannelUri uri, int termLength)
    {
        int? initialTermId = uri.GetInt(ChannelKeys.InitialTermId);
        int? termId = uri.GetInt(ChannelKeys.TermId);
        long? termOffset = uri.GetLong(ChannelKeys.TermOffset);
        if (initialTermId is null && termId is null && termOffset is null)
            return null;
        if (initialTermId is null || termId is null || termOffset is null)
            throw ChannelRules.Refused(uri, "does not have 'init-term-id', 'term-id' and 'term-offset' together: give all three or none");
        int termCount = unchecked(termId.Value - initialTermId.Value);
        if (termCount < 0)
            throw ChannelRules.Refused(uri, $"has 'term-id={termId}' more than 2^31 - 1 after 'init-term-id={initialTermId}'");
        if (termOffset < 0 || termOffset > termLength || termOffset % LogBufferDescriptor.FrameAlignment != 0)
            throw ChannelRules.Refused(uri, $"has 'term-offset={termOffset}': needed is a multiple of 32 from 0 to the term length of {termLength}");
        if (termOffset < termLength)
            return new StartPosition(initialTermId.Value, termId.Value, (int)termOffset.Value);
        return termCount < int.MaxValue
            ? new StartPosition(initialTermId.Value, unchecked(termId.Value + 1), 0)
            : throw ChannelRules.Refused(uri, "begins at the end of the last term that a stream can have");
    }
}
