using System.Runtime.CompilerServices;

namespace StageGate.Actors.Completions;

/// <summary>The moment at which a wait gives up, if it does.</summary>
internal readonly struct Deadline
{
    // Monitor and timers take no more than int.MaxValue and uint.MaxValue - 1 milliseconds; longer waits are made of several.
    private static readonly TimeSpan s_longestSingleWait = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly TimeSpan? _timeout;
    private readonly long _start;

    private Deadline(TimeSpan? timeout)
    {
        _timeout = timeout;
        _start = timeout is null ? 0 : TimeProvider.System.GetTimestamp();
    }

    /// <summary>Starts the clock.</summary>
    /// <param name="timeout"><see langword="null"/> or <see cref="Timeout.InfiniteTimeSpan"/>: for ever. Zero: do not wait.</param>
    /// <param name="parameter">The name of the parameter, for the error.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative and not infinite.</exception>
    public static Deadline After(TimeSpan? timeout, [CallerArgumentExpression(nameof(timeout))] string? parameter = null)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
            timeout = null;
        if (timeout < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(
                parameter,
                timeout,
                "A time-out is zero (poll), positive, or Timeout.InfiniteTimeSpan or null (wait for ever).");
        }

        return new Deadline(timeout);
    }

    public bool IsLimited => _timeout is not null;

    public bool IsPoll => _timeout == TimeSpan.Zero;

    /// <summary>How long to wait in one go: nothing more where the time is up, <see langword="null"/> where there is no limit.</summary>
    public TimeSpan? NextWait
    {
        get
        {
            if (_timeout is not { } timeout)
                return null;

            var remaining = timeout - TimeProvider.System.GetElapsedTime(_start);
            if (remaining <= TimeSpan.Zero)
                return TimeSpan.Zero;
            return remaining < s_longestSingleWait ? remaining : s_longestSingleWait;
        }
    }
}
