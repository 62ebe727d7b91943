using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OrderPlatform.Aeron.Driver.Media;

/// <summary>
/// Calls of the Linux kernel on sockets that never wait. None of them changes to the runtime's other mode (SuppressGCTransition): they end
/// within microseconds, and so the error number stays what the call left until it is read.
/// </summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class LinuxSystemCalls
{
    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int NoBufferSpace = 105;
    public const int ConnectionRefused = 111;

    private const int InvalidArgument = 22;
    private const int MessageTooLong = 90;
    private const int NetworkUnreachable = 101;
    private const int HostUnreachable = 113;
    private const string Library = "libc";

    /// <summary>The framework's name of an error number.</summary>
    public static SocketError ErrorOf(int error) => error switch
    {
        InvalidArgument => SocketError.InvalidArgument,
        MessageTooLong => SocketError.MessageSize,
        NetworkUnreachable => SocketError.NetworkUnreachable,
        HostUnreachable => SocketError.HostUnreachable,
        ConnectionRefused => SocketError.ConnectionRefused,
        _ => SocketError.SocketError,
    };

    [LibraryImport(Library, EntryPoint = "send"), SuppressGCTransition]
    public static partial nint Send(int socket, byte* bytes, nint length, int flags);

    [LibraryImport(Library, EntryPoint = "sendto"), SuppressGCTransition]
    public static partial nint SendTo(int socket, byte* bytes, nint length, int flags, byte* address, int addressLength);

    [LibraryImport(Library, EntryPoint = "sendmmsg"), SuppressGCTransition]
    public static partial int SendMany(int socket, MessageHeader* messages, uint count, int flags);

    [LibraryImport(Library, EntryPoint = "recv"), SuppressGCTransition]
    public static partial nint Receive(int socket, byte* bytes, nint length, int flags);

    [LibraryImport(Library, EntryPoint = "recvfrom"), SuppressGCTransition]
    public static partial nint ReceiveFrom(int socket, byte* bytes, nint length, int flags, byte* address, int* addressLength);

    [LibraryImport(Library, EntryPoint = "recvmmsg"), SuppressGCTransition]
    public static partial int ReceiveMany(int socket, MessageHeader* messages, uint count, int flags, void* timeout);

    [LibraryImport(Library, EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(int socket, byte* address, int addressLength);

    /// <summary><c>struct iovec</c>.</summary>
    public struct IoVector
    {
        public byte* Base;
        public nint Length;
    }

    /// <summary><c>struct mmsghdr</c> of 64-bit Linux: <c>struct msghdr</c> with its padding, then the length of the datagram.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 64)]
    public struct MessageHeader
    {
        [FieldOffset(0)]
        public byte* Name;

        [FieldOffset(8)]
        public uint NameLength;

        [FieldOffset(16)]
        public IoVector* Vectors;

        [FieldOffset(24)]
        public nint VectorCount;

        [FieldOffset(56)]
        public uint DatagramLength;
    }
}
