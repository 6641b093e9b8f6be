using Akka.Actor;
using StageGate.Actors.Core;
using StageGate.Actors.Work;

namespace StageGate.Actors.Engine;

/// <summary>Carries out what the core decides, in the scheduler's turn. No user code runs here.</summary>
internal sealed class Effects(SchedulerCore core, EngineLink engine, IActorRef coordinators, IActorRef workers)
{
    private Decision _inHand;

    /// <summary>The decision that was being carried out when a fault struck.</summary>
    public Decision InHand => _inHand;

    public void CarryOut()
    {
        while (core.TryDecide(out _inHand))
        {
            switch (_inHand.Kind)
            {
                case DecisionKind.StartPipeline:
                    var pipeline = (PipelineWork)_inHand.Pipeline!;
                    pipeline.MarkRunning();
                    if (pipeline.IsAsync)
                        pipeline.StartOnPool();
                    else
                        coordinators.Tell(pipeline);
                    break;
                case DecisionKind.RunTask:
                    var task = (TaskWork)_inHand.Task!;
                    task.Progress.TryAdvance(TaskState.Queued, TaskState.Ready);
                    workers.Tell(task);
                    break;
                case DecisionKind.TerminateTask:
                    ((TaskWork)_inHand.Task!).SignalTermination();
                    break;
                case DecisionKind.TerminatePipeline:
                    ((PipelineWork)_inHand.Pipeline!).SignalTermination();
                    break;
                case DecisionKind.PublishTask:
                    Publish((TaskWork)_inHand.Task!);
                    break;
                case DecisionKind.PublishPipeline:
                    ((PipelineWork)_inHand.Pipeline!).Publish();
                    break;
                case DecisionKind.PublishDrained:
                    ((PipelineWork)_inHand.Pipeline!).PublishDrained();
                    break;
                case DecisionKind.RefuseWait:
                    _inHand.Wait!.Release();
                    break;
            }
        }
    }

    private void Publish(TaskWork task)
    {
        var wasObserved = task.Publish();
        if (!wasObserved && task.State == TaskState.Failed && task.Pipeline.State != PipelineState.Running)
        {
            engine.WarnOutsideTurn(
                task.Progress.Failure?.SourceException,
                $"{task} of {task.Owner} failed after the Run() of its pipeline had ended, and nobody is waiting for it.");
        }
    }
}
