using System.Collections.ObjectModel;

namespace StageGate.Actors.Completions;

/// <summary>
/// One call to wait for several handles: everything is checked first, then it waits, then it tells who is done.
/// </summary>
internal sealed class HandleWait<THandle> where THandle : WorkHandle
{
    private readonly object _owner;
    private readonly CompletionFeed<THandle>? _feed;
    private readonly IReadOnlyCollection<THandle> _polled = [];
    private readonly THandle[]? _all;
    private readonly int _from;
    private readonly ReturnWhen _returnWhen;
    private readonly Deadline _deadline;

    /// <param name="handles">What to wait for. Enumerated once.</param>
    /// <param name="timeout">How long at most.</param>
    /// <param name="returnWhen">For how much of it.</param>
    /// <param name="owner">What all the handles must belong to.</param>
    /// <param name="ownerOf">What a handle belongs to.</param>
    public HandleWait(
        IEnumerable<THandle> handles,
        TimeSpan? timeout,
        ReturnWhen returnWhen,
        object owner,
        Func<THandle, object> ownerOf)
    {
        ArgumentNullException.ThrowIfNull(handles);
        if (!Enum.IsDefined(returnWhen))
        {
            throw new ArgumentOutOfRangeException(
                nameof(returnWhen), returnWhen, $"{(int)returnWhen} is no value of {nameof(ReturnWhen)}.");
        }

        _deadline = Deadline.After(timeout);
        _returnWhen = returnWhen;
        _owner = owner;
        if (handles is PendingSet<THandle> { Count: > 0 } pending && pending.Owner == owner)
        {
            _feed = pending.Feed;
            _from = pending.Position;
        }
        else if (returnWhen == ReturnWhen.AllCompleted && !_deadline.IsLimited)
        {
            _all = Checked(handles, owner, ownerOf);
        }
        else
        {
            var numbered = Number(handles, owner, ownerOf);
            if (_deadline.IsPoll)
                _polled = numbered.Keys;
            else
                _feed = new CompletionFeed<THandle>(numbered);
        }
    }

    public WaitResult<THandle> Wait()
    {
        if (Begin() is { } wait)
        {
            try
            {
                wait.Block(_deadline);
            }
            finally
            {
                wait.Leave();
            }
        }

        return Result();
    }

    public async Task<WaitResult<THandle>> WaitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Begin() is { } wait)
        {
            try
            {
                await wait.WaitAsync(_deadline, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                wait.Leave();
            }
        }

        return Result();
    }

    private static Dictionary<THandle, int> Number(IEnumerable<THandle> handles, object owner, Func<THandle, object> ownerOf)
    {
        var all = Checked(handles, owner, ownerOf);
        var numbered = new Dictionary<THandle, int>(all.Length);
        foreach (var handle in all)
            numbered.TryAdd(handle, numbered.Count);
        return numbered;
    }

    private static THandle[] Checked(IEnumerable<THandle> handles, object owner, Func<THandle, object> ownerOf)
    {
        var all = HandleArray.CopyOf(handles);
        foreach (var handle in all)
        {
            if (handle is null)
                throw new ArgumentException("One of the handles is null.", nameof(handles));
            if (ownerOf(handle) != owner)
                throw new ArgumentException($"{handle} belongs to another {Owner(handle)}; wait for it there.", nameof(handles));
        }

        return all.Length > 0 ? all : throw new ArgumentException("There is no handle to wait for.", nameof(handles));
    }

    private static string Owner(THandle handle) => handle is TaskHandle ? "pipeline" : "scheduler";

    private ReleasableWait? Begin()
    {
        if (_all is not null)
            return new Countdown<THandle>(_all);
        return _deadline.IsPoll ? null : _feed!.Join(_from, _returnWhen);
    }

    private WaitResult<THandle> Result()
    {
        if (_all is not null)
            return new WaitResult<THandle>(new DistinctSet<THandle>(_all), ReadOnlySet<THandle>.Empty);
        return _feed is null ? Poll() : Result(_feed);
    }

    /// <summary>Looks once at handles that no wait knows yet, and registers with none: a loop that polls leaves nothing behind.</summary>
    private WaitResult<THandle> Poll()
    {
        HashSet<THandle> done = [];
        HashSet<THandle> pending = [];
        foreach (var handle in _polled)
            (handle.Progress.IsEnded ? done : pending).Add(handle);
        return new WaitResult<THandle>(done, pending);
    }

    private WaitResult<THandle> Result(CompletionFeed<THandle> feed)
    {
        var position = feed.Position;
        var done = new HashSet<THandle>(position - _from);
        foreach (var handle in feed.Ended(_from, position))
            done.Add(handle);
        return new WaitResult<THandle>(done, Pending(feed, position));
    }

    private IReadOnlySet<THandle> Pending(CompletionFeed<THandle> feed, int position)
    {
        var pending = new PendingSet<THandle>(feed, position, _owner);
        if (pending.Count == 0)
            return ReadOnlySet<THandle>.Empty;
        if (pending.Count > feed.Count / 2)
            return pending;

        // Most have ended: the rest gets a feed of its own, so that it keeps none of the ended ones alive and is cheap to enumerate.
        // The sizes halve, so all the copies together cost no more than the first one.
        var rest = new Dictionary<THandle, int>(pending.Count);
        foreach (var handle in pending)
            rest.Add(handle, rest.Count);
        return new PendingSet<THandle>(new CompletionFeed<THandle>(rest), position: 0, _owner);
    }
}
