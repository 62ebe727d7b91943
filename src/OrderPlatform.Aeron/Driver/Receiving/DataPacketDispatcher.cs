using OrderPlatform.Aeron.Driver.Limits;
using OrderPlatform.Aeron.Driver.Media;

namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>
/// Which image a datagram belongs to, and what becomes of sessions that have none. The receiver's thread. Source: aeron_data_packet_dispatcher.c
/// of Aeron 1.52; the limits are this driver's own.
/// </summary>
internal sealed class DataPacketDispatcher(MediaDriverContext context)
{
    private readonly Dictionary<int, StreamInterest> _interests = [];
    private readonly SourceSessions _sourceSessions = new(context.SessionsPerSourceMax);
    private int _rememberedSessions;
    private int _images;
    private int _imagesInProgress;
    private PublicationImage? _lastImage;

    /// <summary>True if anybody subscribes to anything.</summary>
    public bool HasInterest => _interests.Count != 0;

    /// <summary>The image of a session; null without one.</summary>
    public PublicationImage? FindImage(int streamId, int sessionId)
    {
        // Most datagrams belong to the image that the one before belonged to.
        PublicationImage? last = _lastImage;
        if (last is not null && last.SessionId == sessionId && last.StreamId == streamId)
            return last;
        if (!_interests.TryGetValue(streamId, out StreamInterest? interest) || !interest.Images.TryGetValue(sessionId, out PublicationImage? image))
            return null;
        _lastImage = image;
        return image;
    }

    /// <summary>The interest in a stream; null when there is none.</summary>
    public StreamInterest? FindInterest(int streamId) => _interests.GetValueOrDefault(streamId);

    public void AddSubscription(int streamId)
    {
        StreamInterest interest = FindOrAdd(streamId);
        if (interest.IsAllSessions)
            return;
        interest.IsAllSessions = true;
        RemoveWhere(interest, static (_, _, session) => session.State == SessionState.NoInterest);
    }

    public void AddSubscription(int streamId, int sessionId)
    {
        StreamInterest interest = FindOrAdd(streamId);
        interest.NamedSessions.Add(sessionId);
        if (StateOf(interest, sessionId) == SessionState.NoInterest)
            RemoveSession(interest, sessionId);
    }

    /// <summary>Nobody subscribes to all sessions any more; images of sessions that nobody named are let go.</summary>
    public void RemoveSubscription(int streamId)
    {
        if (!_interests.TryGetValue(streamId, out StreamInterest? interest))
            return;
        interest.IsAllSessions = false;
        foreach (int sessionId in interest.Images.Keys.Where(sessionId => !interest.NamedSessions.Contains(sessionId)).ToArray())
        {
            DropImage(interest, sessionId);
        }

        RemoveWhere(interest, static (of, sessionId, _) => !of.NamedSessions.Contains(sessionId));
        RemoveIfOver(interest);
    }

    public void RemoveSubscription(int streamId, int sessionId)
    {
        if (!_interests.TryGetValue(streamId, out StreamInterest? interest))
            return;
        interest.NamedSessions.Remove(sessionId);
        if (!interest.IsAllSessions)
        {
            DropImage(interest, sessionId);
            RemoveSession(interest, sessionId);
        }

        RemoveIfOver(interest);
    }

    /// <summary>The conductor made it; false when nobody is interested any more.</summary>
    public bool AddImage(PublicationImage image)
    {
        if (!_interests.TryGetValue(image.StreamId, out StreamInterest? interest))
            return false;
        RemoveSession(interest, image.SessionId);
        DropImage(interest, image.SessionId);
        interest.Images.Add(image.SessionId, image);
        _images++;
        // Its source was let in when the image was asked for: no limit here.
        _sourceSessions.Add(image.SourceAddress);
        return true;
    }

    /// <summary>It is over. A stream that did not say so itself may still be sent: it cools down first.</summary>
    public void RemoveImage(PublicationImage image)
    {
        if (!_interests.TryGetValue(image.StreamId, out StreamInterest? interest))
            return;
        if (!interest.Images.TryGetValue(image.SessionId, out PublicationImage? known) || !ReferenceEquals(known, image))
            return;
        DropImage(interest, image.SessionId);
        if (!image.IsEndOfStream)
            SetSession(interest, image.SessionId, SessionState.CoolDown, image.SourceAddress);
    }

    /// <summary>A session that cooled down may come again.</summary>
    public void RemoveCoolDown(int streamId, int sessionId) => RemoveInState(streamId, sessionId, SessionState.CoolDown);

    /// <summary>The publisher did not answer: the next datagram asks again.</summary>
    public void RemovePendingSetup(int streamId, int sessionId) => RemoveInState(streamId, sessionId, SessionState.PendingSetup);

    /// <summary>The conductor may be asked again.</summary>
    public void RemoveRefused(int streamId, int sessionId) => RemoveInState(streamId, sessionId, SessionState.Refused);

    /// <summary>The conductor could not be asked for an image.</summary>
    public void RemoveImageInProgress(int streamId, int sessionId) => RemoveInState(streamId, sessionId, SessionState.InitInProgress);

    /// <summary>The conductor could not make an image: until a pending setup's time is over it is not asked again. False when it was not asked.</summary>
    public bool TryDelayImage(int streamId, int sessionId)
    {
        if (!_interests.TryGetValue(streamId, out StreamInterest? interest) || StateOf(interest, sessionId) != SessionState.InitInProgress)
            return false;
        RemoveSession(interest, sessionId);
        SetSession(interest, sessionId, SessionState.Refused, default);
        return true;
    }

    public static SessionState StateOf(StreamInterest interest, int sessionId) => interest.Sessions.GetValueOrDefault(sessionId).State;

    /// <summary>Notes that the publisher of a session is being asked for a SETUP; false when there is no room for another session.</summary>
    public bool TryMarkPending(StreamInterest interest, int sessionId, in UdpAddress source, out Refusal refusal) =>
        TryMark(interest, sessionId, SessionState.PendingSetup, source, out refusal);

    /// <summary>Notes that an image of a session is being made; false when there is no room for another.</summary>
    public bool TryMarkInProgress(StreamInterest interest, int sessionId, in UdpAddress source, out Refusal refusal)
    {
        refusal = Refusal.TooManyImages;
        return _images + _imagesInProgress < context.ImagesPerEndpointMax && TryMark(interest, sessionId, SessionState.InitInProgress, source, out refusal);
    }

    /// <summary>Notes that nobody wants a session, so that it need not be looked up again; not if there is no room.</summary>
    public void MarkNoInterest(StreamInterest interest, int sessionId)
    {
        if (_rememberedSessions < context.RememberedSessionsMax)
            SetSession(interest, sessionId, SessionState.NoInterest, default);
    }

    private bool TryMark(StreamInterest interest, int sessionId, SessionState state, in UdpAddress source, out Refusal refusal)
    {
        refusal = Refusal.TooManySessions;
        bool isNew = !interest.Sessions.ContainsKey(sessionId);
        if (isNew && _rememberedSessions >= context.RememberedSessionsMax && !TryForgetNoInterest())
            return false;
        RemoveSession(interest, sessionId);
        refusal = Refusal.TooManySessionsOfSource;
        if (!_sourceSessions.TryAdd(source))
            return false;
        SetSession(interest, sessionId, state, source);
        return true;
    }

    private void SetSession(StreamInterest interest, int sessionId, SessionState state, in UdpAddress source)
    {
        RemoveSession(interest, sessionId);
        interest.Sessions[sessionId] = new StreamInterest.Session(state, source);
        _rememberedSessions++;
        if (state == SessionState.InitInProgress)
            _imagesInProgress++;
    }

    private void RemoveSession(StreamInterest interest, int sessionId)
    {
        if (!interest.Sessions.Remove(sessionId, out StreamInterest.Session session))
            return;
        _rememberedSessions--;
        if (session.State == SessionState.InitInProgress)
            _imagesInProgress--;
        if (session.CountsForSource)
            _sourceSessions.Remove(session.Source);
    }

    private void RemoveInState(int streamId, int sessionId, SessionState state)
    {
        if (_interests.TryGetValue(streamId, out StreamInterest? interest) && StateOf(interest, sessionId) == state)
            RemoveSession(interest, sessionId);
    }

    private void RemoveWhere(StreamInterest interest, Func<StreamInterest, int, StreamInterest.Session, bool> isUnwanted)
    {
        foreach ((int sessionId, StreamInterest.Session session) in interest.Sessions.ToArray())
        {
            if (isUnwanted(interest, sessionId, session))
                RemoveSession(interest, sessionId);
        }
    }

    private bool TryForgetNoInterest()
    {
        int before = _rememberedSessions;
        foreach (StreamInterest interest in _interests.Values)
        {
            RemoveWhere(interest, static (_, _, session) => session.State == SessionState.NoInterest);
        }

        return _rememberedSessions < before;
    }

    private void DropImage(StreamInterest interest, int sessionId)
    {
        if (!interest.Images.Remove(sessionId, out PublicationImage? image))
            return;
        _lastImage = null;
        _images--;
        _sourceSessions.Remove(image.SourceAddress);
    }

    private StreamInterest FindOrAdd(int streamId)
    {
        if (_interests.TryGetValue(streamId, out StreamInterest? interest))
            return interest;
        interest = new StreamInterest(streamId);
        _interests.Add(streamId, interest);
        return interest;
    }

    private void RemoveIfOver(StreamInterest interest)
    {
        if (!interest.IsOver || interest.Images.Count != 0)
            return;
        RemoveWhere(interest, static (_, _, _) => true);
        _interests.Remove(interest.StreamId);
    }
}
