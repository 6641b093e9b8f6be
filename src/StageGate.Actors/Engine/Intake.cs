using Akka.Actor;
using StageGate.Actors.Work;

namespace StageGate.Actors.Engine;

/// <summary>
/// The door for pipelines and their tasks. A pipeline is refused here, in the caller's face, or it is accepted for good.
/// </summary>
/// <remarks>
/// One short lock makes accepting and numbering one step, and closing the door another: ids grow in the order in which the scheduler
/// gets the pipelines, and once the door is closed every accepted pipeline stands in the inbox. Tasks have a lock, and ids, of their own.
/// </remarks>
internal sealed class Intake(EngineLink engine)
{
    /// <summary>
    /// A task that has to wait anyhow is seen together with others: that saves turns, and the memory of the scheduler's state goes from one
    /// processor to another less often. So many at most, so that nobody has to see a whole flood at once.
    /// </summary>
    private const int TasksBeforeTurn = 32;

    private readonly Lock _gate = new();
    private readonly Lock _taskGate = new();
    private long _lastId;
    private long _lastTaskId;
    private volatile bool _closed;

    public bool IsClosed => _closed;

    /// <param name="pipeline">The pipeline. It is used up if it is accepted.</param>
    /// <param name="name">A name to show.</param>
    /// <param name="context">What <c>Run()</c> is to run in; <see langword="null"/>: an empty one.</param>
    /// <param name="submitter">The actor to tell of the end, if any.</param>
    /// <exception cref="InvalidOperationException">
    /// The scheduler accepts no pipelines any more, or this one was accepted before, here or elsewhere.
    /// </exception>
    public PipelineHandle Accept(PipelineBase pipeline, string? name, ExecutionContext? context, IActorRef? submitter = null)
    {
        PipelineHandle handle;
        LeftInterrupt.Enter(_gate);
        try
        {
            if (_closed)
                throw Refusal();

            pipeline.UseUp();
            var work = new PipelineWork(++_lastId, name, pipeline, engine, context) { Submitter = submitter };
            handle = work.Handle;
            engine.Inbox.Add(Fact.PipelineSubmitted(work));
        }
        finally
        {
            _gate.Exit();
        }

        // Outside the lock: on the inline dispatcher this runs a turn of the scheduler.
        engine.Turn.Offer();
        return handle;
    }

    /// <summary>Accepts a task, whose pipeline is running.</summary>
    public void Accept(TaskWork task)
    {
        LeftInterrupt.Enter(_taskGate);
        try
        {
            task.Id = ++_lastTaskId;
            engine.Inbox.Add(Fact.TaskSubmitted(task));
        }
        finally
        {
            _taskGate.Exit();
        }

        // To leave the lock is a full fence: what is read here was read after the task was added.
        if (engine.Turn.MustOfferTasks || task.Id % TasksBeforeTurn == 0 || engine.AnyTaskWaits || engine.Events.IsActive)
            engine.Turn.Offer();
    }

    public void Close()
    {
        lock (_gate)
            _closed = true;
    }

    private InvalidOperationException Refusal() => engine.Inbox.IsClosed && !engine.ClosedOrderly
        ? engine.Death()
        : new InvalidOperationException("The scheduler is shutting down or closed, and accepts no more pipelines.");
}
