using StageGate.Actors.Work;

namespace StageGate.Actors.Completions;

/// <summary>
/// Pieces of work in the order in which they ended. It registers with each of them once, however often one waits for the rest, so
/// that a loop of <see cref="ReturnWhen.FirstCompleted"/> over n handles costs O(n) in all.
/// </summary>
/// <remarks>
/// A <em>position</em> is a point in that order. What has ended before a position never changes, so a set of the handles that were pending
/// at a position is a value, although the feed goes on.
/// </remarks>
internal sealed class CompletionFeed<THandle> where THandle : WorkHandle
{
    private const int NotEnded = int.MaxValue;

    private readonly Lock _gate = new();
    private readonly Dictionary<THandle, int> _indexes;
    private readonly THandle[] _handles;
    private readonly int[] _positions;
    private readonly THandle[] _ended;
    private readonly Registration _registration;
    private readonly List<Waiter<THandle>> _waiters = [];
    private int _endedCount;
    private int _front;
    private int _lastFailure = -1;

    /// <param name="indexes">The handles, each numbered by its place.</param>
    public CompletionFeed(Dictionary<THandle, int> indexes)
    {
        _indexes = indexes;
        _handles = new THandle[indexes.Count];
        _positions = new int[indexes.Count];
        _ended = new THandle[indexes.Count];
        foreach (var (handle, index) in indexes)
            _handles[index] = handle;
        Array.Fill(_positions, NotEnded);

        _registration = new Registration(this);
        for (var i = 0; i < _handles.Length; i++)
        {
            if (!_handles[i].Progress.TryObserve(_registration, i))
                OnEnded(i);
        }
    }

    public int Count => _handles.Length;

    /// <summary>The position now: how many have ended.</summary>
    public int Position => Volatile.Read(ref _endedCount);

    public THandle this[int index] => _handles[index];

    /// <summary>Those that ended between two positions, in that order.</summary>
    public ReadOnlySpan<THandle> Ended(int from, int to) => _ended.AsSpan(from, to - from);

    public bool WasPending(int index, int position) => Volatile.Read(ref _positions[index]) >= position;

    public bool WasPending(THandle handle, int position) =>
        _indexes.TryGetValue(handle, out var index) && WasPending(index, position);

    /// <summary>
    /// Starts to wait until enough has ended since a position. The feed, and what it observes, stays alive until the waiter leaves.
    /// </summary>
    public Waiter<THandle> Join(int from, ReturnWhen until)
    {
        var waiter = new Waiter<THandle>(this, from, until);
        lock (_gate)
        {
            _waiters.Add(waiter);
            _registration.Pin(this);
            if (IsSatisfied(waiter))
                waiter.Release();
        }

        return waiter;
    }

    /// <summary>Not to be broken off by an interrupt, or the feed would stay alive.</summary>
    public void Leave(Waiter<THandle> waiter) => LeftInterrupt.Outlast(
        (Feed: this, Waiter: waiter),
        static left =>
        {
            lock (left.Feed._gate)
            {
                left.Feed._waiters.Remove(left.Waiter);
                if (left.Feed._waiters.Count == 0)
                    left.Feed._registration.Unpin();
            }
        });

    /// <summary>Whether so much has ended that the waiter need not wait any more.</summary>
    public bool HasEnough(Waiter<THandle> waiter)
    {
        lock (_gate)
            return IsSatisfied(waiter);
    }

    /// <summary>
    /// Those that have not ended. Enumerated in turns of the scheduler alone: each goes on behind those that the last one saw at the front and
    /// found ended, so that to look often costs no more than the front has moved.
    /// </summary>
    public IEnumerable<THandle> Pending()
    {
        while (_front < Count && !WasPending(_front, NotEnded))
            _front++;
        for (var i = _front; i < Count; i++)
        {
            if (WasPending(i, NotEnded))
                yield return _handles[i];
        }
    }

    private void OnEnded(int index)
    {
        lock (_gate)
        {
            _ended[_endedCount] = _handles[index];
            Volatile.Write(ref _positions[index], _endedCount);
            if (_handles[index].Progress.State.IsFailure())
                _lastFailure = _endedCount;
            Volatile.Write(ref _endedCount, _endedCount + 1);

            foreach (var waiter in _waiters)
            {
                if (IsSatisfied(waiter))
                    waiter.Release();
            }
        }
    }

    private bool IsSatisfied(Waiter<THandle> waiter) => _endedCount == Count || waiter.Until switch
    {
        ReturnWhen.FirstCompleted => _endedCount > waiter.From,
        ReturnWhen.FirstException => _lastFailure >= waiter.From,
        _ => false,
    };

    /// <summary>
    /// What the observed work holds. It keeps the feed alive only while somebody waits: a feed that was dropped must not be kept, with
    /// all its handles, by the one task among them that runs for days.
    /// </summary>
    private sealed class Registration(CompletionFeed<THandle> feed) : ICompletionObserver
    {
        private readonly WeakReference<CompletionFeed<THandle>> _feed = new(feed);
        private volatile CompletionFeed<THandle>? _pinned;

        public bool IsWanted => IsWaiting || _feed.TryGetTarget(out _);

        public bool IsWaiting => _pinned is not null;

        public void Pin(CompletionFeed<THandle> pinned) => _pinned = pinned;

        public void Unpin() => _pinned = null;

        public void OnEnded(int index)
        {
            if (_feed.TryGetTarget(out var feed))
                feed.OnEnded(index);
        }
    }
}
