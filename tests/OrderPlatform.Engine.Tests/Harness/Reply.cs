namespace OrderPlatform.Engine.Tests.Harness;

/// <summary>The outputs of one input, decoded, in order.</summary>
internal sealed class Reply(IReadOnlyList<object> outputs)
{
    /// <summary>All outputs.</summary>
    public IReadOnlyList<object> All { get; } = outputs;

    /// <summary>The outputs of one kind.</summary>
    public T[] Of<T>() => [.. All.OfType<T>()];

    /// <summary>The only output of a kind.</summary>
    /// <exception cref="InvalidOperationException">There is none, or there are more.</exception>
    public T One<T>() => Of<T>() is [T only] ? only : throw new InvalidOperationException($"wanted one {typeof(T).Name} among: {this}");

    /// <summary>Whether there is no output of a kind.</summary>
    public bool Has0<T>() => Of<T>().Length == 0;

    /// <inheritdoc />
    public override string ToString() => All.Count == 0 ? "(nothing)" : string.Join("\n  ", All);
}
