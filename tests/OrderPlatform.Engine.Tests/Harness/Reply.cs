namespace OrderPlatform.Engine.Tests.Harness;

/// <summary>The outputs of one input, decoded, in order.</summary>
internal sealed class Reply(IReadOnlyList<object> outputs)
{
    /// <summary>All outputs.</summary>
    public IReadOnlyList<object> All { get; } = outputs;

    /// <summary>The outputs of one kind.</summary>
    public T[] Of<T>() => [.. All.OfType<T>()];

    /// <summary>The only output of a kind.</summary>
    public T One<T>()
    {
        T[] found = Of<T>();
        Assert.That(found, Has.Length.EqualTo(1), $"wanted one {typeof(T).Name} among: {this}");
        return found[0];
    }

    /// <summary>Whether there is no output of a kind.</summary>
    public bool Has0<T>() => Of<T>().Length == 0;

    /// <inheritdoc />
    public override string ToString() => All.Count == 0 ? "(nothing)" : string.Join("\n  ", All);
}
