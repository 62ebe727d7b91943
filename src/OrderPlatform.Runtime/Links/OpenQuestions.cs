namespace OrderPlatform.Runtime.Links;

/// <summary>
/// Questions about orders in doubt that are on their way to a gateway, or whose answer is on its way back. The engine asks again while it hears nothing; on a
/// link that loses nothing a second question is not only needless: its answer would be older than what the first answer made the engine send, and say that the
/// venue does not know an order that is right behind it. So a question leaves only if the engine had processed the last answer when it asked.
/// </summary>
internal sealed class OpenQuestions
{
    private const int Max = 65_536;

    private readonly Dictionary<ulong, Question> _questions = [];
    private readonly Queue<(ulong Report, ulong Order)> _answered = new();

    private record struct Question(ulong Request, ulong Report, long Sequence, long DoneTicks);

    /// <summary>Whether a question may leave.</summary>
    /// <param name="order">The order.</param>
    /// <param name="inputSequence">The input that made the engine ask.</param>
    /// <param name="done">The last request that the gateway has done.</param>
    /// <param name="isOverdue">Whether the answer to a question that was done at those ticks should have come; a venue in an outage gives none.</param>
    /// <param name="nowTicks">Now.</param>
    public bool MayLeave(ulong order, long inputSequence, ulong done, Func<long, bool> isOverdue, long nowTicks)
    {
        if (!_questions.TryGetValue(order, out Question open))
        {
            return true;
        }

        if (open.Report != 0)
        {
            return open.Sequence != 0 && inputSequence >= open.Sequence;
        }

        if (open.Request > done)
        {
            return false;
        }

        if (open.DoneTicks != 0)
        {
            return isOverdue(open.DoneTicks);
        }

        _questions[order] = open with { DoneTicks = nowTicks };
        return false;
    }

    /// <summary>A question leaves.</summary>
    public void Ask(ulong order, ulong request)
    {
        if (_questions.Count >= Max)
        {
            Forget();
        }

        _questions[order] = new Question(request, 0, 0, 0);
    }

    /// <summary>Its answer has been put into the input ring.</summary>
    public void Answer(ulong order, ulong report)
    {
        if (_questions.TryGetValue(order, out Question open))
        {
            _questions[order] = open with { Report = report, Sequence = 0 };
            _answered.Enqueue((report, order));
        }
    }

    /// <summary>A report has been sequenced: what the engine asks at an earlier input, it asks without knowing it.</summary>
    public void Sequenced(ulong report, long sequence)
    {
        while (_answered.TryPeek(out (ulong Report, ulong Order) next) && next.Report <= report)
        {
            _answered.Dequeue();
            if (next.Report == report && _questions.TryGetValue(next.Order, out Question open) && open.Report == report)
            {
                _questions[next.Order] = open with { Sequence = sequence };
            }
        }
    }

    private void Forget()
    {
        foreach ((ulong order, Question question) in _questions.ToArray())
        {
            if (question.Sequence != 0)
            {
                _questions.Remove(order);
            }
        }
    }
}
