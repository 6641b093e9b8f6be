using System.Runtime.ExceptionServices;
using StageGate.Actors.Completions;
using StageGate.Actors.Core;
using StageGate.Actors.Engine;

namespace StageGate.Actors.Work;

/// <summary>One submitted task: what the core decides about, the handle looks at, and a worker runs.</summary>
internal abstract class TaskWork : TaskEntry, IExecutable, IAbandonable
{
    /// <summary>Earlier than every time, also than that of a clock that stands at its beginning.</summary>
    public const long NoKnownStart = -1;

    // A context that was captured inside Run() carries the pipeline's scope already, unless Run() had restored another one. To that of a
    // RunAsync() the task adds its own, because it is no part of the flow that may steer the pipeline.
    private static readonly ContextCallback s_enterAndRun = static state =>
    {
        var task = (TaskWork)state!;
        if (task.Owner.IsAsync || !CallScope.IsInside(task.Owner))
            CallScope.Enter(task.Owner);
        task.Run();
    };

    private ExecutionContext? _context;
    private CancellationTokenSource? _cancellation;
    private volatile bool _terminationRequested;
    private Completion _progress;
    private byte _ending;
    private byte _reportClaimed;

    protected TaskWork(PipelineWork owner, int stage, Demand demand, string? name)
        : base(owner, stage, demand, name) => _context = ExecutionContext.Capture();

    public PipelineWork Owner => (PipelineWork)Pipeline;

    public ref Completion Progress => ref _progress;

    /// <summary>How the callable ended. Written before the end is reported, and read after.</summary>
    public TaskState Ending
    {
        get => (TaskState)_ending;
        private set => _ending = (byte)value;
    }

    public override bool HasBegun => Progress.State == TaskState.Running;

    /// <summary>
    /// When it began, in ticks of UTC, once that was told to the subscribers or is part of the snapshot that they began with; before that,
    /// <see cref="NoKnownStart"/>. Used in the scheduler's turn alone.
    /// </summary>
    public long KnownStart { get; set; } = NoKnownStart;

    protected abstract bool UsesToken { get; }

    /// <summary>A worker that moves Ready to Running at the same moment either wins, or finds the task taken back and leaves it alone.</summary>
    public override bool TryRevoke() => Progress.TryRevoke();

    public bool Cancel() =>
        Progress.State is TaskState.Queued or TaskState.Ready
        && Owner.Engine.TryAsk<SchedulerProtocol.CancelReply>(new CancelTask(this), out var reply)
        && reply.Canceled;

    public bool RequestTermination() =>
        !Progress.IsEnded
        && Owner.Engine.TryAsk<TerminationReply>(new RequestTaskTermination(this), out var reply)
        && reply.Accepted;

    /// <summary>Called in the scheduler's turn, so the token's callbacks must not run here.</summary>
    public void SignalTermination()
    {
        // Before the token is cancelled: an exception that the token causes must find the request standing.
        _terminationRequested = true;
        if (_cancellation is { } cancellation)
            Owner.Engine.CancelOutsideTurn(cancellation, this);
    }

    public bool TryExecute(ExecutionContext idle)
    {
        // Before the state: whoever finds the task running, and asks it to end, finds the token.
        if (UsesToken)
            _cancellation = new CancellationTokenSource();
        if (!Progress.TryAdvance(TaskState.Ready, TaskState.Running))
            return false;

        // After the state: either this sees a subscriber, or the subscriber's first snapshot sees the task running.
        if (Owner.Engine.Events.IsActive)
            Owner.Engine.Post(Fact.TaskStarted(this));
        UserCode.Run(this, _context ?? idle, s_enterAndRun, this);
        return true;
    }

    public bool TryReport()
    {
        if (!TryClaimReport())
            return false;

        Owner.Engine.Inbox.Add(Fact.TaskEnded(this));
        return true;
    }

    public void ExecutorDied()
    {
        // First the claim: what a worker has reported, though nobody may have read it yet, is not to be changed any more. What was canceled after a
        // worker had taken it is reported in vain.
        if (Progress.IsEnded || !TryClaimReport())
            return;

        Ending = TaskState.Failed;
        _progress.TrySetFailure(ExceptionDispatchInfo.Capture(new SchedulerTerminatedException($"The worker of {this} died under it.")));
        Owner.Engine.Post(Fact.TaskEnded(this));
    }

    /// <summary>Makes the end known, and lets go of all that the callable held.</summary>
    /// <returns>Whether anybody was waiting for it.</returns>
    public bool Publish()
    {
        _progress.TryEnd(State!.Value, failure: null, out var wasObserved);
        LetGo();
        return wasObserved;
    }

    public void Abandon(Exception? cause)
    {
        var death = new SchedulerTerminatedException($"The scheduler died while {this} was {Progress.State}.", cause);
        if (Progress.TryEnd(TaskState.Failed, ExceptionDispatchInfo.Capture(death), out _) && State is not null)
            Owner.Engine.Events.TellEnded(this, TaskState.Failed, death);

        // Its callable may still run. Nobody will ask it to end any more, so it is asked now.
        SignalTermination();
        LetGo();
    }

    public void PublishDrained() => Owner.PublishDrained();

    public override string ToString() => Text.Describe("task", Id, Name);

    /// <summary>Runs the callable and keeps what it returns.</summary>
    protected abstract void Invoke(CancellationToken cancellationToken);

    /// <summary>Drops the callable, with all that it captured.</summary>
    protected abstract void DropBody();

    private void Run()
    {
        try
        {
            Invoke(Volatile.Read(ref _cancellation)?.Token ?? CancellationToken.None);
            Ending = TaskState.Succeeded;
        }
        catch (OperationCanceledException exception) when (_terminationRequested)
        {
            Ending = TaskState.Terminated;
            _progress.TrySetFailure(ExceptionDispatchInfo.Capture(exception));
        }
        catch (Exception exception)
        {
            Ending = TaskState.Failed;
            _progress.TrySetFailure(ExceptionDispatchInfo.Capture(exception));
        }
    }

    /// <summary>The end is reported once, whether by the worker or, after its death, for it.</summary>
    private bool TryClaimReport() => Interlocked.Exchange(ref _reportClaimed, 1) == 0;

    private void LetGo()
    {
        _context = null;

        // The body first, and then the token with a release: a worker that begins while the engine dies, and finds no token any more, finds no
        // body either.
        DropBody();
        Volatile.Write(ref _cancellation, null);
    }
}
