namespace OrderPlatform.Runtime.Explaining;

/// <summary>What cannot be explained, as one line: an id that the journal does not have, or one that is not unique, with the remedy.</summary>
public sealed class SubjectException(string message) : ArgumentException(message);
