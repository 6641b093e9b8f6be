using System.Runtime.ExceptionServices;
using Akka.Actor;
using StageGate.Actors.Completions;
using StageGate.Actors.Core;
using StageGate.Actors.Engine;

namespace StageGate.Actors.Work;

/// <summary>One submitted pipeline: what the core decides about, the handle looks at, and a coordinator runs.</summary>
internal sealed class PipelineWork : PipelineEntry, IExecutable, IAbandonable
{
    private PipelineBase? _pipeline;
    private PipelineHandle? _handle;
    private Outcome? _outcome;
    private ExecutionContext? _context;
    private CancellationTokenSource? _cancellation;
    private ExceptionDispatchInfo? _failure;
    private int _reportClaimed;

    public PipelineWork(long id, string? name, PipelineBase pipeline, EngineLink engine, ExecutionContext? context)
        : base(id, name)
    {
        _pipeline = pipeline;
        _context = context;
        Engine = engine;
        IsAsync = pipeline is AsyncPipelineBase;
        _outcome = pipeline.MakeOutcome();
        _handle = pipeline.MakeHandle(this, _outcome);
    }

    public EngineLink Engine { get; }

    /// <summary>Whether it runs on the thread pool, instead of on a coordinator's thread.</summary>
    public bool IsAsync { get; }

    /// <summary>
    /// The one handle. Asked for while the pipeline is being accepted; once it has ended, only its users hold it, so that a task's handle
    /// or a captured context does not keep the result of the whole pipeline.
    /// </summary>
    public PipelineHandle Handle => _handle!;

    /// <summary>Ends once <c>Run()</c> and all tasks of the pipeline have ended.</summary>
    public Outcome Drained { get; } = new();

    /// <summary>The actor that is told of the end, where the pipeline was submitted by message; nobody once it was.</summary>
    public IActorRef? Submitter { private get; set; }

    /// <summary>How <c>Run()</c> ended. Written before the end is reported, and read after.</summary>
    public PipelineState Ending { get; private set; }

    /// <summary>
    /// Whether its <c>Run()</c> or one of its tasks is open. Read by other threads without a lock: whoever runs inside the pipeline was
    /// started by the core after these fields were written.
    /// </summary>
    public bool IsOpen => _outcome is { Progress.IsEnded: false } || Tasks.Live > 0;

    public bool Cancel() =>
        _outcome is { Progress.State: TaskState.Queued }
        && Engine.TryAsk<SchedulerProtocol.CancelReply>(new SchedulerProtocol.CancelPipeline(Id), out var reply)
        && reply.Canceled;

    /// <summary>Once the engine has ended, nobody changes the entry any more, and anybody may read it.</summary>
    public PipelineSnapshot TakeSnapshot() =>
        Engine.TryAsk<PipelineSnapshot>(new GetPipelineSnapshot(this), out var snapshot) ? snapshot : Snapshot(runningTasks: 0);

    public void MarkRunning() => _outcome?.Progress.TryAdvance(TaskState.Queued, TaskState.Running);

    public bool TryExecute(ExecutionContext idle)
    {
        // Gone where the engine died before the coordinator came to it.
        if (_pipeline is not { } pipeline)
            return false;

        UserCode.Run(
            this,
            _context ?? idle,
            static state =>
            {
                var (work, pipeline) = ((PipelineWork, PipelineBase))state!;
                CallScope.Enter(work);
                work.Run(pipeline);
            },
            (this, pipeline));
        return true;
    }

    public bool TryReport()
    {
        if (!TryClaimReport())
            return false;

        Engine.Inbox.Add(Fact.PipelineEnded(this));
        return true;
    }

    /// <summary>Called in the scheduler's turn, so user code must not run here.</summary>
    public void StartOnPool()
    {
        _cancellation = new CancellationTokenSource();
        ThreadPool.UnsafeQueueUserWorkItem(static work => work.ExecuteOnPool(), this, preferLocal: false);
    }

    /// <summary>Called in the scheduler's turn. A <c>Run()</c> has no token; its tasks have.</summary>
    public void SignalTermination()
    {
        if (_cancellation is { } cancellation)
            Engine.CancelOutsideTurn(cancellation, this);
    }

    public void ExecutorDied()
    {
        // First the claim: what a coordinator has reported, though nobody may have read it yet, is not to be changed any more.
        if (!TryClaimReport())
            return;

        Fail(new SchedulerTerminatedException($"The coordinator of {this} died under it."));
        PostEnd();
    }

    /// <returns>What it threw, where it failed.</returns>
    public Exception? Publish()
    {
        var failure = State == PipelineState.Canceled ? null : _failure;
        TryEnd(State!.Value.ToTaskState(), failure);
        return failure?.SourceException;
    }

    public void PublishDrained() => Drained.Progress.TryEnd(TaskState.Succeeded, failure: null, out _);

    public void Abandon(Exception? cause)
    {
        var state = _outcome?.Progress.State.ToPipelineState();
        var death = new SchedulerTerminatedException($"The scheduler died while {this} was {state}.", cause);

        // Its code may still run. Nobody will ask it to end any more, so it is asked now.
        SignalTermination();
        if (TryEnd(TaskState.Failed, ExceptionDispatchInfo.Capture(death)) && State is not null)
            Engine.Events.TellEnded(this, PipelineState.Failed, death, hadStarted: State == PipelineState.Running);

        // It came after the scheduler was gone, and has no tasks. Of all others the engine tells it when their tasks have ended too.
        if (State is null)
            PublishDrained();
    }

    public override string ToString() => Text.Describe("pipeline", Id, Name);

    private void Run(PipelineBase pipeline)
    {
        try
        {
            if (_outcome is { } outcome)
                ((BlockingPipelineBase)pipeline).Execute(this, outcome);
            Ending = PipelineState.Succeeded;
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private void ExecuteOnPool()
    {
        LeftInterrupt.Forget();

        // Gone where the engine died before the pool came to it.
        if (_pipeline is not AsyncPipelineBase pipeline || _outcome is not { } outcome)
            return;

        var token = _cancellation?.Token ?? new CancellationToken(canceled: true);
        ExecutionContext.Run(
            _context ?? ExecutionContext.Capture()!,
            static state =>
            {
                var (work, pipeline, outcome, token) = ((PipelineWork, AsyncPipelineBase, Outcome, CancellationToken))state!;
                CallScope.Enter(work);
                _ = work.RunAsync(pipeline, outcome, token);
            },
            (this, pipeline, outcome, token));
    }

    private async Task RunAsync(AsyncPipelineBase pipeline, Outcome outcome, CancellationToken cancellationToken)
    {
        try
        {
            await pipeline.ExecuteAsync(this, outcome, cancellationToken).ConfigureAwait(false);
            Ending = PipelineState.Succeeded;
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        PostEnd();
    }

    private void Fail(Exception exception)
    {
        Ending = PipelineState.Failed;
        _failure = ExceptionDispatchInfo.Capture(exception);

        // The engine died meanwhile, and nobody is to hear of it any more. Either this sees that, or whoever ends it sees the failure.
        Interlocked.MemoryBarrier();
        if (_outcome is null)
            _failure = null;
    }

    /// <summary>The end is reported once, whether by the coordinator or, after its death, for it.</summary>
    private bool TryClaimReport() => Interlocked.Exchange(ref _reportClaimed, 1) == 0;

    private void PostEnd() => Engine.Post(Fact.PipelineEnded(this));

    /// <summary>Makes the end known once, and lets go of all that the pipeline held.</summary>
    private bool TryEnd(TaskState ending, ExceptionDispatchInfo? failure)
    {
        if (_outcome is not { } outcome || _handle is not { } handle || !outcome.Progress.TryEnd(ending, failure, out _))
            return false;

        _context = null;
        _cancellation = null;
        _pipeline = null;
        _handle = null;
        _outcome = null;
        Interlocked.MemoryBarrier();
        _failure = null;
        if (Submitter is { } submitter)
            Engine.TellOutsider(submitter, new SchedulerProtocol.PipelineEnded(handle));
        Submitter = null;
        return true;
    }
}
