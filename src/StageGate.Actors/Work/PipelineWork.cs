using System.Runtime.ExceptionServices;
using Akka.Actor;
using StageGate.Actors.Completions;
using StageGate.Actors.Core;
using StageGate.Actors.Engine;

namespace StageGate.Actors.Work;

/// <summary>One submitted pipeline: what the core decides about, the handle looks at, and a coordinator runs.</summary>
internal sealed class PipelineWork : PipelineEntry, ISlotAddressed, IAbandonable
{
    private PipelineBase? _pipeline;
    private ExecutionContext? _context;
    private ExceptionDispatchInfo? _failure;
    private int _begun;
    private int _reported;

    public PipelineWork(long id, string? name, PipelineBase pipeline, EngineLink engine, ExecutionContext? context)
        : base(id, name)
    {
        _pipeline = pipeline;
        _context = context;
        Engine = engine;
        Progress = pipeline.MakeCompletion();
        Handle = pipeline.MakeHandle(this);
    }

    public EngineLink Engine { get; }

    public WorkCompletion Progress { get; }

    public PipelineHandle Handle { get; }

    /// <summary>The actor that is told of the end, where the pipeline was submitted by message.</summary>
    public IActorRef? Submitter { get; set; }

    /// <summary>How <c>Run()</c> ended. Written before the end is reported, and read after.</summary>
    public PipelineState Ending { get; private set; }

    /// <summary>
    /// Whether its <c>Run()</c> or one of its tasks is open. Read by other threads without a lock: whoever runs inside the pipeline was
    /// started by the core after these fields were written.
    /// </summary>
    public bool IsOpen => !Progress.IsEnded || Tasks.Live > 0;

    public bool Cancel() =>
        Progress.State == TaskState.Queued
        && Engine.TryAsk<SchedulerProtocol.CancelReply>(new SchedulerProtocol.CancelPipeline(Id), out var reply)
        && reply.Canceled;

    /// <summary>Once the engine has ended, nobody changes the entry any more, and anybody may read it.</summary>
    public PipelineSnapshot TakeSnapshot() =>
        Engine.TryAsk<PipelineSnapshot>(new GetPipelineSnapshot(this), out var snapshot) ? snapshot : Snapshot(runningTasks: 0);

    public void Execute(ExecutionContext idle)
    {
        // Sent again where a coordinator died with it unread, and gone where the engine died before the coordinator came to it.
        if (_pipeline is not { } pipeline || Interlocked.Exchange(ref _begun, 1) != 0)
            return;

        SynchronizationContext.SetSynchronizationContext(null);
        ExecutionContext.Run(
            _context ?? idle,
            static state =>
            {
                var (work, pipeline) = ((PipelineWork, PipelineBase))state!;
                CallScope.Enter(work);
                work.Run(pipeline);
            },
            (this, pipeline));
        SynchronizationContext.SetSynchronizationContext(null);
        Report();
    }

    public void ExecutorDied()
    {
        if (Volatile.Read(ref _begun) == 0)
            return;

        Ending = PipelineState.Failed;
        _failure = ExceptionDispatchInfo.Capture(new SchedulerTerminatedException($"The coordinator of {this} died under it."));
        Report();
    }

    public void Publish()
    {
        Progress.TryEnd(State!.Value.ToTaskState(), State == PipelineState.Canceled ? null : _failure, out _);
        LetGo();
        Submitter?.Tell(new SchedulerProtocol.PipelineEnded(Handle));
    }

    public void Abandon(Exception? cause)
    {
        var death = new SchedulerTerminatedException($"The scheduler died while {this} was {Progress.State.ToPipelineState()}.", cause);
        if (Progress.TryEnd(TaskState.Failed, ExceptionDispatchInfo.Capture(death), out _))
            Submitter?.Tell(new SchedulerProtocol.PipelineEnded(Handle));
        LetGo();
    }

    public override string ToString() => Text.Describe("pipeline", Id, Name);

    private void Run(PipelineBase pipeline)
    {
        try
        {
            pipeline.Execute(this);
            Ending = PipelineState.Succeeded;
        }
        catch (Exception exception)
        {
            Ending = PipelineState.Failed;
            _failure = ExceptionDispatchInfo.Capture(exception);
        }
    }

    /// <summary>Once, whether by the coordinator or, after its death, for it.</summary>
    private void Report()
    {
        if (Interlocked.Exchange(ref _reported, 1) == 0)
            Engine.Inbox.Post(Fact.PipelineEnded(this));
    }

    private void LetGo()
    {
        _context = null;
        _pipeline = null;
    }
}
