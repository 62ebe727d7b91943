using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Receiving;

/// <summary>An image beside a naive model of it, a dictionary of bytes by position, while datagrams are lost, repeated, swapped and cut anew.</summary>
[TestFixture]
internal sealed class RebuildModelTests
{
    private const int TermLength = LogBufferDescriptor.TermLengthMin;
    private const int Bits = 16;
    private const int Mtu = 1408;
    private const int Terms = 5;

    [Test]
    public void The_image_holds_what_the_model_holds_across_terms(
        [Values(7, int.MaxValue - 1, int.MinValue, -1)] int initialTermId, [Values(1, 2, 3)] int seed)
    {
        using var run = new Run(initialTermId, seed);
        run.Go();
    }

    private sealed class Run : IDisposable
    {
        private readonly int _initialTermId;
        private readonly Random _random;
        private readonly ReceiverWorld _world = new();
        private readonly FakeTransport _transport;
        private readonly ImageUnderTest _image;
        private readonly List<(long Position, byte[] Frame, int Span)> _stream = [];
        private readonly List<byte[]> _inFlight = [];
        private readonly Dictionary<long, byte> _model = [];
        private long _contiguous;
        private long _highWaterMark;
        private long _lastStatusPosition;
        private long _limit;
        private int _next;

        public Run(int initialTermId, int seed)
        {
            _initialTermId = initialTermId;
            _random = new Random(seed);
            _image = _world.AddImage(out _transport, Frame.Setup(initialTermId));
            MakeStream();
            Answer();
        }

        public void Go()
        {
            int rounds = 0;
            while (_image.Subscriber.Position.Get() < EndOfStream)
            {
                Assert.That(rounds++, Is.LessThan(50_000), "the stream does not come to its end");
                Send();
                Deliver();
                _world.Step(TimeSpan.FromMicroseconds(50 + _random.Next(100)));
                _world.Step();
                Compare();
                if (_random.Next(3) == 0)
                    _image.Consume(_random.Next(4) == 0 ? long.MaxValue : _image.Subscriber.Position.Get() + _random.Next(20_000));
                _world.Step();
                Answer();
            }

            Assert.That(_image.Messages.Select(static message => (message.TermId, message.TermOffset, message.Payload.Length)),
                Is.EqualTo(Messages().Select(static message => (message.TermId, message.TermOffset, message.Frame.FrameLength - DataHeader.LengthBytes))));
            foreach (ImageUnderTest.Message message in _image.Messages)
            {
                byte[] sent = Frame.Data(message.TermId, message.TermOffset, message.Payload.Length);
                Assert.That(message.Payload, Is.EqualTo(sent.AsSpan(DataHeader.LengthBytes, message.Payload.Length).ToArray()));
            }

            _world.AssertGuardsAreIntact();
        }

        public void Dispose() => _world.Dispose();

        private long EndOfStream => _stream[^1].Position + _stream[^1].Span;

        private IEnumerable<DataHeader> Messages() =>
            _stream.Select(static sent => Frame.As<DataHeader>(sent.Frame)).Where(static header => header.Frame.Type == FrameType.Data);

        /// <summary>Messages of random lengths, padding where one does not fit the term.</summary>
        private void MakeStream()
        {
            long position = 0;
            while (position < Terms * TermLength)
            {
                int termId = LogPosition.TermId(position, Bits, _initialTermId);
                int offset = LogPosition.TermOffset(position, TermLength);
                int payload = _random.Next(10) < 7 ? _random.Next(200) : _random.Next(Mtu - DataHeader.LengthBytes + 1);
                int span = BitAlignment.Align(payload + DataHeader.LengthBytes, 32);
                bool fits = span <= TermLength - offset;
                span = fits ? span : TermLength - offset;
                byte[] frame = fits ? Frame.Data(termId, offset, payload) : Frame.Pad(termId, offset, span);
                _stream.Add((position, frame, span));
                position += span;
            }
        }

        /// <summary>New datagrams as far as the window allows.</summary>
        private void Send()
        {
            for (int count = _random.Next(6); count > 0 && _next < _stream.Count; count--)
            {
                int frames = Together(_next, _limit);
                if (frames == 0)
                    break;
                _inFlight.Add(Join(_next, frames));
                _next += frames;
            }

            long sent = _next == 0 ? 0 : _stream[_next - 1].Position + _stream[_next - 1].Span;
            if (_random.Next(4) == 0)
                _inFlight.Add(Frame.Heartbeat(LogPosition.TermId(sent, Bits, _initialTermId), LogPosition.TermOffset(sent, TermLength)));
        }

        /// <summary>How many frames go into one datagram: padding ends it, as does the term.</summary>
        private int Together(int first, long limit)
        {
            int frames = 0;
            int length = 0;
            int most = 1 + _random.Next(6);
            while (first + frames < _stream.Count && frames < most)
            {
                (long position, byte[] frame, int span) = _stream[first + frames];
                if (length + frame.Length > Mtu || position + frame.Length > limit)
                    break;
                length += frame.Length;
                frames++;
                if (span != frame.Length || LogPosition.TermOffset(position + span, TermLength) == 0)
                    break;
            }

            return frames;
        }

        private byte[] Join(int first, int frames) => Frame.Join([.. _stream.Skip(first).Take(frames).Select(static sent => sent.Frame)]);

        private void Deliver()
        {
            for (int count = _random.Next(8); count > 0 && _inFlight.Count > 0; count--)
            {
                int index = _random.Next(3) == 0 ? _random.Next(_inFlight.Count) : 0;
                byte[] datagram = _inFlight[index];
                if (_random.Next(10) > 0)
                    _inFlight.RemoveAt(index);
                if (_random.Next(6) == 0)
                    continue;
                _transport.Arrive(datagram, ReceiverWorld.Publisher);
                Take(datagram);
            }
        }

        /// <summary>The model takes a datagram.</summary>
        private void Take(byte[] datagram)
        {
            DataHeader header = Frame.As<DataHeader>(datagram);
            long position = LogPosition.Compute(header.TermId, header.TermOffset, Bits, _initialTermId);
            bool isHeartbeat = header.Frame.FrameLength == 0;
            if ((isHeartbeat ? position : position + datagram.Length) > _lastStatusPosition + (TermLength / 2))
                return;
            if (position < _lastStatusPosition - (isHeartbeat ? TermLength : 0))
                return;
            long end = position;
            for (int offset = 0; offset < datagram.Length && !isHeartbeat;)
            {
                DataHeader frame = Frame.As<DataHeader>(datagram.AsSpan(offset));
                int span = BitAlignment.Align(frame.Frame.FrameLength, 32);
                for (int index = 0; index < span; index++)
                {
                    _model[position + offset + index] = offset + index < datagram.Length ? datagram[offset + index] : (byte)0;
                }

                offset += span;
                end = position + offset;
            }

            _highWaterMark = Math.Max(_highWaterMark, end);
        }

        private void Compare()
        {
            while (_model.ContainsKey(_contiguous))
            {
                _contiguous++;
            }

            // One term a cycle.
            _world.Step();
            Assert.That(_image.Image.HighWaterMark, Is.EqualTo(_highWaterMark), "the high-water mark");
            Assert.That(_image.Image.RebuildPosition, Is.EqualTo(_contiguous), "the rebuild position");
            for (long position = _image.Subscriber.Position.Get(); position < _highWaterMark; position++)
            {
                UnsafeBuffer term = _image.Image.Log.Terms[LogPosition.PartitionIndex(position, Bits)];
                byte actual = term.GetByte(LogPosition.TermOffset(position, TermLength));
                if (actual != _model.GetValueOrDefault(position))
                    Assert.Fail($"byte {position} is {actual}, not {_model.GetValueOrDefault(position)}");
            }
        }

        /// <summary>The publisher hears the status messages and sends again what NAKs ask for, cut anew.</summary>
        private void Answer()
        {
            foreach ((byte[] bytes, _) in _transport.Sent)
            {
                if (Frame.TypeOf(bytes) == FrameType.StatusMessage)
                    Hear(Frame.As<StatusMessageFrame>(bytes));
                else
                    SendAgain(Frame.As<NakFrame>(bytes));
            }

            _transport.Sent.Clear();
        }

        private void Hear(in StatusMessageFrame status)
        {
            _lastStatusPosition = LogPosition.Compute(status.ConsumptionTermId, status.ConsumptionTermOffset, Bits, _initialTermId);
            _limit = Math.Max(_limit, _lastStatusPosition + status.ReceiverWindow);
        }

        private void SendAgain(in NakFrame nak)
        {
            long position = LogPosition.Compute(nak.TermId, nak.TermOffset, Bits, _initialTermId);
            Assert.That(nak.TermOffset + nak.Length, Is.LessThanOrEqualTo(TermLength), "a NAK across a term's end");
            long end = position + nak.Length;
            int index = _stream.FindIndex(sent => sent.Position == position);
            Assert.That(index, Is.GreaterThanOrEqualTo(0), "a NAK for what does not begin a frame");
            while (index < _next && _stream[index].Position < end)
            {
                int frames = Math.Max(1, Together(index, long.MaxValue));
                _inFlight.Insert(0, Join(index, frames));
                index += frames;
            }
        }
    }
}
