using System.CommandLine;
using System.Text;
using System.Text.Json;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Inspection.Decoding;

namespace OrderPlatform.SbeTool.CommandLine;

/// <summary>The command <c>decode</c>: prints messages from their bytes.</summary>
internal static class DecodeCommand
{
    internal static Command Create(TextWriter output, TextWriter errors, Func<Stream> input)
    {
        var schema = new Argument<FileInfo>("schema") { Description = "The SBE schema, XML" };
        var file = new Argument<string?>("file")
        {
            Description = "A file with one message after the other, each with its header; - is the standard input",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var hex = new Option<string?>("--hex") { Description = "The bytes as hexadecimal digits instead of a file; blanks are skipped" };
        var format = new Option<string>("--format") { Description = "text: indented lines; json: one object a line", DefaultValueFactory = static _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command(
            "decode",
            "Print messages of a schema. Each message ends where its last known part ends, so messages of a newer schema that appends groups or data must "
                + "come one at a time. "
            + "Exit code 0: all bytes are messages, 1: the schema is invalid or the bytes are not its messages")
        { schema, file, hex, format };
        command.SetAction(result =>
        {
            if (SchemaSource.Layout(result.GetRequiredValue(schema), errors) is not { } layout
                || Bytes(result.GetValue(file), result.GetValue(hex), input, errors) is not { } bytes)
            {
                return 1;
            }

            return result.GetValue(format) == "json" ? Print(bytes, layout, output, errors, Json) : Print(bytes, layout, output, errors, Text);
        });
        return command;
    }

    private static byte[]? Bytes(string? file, string? hex, Func<Stream> input, TextWriter errors)
    {
        if (file is null == hex is null)
        {
            errors.WriteLine("error: decode needs either a file or --hex");
            return null;
        }

        try
        {
            if (hex is not null)
            {
                return Convert.FromHexString(string.Concat(hex.Where(static character => !char.IsWhiteSpace(character))));
            }

            using Stream stream = file == "-" ? input() : File.OpenRead(file!);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.ToArray();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or FormatException)
        {
            errors.WriteLine($"{file ?? "--hex"}: error: cannot read: {problem.Message}");
            return null;
        }
    }

    private static int Print(
        byte[] bytes, SchemaLayout layout, TextWriter output, TextWriter errors, Func<DynamicDecoder, ReadOnlyMemory<byte>, TextWriter, int> print)
    {
        var decoder = new DynamicDecoder(layout);
        int offset = 0;
        long newest = 0;
        while (offset < bytes.Length)
        {
            try
            {
                int length = print(decoder, bytes.AsMemory(offset), output);
                newest = Math.Max(newest, ActingHeader.Read(layout, bytes.AsSpan(offset)).Version);
                offset += length;
            }
            catch (MessageFormatException problem)
            {
                errors.WriteLine($"error: offset {offset + problem.Offset}, in the message at {offset}: {problem.Reason}");
                if (newest > layout.Definition.Version)
                {
                    errors.WriteLine(
                        $"note: messages before are of version {newest}, the schema is version {layout.Definition.Version}: they may end later than it knows");
                }

                return 1;
            }
        }

        return 0;
    }

    private static int Text(DynamicDecoder decoder, ReadOnlyMemory<byte> bytes, TextWriter output)
    {
        var text = new StringBuilder();
        try
        {
            return decoder.Decode(bytes.Span, new TextSink(text));
        }
        finally
        {
            // What was read before a fault tells most about it.
            output.Write(text);
        }
    }

    private static int Json(DynamicDecoder decoder, ReadOnlyMemory<byte> bytes, TextWriter output)
    {
        using var buffer = new MemoryStream();
        int length;
        using (var writer = new Utf8JsonWriter(buffer))
        {
            length = decoder.Decode(bytes.Span, new JsonSink(writer));
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
        return length;
    }
}
