using System.Runtime.InteropServices;

namespace OrderPlatform.Benchmarks.Aeron;

/// <summary>The calls of Linux that baselines are made of: the ways to send and take one datagram that a transport could choose from.</summary>
internal static unsafe partial class SocketCalls
{
    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "sendto")]
    public static partial nint SendTo(int socket, byte* bytes, nint length, int flags, byte* address, int addressLength);

    [LibraryImport(Library, EntryPoint = "recvfrom")]
    public static partial nint ReceiveFrom(int socket, byte* bytes, nint length, int flags, byte* address, int* addressLength);

    [LibraryImport(Library, EntryPoint = "sendto"), SuppressGCTransition]
    public static partial nint SendToAtOnce(int socket, byte* bytes, nint length, int flags, byte* address, int addressLength);

    [LibraryImport(Library, EntryPoint = "recvfrom"), SuppressGCTransition]
    public static partial nint ReceiveFromAtOnce(int socket, byte* bytes, nint length, int flags, byte* address, int* addressLength);

    [LibraryImport(Library, EntryPoint = "send"), SuppressGCTransition]
    public static partial nint SendAtOnce(int socket, byte* bytes, nint length, int flags);

    [LibraryImport(Library, EntryPoint = "recv"), SuppressGCTransition]
    public static partial nint ReceiveAtOnce(int socket, byte* bytes, nint length, int flags);

    [LibraryImport(Library, EntryPoint = "sendmmsg"), SuppressGCTransition]
    public static partial int SendManyAtOnce(int socket, MessageHeader* messages, uint count, int flags);

    [LibraryImport(Library, EntryPoint = "recvmmsg"), SuppressGCTransition]
    public static partial int ReceiveManyAtOnce(int socket, MessageHeader* messages, uint count, int flags, void* timeout);

    /// <summary><c>struct mmsghdr</c> of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 64)]
    public struct MessageHeader
    {
        [FieldOffset(0)]
        public byte* Name;

        [FieldOffset(8)]
        public uint NameLength;

        [FieldOffset(16)]
        public nint* Vectors;

        [FieldOffset(24)]
        public nint VectorCount;
    }
}
