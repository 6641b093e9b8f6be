using Akka.Actor;
using StageGate.Actors.Tests.Support;
using static StageGate.Actors.SchedulerProtocol;

namespace StageGate.Actors.Tests.Load.Matrix;

/// <summary>
/// What is said to the scheduler of an arena by message. Nobody waits for an answer, because a scheduler that has ended gives none; the
/// answers that came are looked at in the end.
/// </summary>
internal sealed class ArenaMail(Arena arena) : IDisposable
{
    private readonly Correspondent _sender = new(arena.System);

    public void Tell(IMessage message) => _sender.Tell(arena.Scheduler, message);

    /// <summary>Reads until each pipeline that was accepted by message has been answered twice: accepted, and ended.</summary>
    public void AwaitTheRest(long pipelinesAccepted)
    {
        var accepted = new List<PipelineHandle>();
        var ended = new List<PipelineHandle>();
        while (accepted.Count < pipelinesAccepted || ended.Count < pipelinesAccepted)
            Read(_sender.Next(), accepted, ended);

        Assert.Equal(pipelinesAccepted, accepted.Distinct().Count());
        Assert.Equal(accepted.Select(handle => handle.Id).Order(), ended.Select(handle => handle.Id).Order());
    }

    public void Dispose() => arena.System.Stop(_sender.Ref);

    private static void Read(object letter, List<PipelineHandle> accepted, List<PipelineHandle> ended)
    {
        switch (letter)
        {
            case PipelineAccepted answer:
                accepted.Add(answer.Handle);
                break;
            case PipelineEnded answer:
                Assert.True(answer.Handle.IsDone);
                ended.Add(answer.Handle);
                break;
            case PipelineRejected answer:
                Assert.Equal(typeof(InvalidOperationException), answer.Reason.GetType());
                break;
            default:
                Assert.True(
                    letter is SchedulerEvent or SchedulerSnapshot or CancelReply or ShutdownBegun or TerminationRequested or SchedulerClosed
                        or Subscribed or Unsubscribed,
                    $"{letter}");
                break;
        }
    }
}
