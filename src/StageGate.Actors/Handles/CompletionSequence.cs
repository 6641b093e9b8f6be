using StageGate.Actors.Completions;

namespace StageGate.Actors;

/// <summary>
/// Handles in the order in which their work ends, each as soon as it has ended. Enumerate it with <c>foreach</c>, which blocks the thread
/// while it waits, or with <c>await foreach</c>, which does not. Each enumeration yields all of them.
/// </summary>
/// <typeparam name="THandle">The kind of handle.</typeparam>
public sealed class CompletionSequence<THandle> : IAsyncEnumerable<THandle>
    where THandle : WorkHandle
{
    private readonly HandleWait<THandle>? _first;
    private readonly Func<IEnumerable<THandle>, HandleWait<THandle>> _newWait;
    private readonly Func<HandleWait<THandle>, CancellationToken, Task<WaitResult<THandle>>> _waitAsync;

    /// <param name="handles">What to wait for. Enumerated once.</param>
    /// <param name="newWait">Checks them, and makes the wait for the next ones to end.</param>
    /// <param name="waitAsync">Waits, where there is more to it than to wait.</param>
    internal CompletionSequence(
        IEnumerable<THandle> handles,
        Func<IEnumerable<THandle>, HandleWait<THandle>> newWait,
        Func<HandleWait<THandle>, CancellationToken, Task<WaitResult<THandle>>>? waitAsync = null)
    {
        ArgumentNullException.ThrowIfNull(handles);
        _newWait = newWait;
        _waitAsync = waitAsync ?? (static (wait, cancellationToken) => wait.WaitAsync(cancellationToken));
        _first = Next(HandleArray.CopyOf(handles), newWait);
    }

    /// <summary>Enumerates them, and blocks the thread until the next one has ended.</summary>
    /// <returns>
    /// A new enumeration. It throws a <see cref="DeadlockException"/> in a <c>Run()</c> or a task which has to end before the next one can.
    /// </returns>
    public IEnumerator<THandle> GetEnumerator() => Enumerate(_first, _newWait);

    /// <inheritdoc/>
    /// <param name="cancellationToken">Ends the wait for the next one; it does nothing to the work.</param>
    public IAsyncEnumerator<THandle> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        EnumerateAsync(_first, _newWait, _waitAsync, cancellationToken);

    // Static, and not an enumerable: an enumeration keeps no more than the handles that have not come yet.
    private static IEnumerator<THandle> Enumerate(
        HandleWait<THandle>? wait, Func<IEnumerable<THandle>, HandleWait<THandle>> newWait)
    {
        while (wait is not null)
        {
            var (done, pending) = wait.Wait();
            wait = Next(pending, newWait);
            foreach (var handle in done)
                yield return handle;
        }
    }

    private static async IAsyncEnumerator<THandle> EnumerateAsync(
        HandleWait<THandle>? wait,
        Func<IEnumerable<THandle>, HandleWait<THandle>> newWait,
        Func<HandleWait<THandle>, CancellationToken, Task<WaitResult<THandle>>> waitAsync,
        CancellationToken cancellationToken)
    {
        while (wait is not null)
        {
            var (done, pending) = await waitAsync(wait, cancellationToken).ConfigureAwait(false);
            wait = Next(pending, newWait);
            foreach (var handle in done)
                yield return handle;
        }
    }

    private static HandleWait<THandle>? Next(
        IReadOnlyCollection<THandle> pending, Func<IEnumerable<THandle>, HandleWait<THandle>> newWait) =>
        pending.Count > 0 ? newWait(pending) : null;
}
