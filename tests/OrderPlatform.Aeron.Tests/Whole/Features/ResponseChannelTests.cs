using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.CommandAndControl.Counters;

namespace OrderPlatform.Aeron.Tests.Whole.Features;

/// <summary>Questions of several clients on one channel, and to each its own answers.</summary>
[TestFixture]
internal sealed class ResponseChannelTests
{
    private const string Requests = "aeron:udp?endpoint=127.0.0.1:20250";
    private const string Responses = "aeron:udp?control-mode=response|control=127.0.0.1:20251";

    [Test]
    public void Two_clients_at_once_get_each_their_own_answers()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode serverNode = world.Add(1);
        var server = new Server(serverNode);
        var asker = new Asker(world.Add(2), 1);
        var other = new Asker(world.Add(3), 1001);
        world.StepUntil(
            () =>
            {
                server.Work();
                return asker.IsConnected && other.IsConnected && server.IsConnectedWith(2);
            },
            TimeSpan.FromSeconds(5),
            "both have their way to and fro");
        world.StepUntil(
            () =>
            {
                asker.Ask();
                other.Ask();
                server.Work();
                return asker.Read() >= 100 && other.Read() >= 100;
            },
            TimeSpan.FromSeconds(10),
            "a hundred answers each");
        Assert.That(asker.Node.Errors() + other.Node.Errors() + serverNode.Errors(), Is.Empty);

        // One goes; the other is not disturbed.
        asker.Node.Client.Dispose();
        long before = other.Read();
        world.Wait(TimeSpan.FromSeconds(15));
        world.StepUntil(
            () =>
            {
                other.Ask();
                server.Work();
                return other.Read() >= before + 50;
            },
            TimeSpan.FromSeconds(5),
            "the other goes on");
        server.Close();
        world.CloseAndCheckNothingIsLeft(serverNode, asker.Node, other.Node);
    }

    [Test]
    public void Questions_are_answered_inside_the_machine_too()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        Subscription questions = node.Client.AddSubscription("aeron:ipc", 1);
        Subscription[] answers = [.. Enumerable.Range(0, 2).Select(_ => node.Client.AddSubscription("aeron:ipc?control-mode=response", 2))];
        Publication[] asking = [.. answers.Select(waiting => node.Client.AddPublication($"aeron:ipc?response-correlation-id={waiting.RegistrationId}", 1))];
        Publication stranger = node.Client.AddPublication("aeron:ipc", 2);
        world.StepUntil(() => questions.ImageCount == 2, TimeSpan.FromSeconds(1), "both ask");
        Assert.That(stranger.IsConnected || answers[0].IsConnected || answers[1].IsConnected, Is.False, "nobody has answered yet");
        for (int index = 0; index < asking.Length; index++)
        {
            long image = questions.ImageBySessionId(asking[index].SessionId)!.CorrelationId;
            Publication answering = node.Client.AddPublication($"aeron:ipc?control-mode=response|response-correlation-id={image}", 2);
            world.Connect(answering, answers[index]);
            Assert.That(answers[index].Images[0].SessionId, Is.EqualTo(answering.SessionId));
            Assert.That(answers[index].ImageCount, Is.EqualTo(1));
            world.Pass(answering, 20, index, answers[index]);
        }

        Assert.That(stranger.IsConnected, Is.False);
        world.CloseAndCheckNothingIsLeft(node);
    }

    [Test]
    public void A_subscription_for_answers_gets_no_other_stream()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        Subscription answers = node.Client.AddSubscription(Responses, 2);
        AeronNode stranger = world.Add(2);
        string local = node.Counters().Single(static counter => counter.TypeId == CounterTypes.LocalSocketAddress).Label.Split(' ')[^1];
        stranger.Client.AddPublication($"aeron:udp?endpoint=127.0.0.1:{local.Split(':')[^1]}", 2);
        world.StepFor(TimeSpan.FromSeconds(3));
        Assert.That(answers.IsConnected, Is.False);
    }

    /// <summary>Asks numbers, and takes those plus a thousand for the answers.</summary>
    private sealed class Asker
    {
        private readonly Subscription _answers;
        private readonly Publication _questions;
        private readonly int _first;
        private int _asked;
        private int _answered;

        public Asker(AeronNode node, int first)
        {
            Node = node;
            _first = first;
            _answers = node.Client.AddSubscription(Responses, 2);
            _questions = node.Client.AddPublication($"{Requests}|response-correlation-id={_answers.RegistrationId}", 1);
        }

        public AeronNode Node { get; }

        public bool IsConnected => _answers.IsConnected && _questions.IsConnected;

        public void Ask()
        {
            if (_asked - _answered < 8 && _questions.Offer(BitConverter.GetBytes(_first + _asked)) > 0)
                _asked++;
        }

        public int Read()
        {
            _answers.Poll(
                (message, in header) =>
                {
                    Assert.That(BitConverter.ToInt32(message), Is.EqualTo(-(_first + _answered)));
                    _answered++;
                },
                16);
            Assert.That(_answers.ImageCount, Is.LessThanOrEqualTo(1));
            return _answered;
        }
    }

    private sealed class Server
    {
        private readonly AeronNode _node;
        private readonly Subscription _questions;
        private readonly Dictionary<long, Publication> _answers = [];
        private readonly Queue<(long Image, int Answer)> _toSend = new();

        public Server(AeronNode node)
        {
            _node = node;
            _questions = node.Client.AddSubscription(Requests, 1);
        }

        public bool IsConnectedWith(int count) => _answers.Count == count && _answers.Values.All(static publication => publication.IsConnected);

        public void Work()
        {
            foreach (Image image in _questions.Images.Where(image => !_answers.ContainsKey(image.CorrelationId)))
            {
                _answers.Add(image.CorrelationId, _node.Client.AddPublication($"{Responses}|response-correlation-id={image.CorrelationId}", 2));
            }

            foreach (Image image in _questions.Images)
            {
                image.Poll((message, in header) => _toSend.Enqueue((header.Image.CorrelationId, -BitConverter.ToInt32(message))), 8);
            }

            while (_toSend.TryPeek(out (long Image, int Answer) next))
            {
                // Whoever is gone gets no answer any more.
                long result = _answers[next.Image].Offer(BitConverter.GetBytes(next.Answer));
                if (result < 0 && _questions.Images.Any(image => image.CorrelationId == next.Image))
                    break;
                _toSend.Dequeue();
            }
        }

        public void Close()
        {
            foreach (Publication publication in _answers.Values)
            {
                publication.Dispose();
            }
        }
    }
}
