using OrderPlatform.Runtime.Links;

namespace OrderPlatform.Runtime.Tests.Linked;

/// <summary>The requests that wait for a gateway, beside a queue.</summary>
[TestFixture]
internal sealed class RetainedRequestsTests
{
    [Test]
    public void They_are_what_a_queue_has_and_a_refusal_means_that_there_is_no_room([Range(1, 40)] int seed)
    {
        var random = new Random(seed);
        int countMax = 1 << random.Next(1, 6);
        int bytesMax = random.Next(40, 400);
        var requests = new RetainedRequests(countMax, bytesMax);
        var naive = new Queue<(ulong Number, byte[] Message, RequestCause Cause)>();
        ulong last = 0;
        for (int step = 0; step < 2_000; step++)
        {
            if (random.Next(3) > 0)
            {
                byte[] message = new byte[random.Next(1, 30)];
                random.NextBytes(message);
                var cause = new RequestCause(step, (ushort)(step % 7), (ulong)random.Next(2));
                if (requests.HasRoom(message.Length))
                {
                    requests.Add(cause, message);
                    naive.Enqueue((++last, message, cause));
                }
                else
                {
                    // Behind the newest or at the front: a gap at the end of the ring is all that may be lost.
                    int kept = naive.Sum(static one => one.Message.Length);
                    Assert.That(naive.Count == countMax || kept + (2 * 30) > bytesMax / 2, Is.True, $"seed {seed}, step {step}: {naive.Count} of {countMax}, {kept} of {bytesMax} bytes");
                    Assert.That(() => requests.Add(cause, message), Throws.InvalidOperationException);
                }
            }
            else if (naive.Count > 0)
            {
                ulong done = naive.Peek().Number + (ulong)random.Next(naive.Count);
                requests.Forget(done);
                while (naive.Count > 0 && naive.Peek().Number <= done)
                {
                    naive.Dequeue();
                }
            }

            Assert.That((requests.Last, requests.Count), Is.EqualTo((last, naive.Count)), $"seed {seed}, step {step}");
            foreach ((ulong number, byte[] message, RequestCause cause) in naive)
            {
                Assert.That(requests.Get(number).SequenceEqual(message) && requests.Cause(number) == cause, Is.True, $"seed {seed}, step {step}: request {number}");
            }
        }
    }

    [Test]
    public void What_is_done_twice_or_too_far_changes_nothing()
    {
        var requests = new RetainedRequests(4, 100);
        requests.Add(default, "one"u8);
        requests.Forget(9);
        requests.Forget(1);
        requests.Add(default, "two"u8);
        requests.Forget(1);
        Assert.That((requests.Last, requests.Done, requests.Count), Is.EqualTo((2UL, 1UL, 1)));
        Assert.That(requests.Get(2).SequenceEqual("two"u8), Is.True);
    }
}
