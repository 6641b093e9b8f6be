using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Linearizability;

/// <summary>A pipeline that does what it is told, until it is told to end.</summary>
/// <param name="recorder">Takes down when it came, and when it began.</param>
/// <param name="isAsync">Whether it is an async one, which waits for its orders without a thread.</param>
internal sealed class LivePipeline(Recorder recorder, bool isAsync)
{
    private readonly Channel<Action<ILiveControls>> _orders = Channel.CreateUnbounded<Action<ILiveControls>>();
    private readonly ManualResetEventSlim _begun = new();
    private readonly TaskCompletionSource<PipelineState> _told = new();
    private long _submittedAt;
    private long _begunAt;
    private bool _isBeginTaken;
    private CancellationToken? _token;

    public PipelineHandle Handle { get; private set; } = null!;

    public bool IsBegun => _begun.IsSet;

    public bool IsToldToEnd => _told.Task.IsCompleted;

    /// <summary>Whether its token is cancelled. <see langword="null"/>: it has none, or has not begun.</summary>
    public bool? IsAskedToEnd => IsBegun ? _token?.IsCancellationRequested : null;

    /// <summary>Waits until its token is cancelled. True at once where it has none, has not begun, or was told to end.</summary>
    public bool WillBeAsked() => !IsBegun || IsToldToEnd || _token?.WaitHandle.WaitOne(Limits.Wait) != false;

    /// <param name="submit">Submits it, in whatever way.</param>
    /// <returns>Whether it was accepted.</returns>
    public bool TrySubmit(Func<PipelineBase, PipelineHandle> submit)
    {
        _submittedAt = recorder.Tick();
        try
        {
            Handle = submit(isAsync ? new Async(this) : new Blocking(this));
        }
        catch (InvalidOperationException)
        {
            recorder.Add(new Operation(new SubmitPipeline(Id: null), _submittedAt, recorder.Tick()));
            return false;
        }

        recorder.Add(new Operation(new SubmitPipeline(Handle.Id), _submittedAt, recorder.Tick()));
        return true;
    }

    public void WaitUntilBegun() => Assert.True(_begun.Wait(Limits.Wait), $"{Handle} was started, and its Run() was not entered.");

    /// <summary>Lets it do something, and waits until it is done. Does nothing where it has been told to end.</summary>
    public void Do(Action<ILiveControls> order)
    {
        using var done = new Gate();
        ExceptionDispatchInfo? thrown = null;
        var isTaken = _orders.Writer.TryWrite(controls =>
        {
            try
            {
                order(controls);
            }
            catch (Exception exception)
            {
                thrown = ExceptionDispatchInfo.Capture(exception);
            }

            done.Pass();
        });
        if (!isTaken)
            return;

        done.WaitUntilEntered();
        thrown?.Throw();
    }

    /// <returns>Whether it is this call that ends it.</returns>
    public bool TryTellToEnd(PipelineState ending) => _told.TrySetResult(ending) && _orders.Writer.TryComplete();

    /// <summary>What is known of its beginning, where it has begun and that was not taken yet.</summary>
    public Operation? Begin => _isBeginTaken || !IsBegun ? null : new Operation(new PipelineBegins(Handle.Id), _submittedAt, _begunAt);

    /// <summary>The same, once.</summary>
    public Operation? TakeBegin()
    {
        var begin = Begin;
        _isBeginTaken |= begin is not null;
        return begin;
    }

    private void NoteBegin(CancellationToken? token)
    {
        _begunAt = recorder.Tick();
        _token = token;
        _begun.Set();
        recorder.NoteBegin();
    }

    private int End() => _told.Task.Result == PipelineState.Succeeded ? 1 : throw new InvalidOperationException("as it was told");

    private sealed class Blocking(LivePipeline live) : Pipeline<int>, ILiveControls
    {
        public TaskBuilder<int> NewTask(LiveTask task) => task.IsAsync ? base.NewTask(task.RunAsync) : base.NewTask(task.Run);

        void ILiveControls.StageForward() => StageForward();

        protected override int Run()
        {
            live.NoteBegin(token: null);
            foreach (var order in live._orders.Reader.ReadAllAsync().ToBlockingEnumerable())
                order(this);
            return live.End();
        }
    }

    private sealed class Async(LivePipeline live) : AsyncPipeline<int>, ILiveControls
    {
        public TaskBuilder<int> NewTask(LiveTask task) => task.IsAsync ? base.NewTask(task.RunAsync) : base.NewTask(task.Run);

        void ILiveControls.StageForward() => StageForward();

        protected override async Task<int> RunAsync(CancellationToken cancellationToken)
        {
            live.NoteBegin(cancellationToken);

            // Not by the token: it ends when it is told to, asked for or not.
            await foreach (var order in live._orders.Reader.ReadAllAsync(CancellationToken.None))
                order(this);
            return live.End();
        }
    }
}
