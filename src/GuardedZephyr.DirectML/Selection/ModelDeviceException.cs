namespace GuardedZephyr.DirectML;

/// <summary>The model cannot run on the device that was asked for. The message is one line: which, why, what to do.</summary>
public sealed class ModelDeviceException(string message, Exception? inner = null) : Exception(message, inner);
