namespace OrderPlatform.Runtime.Explaining;

/// <summary>Takes what a replay shows, in order.</summary>
public interface IFactSink
{
    /// <summary>Takes a fact.</summary>
    void Add(Fact fact);
}
