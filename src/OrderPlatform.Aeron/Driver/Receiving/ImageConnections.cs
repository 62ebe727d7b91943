using OrderPlatform.Aeron.Driver.Media;

namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>Where the stream of an image comes in and its answers go; several where a subscription has several destinations. The receiver's thread.</summary>
internal sealed class ImageConnections
{
    private Connection[] _connections = new Connection[1];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>One of them.</summary>
    public ref readonly Connection this[int index] => ref _connections[index];

    /// <summary>One way in.</summary>
    public struct Connection
    {
        public ReceiveDestination Destination;
        public UdpAddress SourceControlAddress;
        public long TimeOfLastActivityNs;
        public long TimeOfLastFrameNs;
        public long EndOfStreamPosition;
        public bool IsEndOfStream;

        /// <summary>Where answers go.</summary>
        public readonly UdpAddress ControlAddress => Destination.ControlAddress ?? SourceControlAddress;

        /// <summary>Answers go only where something came from not long ago.</summary>
        public readonly bool IsAlive(long nowNs, long timeoutNs) => nowNs - TimeOfLastActivityNs < timeoutNs;
    }

    /// <summary>A datagram came in: notes when, and from where if nothing came in there before.</summary>
    public void Track(ReceiveDestination destination, in UdpAddress source, long nowNs)
    {
        ref Connection connection = ref _connections[0];
        if (!ReferenceEquals(connection.Destination, destination))
        {
            // Before the array is loaded: adding may replace it.
            int index = FindOrAdd(destination, destination.ControlAddressFor(source), nowNs);
            connection = ref _connections[index];
        }

        connection.TimeOfLastActivityNs = nowNs;
        connection.TimeOfLastFrameNs = nowNs;
    }

    /// <summary>Adds a way in that no datagram came by yet.</summary>
    public void Add(ReceiveDestination destination, UdpAddress controlAddress, long nowNs) => FindOrAdd(destination, controlAddress, nowNs);

    /// <summary>The stream is over by one way; true when it is over by all.</summary>
    public bool OnEndOfStream(ReceiveDestination destination, long position, out long endOfStreamPosition)
    {
        bool isAll = true;
        endOfStreamPosition = 0;
        foreach (ref Connection connection in _connections.AsSpan(0, Count))
        {
            if (ReferenceEquals(connection.Destination, destination))
            {
                connection.IsEndOfStream = true;
                connection.EndOfStreamPosition = position;
            }

            isAll &= connection.IsEndOfStream;
            endOfStreamPosition = Math.Max(endOfStreamPosition, connection.EndOfStreamPosition);
        }

        return isAll;
    }

    /// <summary>By how many ways something came within a time.</summary>
    public int ActiveCount(long nowNs, long timeoutNs)
    {
        int count = 0;
        foreach (ref readonly Connection connection in _connections.AsSpan(0, Count))
        {
            if (connection.TimeOfLastFrameNs != 0 && nowNs - connection.TimeOfLastFrameNs < timeoutNs)
                count++;
        }

        return count;
    }

    /// <summary>A destination is gone.</summary>
    public void Remove(ReceiveDestination destination)
    {
        int index = Array.FindIndex(_connections, 0, Count, connection => ReferenceEquals(connection.Destination, destination));
        if (index < 0)
            return;
        Count--;
        _connections[index] = _connections[Count];
        _connections[Count] = default;
    }

    private int FindOrAdd(ReceiveDestination destination, in UdpAddress controlAddress, long nowNs)
    {
        for (int index = 0; index < Count; index++)
        {
            if (ReferenceEquals(_connections[index].Destination, destination))
                return index;
        }

        if (Count == _connections.Length)
            Array.Resize(ref _connections, Count * 2);
        _connections[Count] = new Connection { Destination = destination, SourceControlAddress = controlAddress, TimeOfLastActivityNs = nowNs };
        return Count++;
    }
}
