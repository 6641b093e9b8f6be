using Akka.Actor;
using StageGate.Actors.Core;
using StageGate.Actors.Work;

namespace StageGate.Actors.Engine;

/// <summary>Carries out what the core decides, in the scheduler's turn. No user code runs here.</summary>
internal sealed class Effects(SchedulerCore core, EngineLink engine, IActorRef coordinators, IActorRef workers)
{
    /// <summary>
    /// Measured on two processors: with two, 64 tasks that compute for 200 ms had all started after 450 to 840 ms, with sixteen after 220 to 240, and
    /// tasks that do nothing cost no more.
    /// </summary>
    private const int CallsAtOnce = 16;

    private readonly ReadyQueue _pipelines = MakeQueue(engine.Settings.PipelineParallelism, engine.Turn, coordinators);
    private readonly ReadyQueue _tasks = MakeQueue(engine.Settings.TaskParallelism, engine.Turn, workers);
    private Decision _inHand;

    /// <summary>The decision that was being carried out when a fault struck.</summary>
    public Decision InHand => _inHand;

    /// <param name="cause">The fact that it follows from, where it is one.</param>
    public void CarryOut(in Fact cause = default)
    {
        while (core.TryDecide(out _inHand))
        {
            switch (_inHand.Kind)
            {
                case DecisionKind.StartPipeline:
                    var pipeline = (PipelineWork)_inHand.Subject;
                    pipeline.MarkRunning();
                    engine.Events.TellStarted(pipeline);
                    if (pipeline.IsAsync)
                        pipeline.StartOnPool();
                    else
                        _pipelines.Add(pipeline);
                    break;
                case DecisionKind.RunTask:
                    var task = (TaskWork)_inHand.Subject;
                    task.Progress.TryAdvance(TaskState.Queued, TaskState.Ready);
                    engine.Events.TellAdmitted(task);
                    _tasks.Add(task);
                    break;
                case DecisionKind.TerminateTask:
                    ((TaskWork)_inHand.Subject).SignalTermination();
                    break;
                case DecisionKind.TerminatePipeline:
                    ((PipelineWork)_inHand.Subject).SignalTermination();
                    break;
                case DecisionKind.PublishTask:
                    Publish((TaskWork)_inHand.Subject, cause);
                    break;
                case DecisionKind.PublishPipeline:
                    Publish((PipelineWork)_inHand.Subject, cause);
                    break;
                case DecisionKind.PublishDrained:
                    ((PipelineWork)_inHand.Subject).PublishDrained();
                    break;
                case DecisionKind.RefuseWait:
                    _inHand.Wait.Release();
                    break;
            }
        }
    }

    private static ReadyQueue MakeQueue(int limit, Turn turn, IActorRef router) =>
        new(limit, CallsAtOnce, turn, executor => router.Tell(executor, ActorRefs.NoSender));

    private void Publish(PipelineWork pipeline, in Fact cause)
    {
        var failure = pipeline.Publish();
        engine.Events.TellEnded(pipeline, pipeline.State!.Value, failure, hadStarted: pipeline.State != PipelineState.Canceled, cause);
    }

    private void Publish(TaskWork task, in Fact cause)
    {
        var wasObserved = task.Publish();
        engine.Events.TellEnded(task, task.State!.Value, task.Progress.Failure?.SourceException, cause);
        if (!wasObserved && task.State == TaskState.Failed && task.Pipeline.State != PipelineState.Running)
        {
            engine.WarnOutsideTurn(
                task.Progress.Failure?.SourceException,
                $"{task} of {task.Owner} failed after the Run() of its pipeline had ended, and nobody is waiting for it.");
        }
    }
}
