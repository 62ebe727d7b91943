using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using OrderPlatform.Benchmarks.Aeron;
using OrderPlatform.HdrHistogram;

namespace OrderPlatform.Benchmarks.Doors;

/// <summary>
/// What the machine itself takes for the way: a datagram of 192 bytes to another thread that spins, and from there back, on bare sockets of the
/// loopback, at the same rate and by the same kind of schedule. As many ways through the kernel as a signal and its order have, and nothing else.
/// </summary>
internal static unsafe class BareUdp
{
    private const int DatagramBytes = 192;
    private const int BufferBytes = 8 << 20;
    private const int LingerMillis = 200;

    /// <summary>Runs it.</summary>
    /// <param name="rate">Datagrams a second.</param>
    /// <param name="count">How many.</param>
    /// <returns>Nanoseconds since each was due; datagrams that the kernel dropped are not in it.</returns>
    public static LongHistogram Run(int rate, int count)
    {
        using Socket first = Bound();
        using Socket second = Bound();
        first.Connect(second.LocalEndPoint!);
        second.Connect(first.LocalEndPoint!);
        var times = new LongHistogram(60_000_000_000, 3);
        bool isEnding = false;
        var echo = new Thread(() => Echo((int)second.Handle, ref isEnding)) { IsBackground = true, Name = "echo" };
        echo.Start();
        byte* bytes = (byte*)NativeMemory.AllocZeroed(DatagramBytes);
        int socket = (int)first.Handle;
        long began = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 1_000);
        int received = 0;
        for (int number = 0; number < count; number++)
        {
            long due = began + (long)((Int128)number * Stopwatch.Frequency / rate);
            while (Stopwatch.GetTimestamp() < due)
                received += Take(socket, bytes, times);
            *(long*)bytes = due;
            _ = SocketCalls.SendAtOnce(socket, bytes, DatagramBytes, 0);
        }

        long end = Environment.TickCount64 + LingerMillis;
        while (received < count && Environment.TickCount64 < end)
            received += Take(socket, bytes, times);
        Volatile.Write(ref isEnding, true);
        echo.Join();
        NativeMemory.Free(bytes);
        return times;
    }

    private static int Take(int socket, byte* bytes, LongHistogram times)
    {
        if (SocketCalls.ReceiveAtOnce(socket, bytes, DatagramBytes, 0) < 0)
            return 0;
        times.RecordValue(Math.Max(0, Stopwatch.GetTimestamp() - *(long*)bytes) * 1_000_000_000 / Stopwatch.Frequency);
        return 1;
    }

    private static void Echo(int socket, ref bool isEnding)
    {
        byte* bytes = stackalloc byte[DatagramBytes];
        while (!Volatile.Read(ref isEnding))
        {
            if (SocketCalls.ReceiveAtOnce(socket, bytes, DatagramBytes, 0) > 0)
                _ = SocketCalls.SendAtOnce(socket, bytes, DatagramBytes, 0);
        }
    }

    private static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
        {
            Blocking = false,
            ReceiveBufferSize = BufferBytes,
            SendBufferSize = BufferBytes,
        };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}
