using System.Runtime.CompilerServices;
using Akka.Actor;
using StageGate.Actors.Completions;
using StageGate.Actors.Configuration;
using StageGate.Actors.Engine;
using StageGate.Actors.Work;

namespace StageGate.Actors;

/// <summary>
/// Runs pipelines, first in, first out, and admits their tasks under resource limits: later stage first, then the older pipeline, then
/// the order of submission; where the first task does not fit, nobody overtakes it.
/// </summary>
/// <remarks>
/// All members may be called from any thread, also from inside a task, a <c>Run()</c>, an actor, or under a
/// <see cref="SynchronizationContext"/>. Only closing is refused inside the scheduler's own work, which it would wait for.
/// </remarks>
public sealed class Scheduler : IDisposable, IAsyncDisposable
{
    private readonly EngineLink _engine;
    private readonly EngineStop _stop;

    /// <summary>Makes a scheduler with an actor system of its own, which nobody else sees, and which ends when it is closed.</summary>
    /// <param name="options">What it is made from.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is not what it must be; the message names it.</exception>
    public Scheduler(SchedulerOptions options)
    {
        var settings = SchedulerSettings.From(options);

        // An interrupt that waits for the caller would leave half a scheduler behind.
        using var uninterrupted = LeftInterrupt.PutOff();
        (var system, _engine, ActorRef) = AkkaCall.Run(() => EngineStart.StartWithSystem(settings));
        _stop = new EngineStop(_engine, system, ownsSystem: true);
    }

    private Scheduler(ActorSystem system, SchedulerSettings settings, string? name)
    {
        using var uninterrupted = LeftInterrupt.PutOff();
        (_engine, ActorRef) = AkkaCall.Run(() => EngineStart.Start(system, settings, name));
        _stop = new EngineStop(_engine, system, ownsSystem: false);
    }

    /// <summary>
    /// The actor of the scheduler. It understands the messages of <see cref="SchedulerProtocol"/>, by which an actor can do all that this
    /// class does without blocking.
    /// </summary>
    public IActorRef ActorRef { get; }

    /// <summary>Whether new pipelines are refused: shutdown has begun, or the scheduler has died.</summary>
    public bool ShutdownStarted => _engine.Intake.IsClosed;

    /// <summary>Whether all work has ended and the actors have stopped, or have died.</summary>
    public bool IsClosed => _engine.LastSnapshot is not null && (_engine.Stopped.IsCompleted || !_engine.ClosedOrderly);

    /// <summary>
    /// Makes a scheduler inside an actor system of yours. Nothing else of the system changes, and closing the scheduler stops its own
    /// actors alone. Any number of schedulers may live in one system.
    /// </summary>
    /// <param name="system">The actor system.</param>
    /// <param name="options">What the scheduler is made from.</param>
    /// <param name="name">
    /// The name of its root, <c>/user/name</c>, free again after it was closed; <see langword="null"/>: one that is free is chosen.
    /// </param>
    /// <returns>The scheduler.</returns>
    /// <exception cref="ArgumentNullException">The system or the options are null.</exception>
    /// <exception cref="ArgumentException">An option or the name is not what it must be; the message names it.</exception>
    /// <exception cref="InvalidOperationException">The name is taken, or the actor system has been terminated.</exception>
    public static Scheduler Attach(ActorSystem system, SchedulerOptions options, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(system);
        var settings = SchedulerSettings.From(options);
        if (name is not null && !ActorPath.IsValidPathElement(name))
            throw new ArgumentException($"{Text.Quote(name)} cannot be the name of an actor.", nameof(name));

        return new Scheduler(system, settings, name);
    }

    /// <summary>Submits a pipeline with a result. It waits in line for a place; this call waits for nothing.</summary>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <param name="pipeline">The pipeline. If it is accepted, it is used up.</param>
    /// <param name="name">A name to show.</param>
    /// <returns>The handle of the pipeline.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="pipeline"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// Shutdown has begun, the scheduler has died (<see cref="SchedulerTerminatedException"/>), or this instance was submitted before.
    /// </exception>
    public PipelineHandle<TResult> RunPipeline<TResult>(Pipeline<TResult> pipeline, string? name = null) =>
        (PipelineHandle<TResult>)Submit(pipeline, name);

    /// <summary>Submits a pipeline without a result. It waits in line for a place; this call waits for nothing.</summary>
    /// <param name="pipeline">The pipeline. If it is accepted, it is used up.</param>
    /// <param name="name">A name to show.</param>
    /// <returns>The handle of the pipeline.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="pipeline"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// Shutdown has begun, the scheduler has died (<see cref="SchedulerTerminatedException"/>), or this instance was submitted before.
    /// </exception>
    public PipelineHandle RunPipeline(Pipeline pipeline, string? name = null) => Submit(pipeline, name);

    /// <summary>Submits an async pipeline with a result. It waits in line for its turn; this call waits for nothing.</summary>
    /// <inheritdoc cref="RunPipeline{TResult}(Pipeline{TResult}, string?)"/>
    [OverloadResolutionPriority(-1)] // RunPipeline(null) is to compile.
    public PipelineHandle<TResult> RunPipeline<TResult>(AsyncPipeline<TResult> pipeline, string? name = null) =>
        (PipelineHandle<TResult>)Submit(pipeline, name);

    /// <summary>Submits a pipeline of any kind. It waits in line for its turn; this call waits for nothing.</summary>
    /// <returns>The handle of the pipeline; where it has a result, it is the <see cref="PipelineHandle{TResult}"/>.</returns>
    /// <inheritdoc cref="RunPipeline(Pipeline, string?)"/>
    [OverloadResolutionPriority(-1)] // RunPipeline(null) is to compile.
    public PipelineHandle RunPipeline(PipelineBase pipeline, string? name = null) => Submit(pipeline, name);

    /// <summary>Waits for pipelines of this scheduler. Throws nothing of what they threw; ask the handles.</summary>
    /// <typeparam name="THandle">The kind of handle.</typeparam>
    /// <param name="handles">Handles of this scheduler's pipelines; the same one twice counts once.</param>
    /// <param name="timeout">
    /// How long to wait at most; the result then tells how far it got. <see langword="null"/> or <see cref="Timeout.InfiniteTimeSpan"/>: for
    /// ever; zero: only look.
    /// </param>
    /// <param name="returnWhen">For how much of it to wait.</param>
    /// <returns>Which of them have ended, and which have not.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handles"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no handle, one is null, or one belongs to another scheduler.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative and not infinite, or there is no such mode.</exception>
    /// <exception cref="DeadlockException">There is no time-out, and the calling <c>Run()</c> or task has to end first.</exception>
    public WaitResult<THandle> WaitPipelines<THandle>(
        IEnumerable<THandle> handles,
        TimeSpan? timeout = null,
        ReturnWhen returnWhen = ReturnWhen.AllCompleted)
        where THandle : PipelineHandle =>
        NewWait(handles, timeout, returnWhen).Wait();

    /// <summary>The async twin of <see cref="WaitPipelines"/>. It blocks no thread.</summary>
    /// <typeparam name="THandle">The kind of handle.</typeparam>
    /// <param name="handles">Handles of this scheduler's pipelines; the same one twice counts once.</param>
    /// <param name="timeout">
    /// How long to wait at most; the result then tells how far it got. <see langword="null"/> or <see cref="Timeout.InfiniteTimeSpan"/>: for
    /// ever; zero: only look.
    /// </param>
    /// <param name="returnWhen">For how much of it to wait.</param>
    /// <param name="cancellationToken">Ends the wait early; it does nothing to the pipelines.</param>
    /// <returns>Which of them have ended, and which have not.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handles"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no handle, one is null, or one belongs to another scheduler.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative and not infinite, or there is no such mode.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<WaitResult<THandle>> WaitPipelinesAsync<THandle>(
        IEnumerable<THandle> handles,
        TimeSpan? timeout = null,
        ReturnWhen returnWhen = ReturnWhen.AllCompleted,
        CancellationToken cancellationToken = default)
        where THandle : PipelineHandle =>
        NewWait(handles, timeout, returnWhen).WaitAsync(cancellationToken);

    /// <summary>
    /// Pipelines of this scheduler in the order in which they end, each as soon as it has ended. Those that have ended already come first.
    /// Each costs O(1). Throws nothing of what the pipelines threw; ask the handles.
    /// </summary>
    /// <typeparam name="THandle">The kind of handle.</typeparam>
    /// <param name="handles">Handles of this scheduler's pipelines; the same one twice counts once, and there may be none.</param>
    /// <returns>The handles, to be enumerated by <c>foreach</c>, or by <c>await foreach</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handles"/> is null.</exception>
    /// <exception cref="ArgumentException">A handle is null, or belongs to another scheduler.</exception>
    public CompletionSequence<THandle> AsCompleted<THandle>(IEnumerable<THandle> handles)
        where THandle : PipelineHandle =>
        new(handles, rest => NewWait(rest, timeout: null, ReturnWhen.FirstCompleted));

    /// <summary>
    /// Begins to shut down, and returns. New pipelines are refused; those accepted before go on, and submit their tasks. May be called
    /// again, to cancel the pending ones after all.
    /// </summary>
    /// <param name="cancelPendingPipelines">Whether to cancel the pipelines that have not begun.</param>
    public void Shutdown(bool cancelPendingPipelines = false) =>
        _engine.TryAsk<SchedulerProtocol.ShutdownBegun>(new SchedulerProtocol.BeginShutdown(cancelPendingPipelines), out _);

    /// <summary>
    /// Begins to shut down, cancels all pipelines and tasks that have not begun, also the tasks that are submitted later, asks the running
    /// ones to end by cancelling their tokens, and returns. Nothing is killed: follow it with <see cref="Close"/> to wait for the rest.
    /// </summary>
    public void RequestTermination() =>
        _engine.TryAsk<SchedulerProtocol.TerminationRequested>(SchedulerProtocol.RequestTermination.Instance, out _);

    /// <summary>
    /// Begins to shut down, waits until all work has ended, and stops the actors and their threads. May be called again, also while
    /// another call is waiting. It ends also where the scheduler dies meanwhile, even if a callable is still blocked.
    /// </summary>
    /// <param name="cancelPendingPipelines">Whether to cancel the pipelines that have not begun.</param>
    /// <exception cref="InvalidOperationException">
    /// Called from inside a task or a <c>Run()</c> of this scheduler, or by other code on the thread of one, for which it would wait.
    /// </exception>
    public void Close(bool cancelPendingPipelines = false)
    {
        RefuseInside(CallScope.FindOpenOnThread(_engine) ?? CallScope.FindOpen(_engine));
        _stop.Close(cancelPendingPipelines);
    }

    /// <summary>The async twin of <see cref="Close"/>.</summary>
    /// <param name="cancelPendingPipelines">Whether to cancel the pipelines that have not begun.</param>
    /// <returns>A task that ends when the scheduler is closed.</returns>
    /// <exception cref="InvalidOperationException">Called from inside a task or a <c>Run()</c> of this scheduler.</exception>
    public Task CloseAsync(bool cancelPendingPipelines = false)
    {
        RefuseInside(CallScope.FindOpen(_engine));
        return _stop.CloseAsync(cancelPendingPipelines);
    }

    /// <summary>The same as <see cref="Close"/>.</summary>
    /// <exception cref="InvalidOperationException">
    /// Called from inside a task or a <c>Run()</c> of this scheduler, or by other code on the thread of one, for which it would wait.
    /// </exception>
    public void Dispose() => Close();

    /// <summary>The same as <see cref="CloseAsync"/>.</summary>
    /// <returns>A task that ends when the scheduler is closed.</returns>
    /// <exception cref="InvalidOperationException">Called from inside a task or a <c>Run()</c> of this scheduler.</exception>
    public ValueTask DisposeAsync() => new(CloseAsync());

    /// <summary>The whole scheduler at one consistent instant. Never waits for user code; may be taken after it was closed.</summary>
    /// <returns>A value that does not change.</returns>
    public SchedulerSnapshot Snapshot() =>
        _engine.TryAsk<SchedulerSnapshot>(SchedulerProtocol.GetSnapshot.Instance, out var snapshot)
            ? snapshot
            : _engine.LastSnapshot! with { IsClosed = IsClosed };

    private PipelineHandle Submit(PipelineBase pipeline, string? name)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return _engine.Intake.Accept(pipeline, name, ExecutionContext.Capture());
    }

    private HandleWait<THandle> NewWait<THandle>(IEnumerable<THandle> handles, TimeSpan? timeout, ReturnWhen returnWhen)
        where THandle : PipelineHandle =>
        new(handles, timeout, returnWhen, _engine, handle => handle.Scheduler);

    private void RefuseInside(PipelineWork? pipeline)
    {
        // A dying engine closes its inbox before it ends the first handle, and waits for nobody.
        if (pipeline is not null && !_engine.Inbox.IsClosed)
        {
            throw new InvalidOperationException(
                $"The scheduler cannot be closed from inside {pipeline}: closing waits for that very work. Call Shutdown() here, and close from outside.");
        }
    }
}
