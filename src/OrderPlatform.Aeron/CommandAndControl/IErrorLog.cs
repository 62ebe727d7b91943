namespace OrderPlatform.Aeron.CommandAndControl;

/// <summary>Where a driver's errors go: equal ones are one entry with a count. Any thread.</summary>
public interface IErrorLog
{
    /// <summary>Records what went wrong, where, and what to do.</summary>
    void Record(string observation);

    /// <summary>Records an exception by its type and messages.</summary>
    void Record(Exception failure);
}
