using System.Runtime.CompilerServices;

// Methods that work on rows have hundreds of bytes of locals, all assigned before they are read, as the compiler proves. Zeroing them first took a tenth of an input's
// time. Memory from stackalloc is not zeroed either: whoever takes it clears it.
[module: SkipLocalsInit]
