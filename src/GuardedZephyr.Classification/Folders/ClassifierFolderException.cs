namespace GuardedZephyr.Classification;

/// <summary>A classifier's folder cannot be used. The message is one line that names the file and what is wrong with it.</summary>
public sealed class ClassifierFolderException(string message, Exception? innerException = null) : Exception(message, innerException);
