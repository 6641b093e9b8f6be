using System.Collections.Concurrent;
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
    private readonly ConcurrentQueue<Type> _asked = new();
    private List<Type> _due = [];

    public void Tell(IMessage message)
    {
        _sender.Tell(arena.Scheduler, message);
        _asked.Enqueue(AnswerTo(message));
    }

    /// <summary>
    /// Work is open, and is kept open until this returns. So what the scheduler was told up to now came before its end, and is answered
    /// however late it is read.
    /// </summary>
    public void ExpectAnswers()
    {
        _due = [.. _asked];

        // Who asks for the close more than once hears of it once.
        if (_due.Contains(typeof(SchedulerClosed)))
            _due = [.. _due.Where(answer => answer != typeof(SchedulerClosed)), typeof(SchedulerClosed)];
    }

    /// <summary>
    /// Reads until all that was asked in time is answered, and each pipeline that was accepted by message has been answered twice: accepted,
    /// and ended.
    /// </summary>
    public void AwaitTheRest(long pipelinesAccepted)
    {
        var accepted = new List<PipelineHandle>();
        var ended = new List<PipelineHandle>();
        while (accepted.Count < pipelinesAccepted || ended.Count < pipelinesAccepted || _due.Count > 0)
        {
            Assert.True(
                _sender.TryNext(out var letter),
                $"Of {pipelinesAccepted} pipelines {accepted.Count} were answered and {ended.Count} told to have ended; missing: {string.Join(", ", _due)}.");
            Read(letter, accepted, ended);
        }

        Assert.Equal(pipelinesAccepted, accepted.Distinct().Count());
        Assert.Equal(accepted.Select(handle => handle.Id).Order(), ended.Select(handle => handle.Id).Order());
    }

    public void Dispose() => arena.System.Stop(_sender.Ref);

    private void Read(object letter, List<PipelineHandle> accepted, List<PipelineHandle> ended)
    {
        switch (letter)
        {
            case PipelineAccepted answer:
                accepted.Add(answer.Handle);
                _due.Remove(typeof(PipelineAccepted));
                break;
            case PipelineEnded answer:
                Assert.True(answer.Handle.IsDone);
                ended.Add(answer.Handle);
                break;
            case PipelineRejected answer:
                Assert.Equal(typeof(InvalidOperationException), answer.Reason.GetType());
                _due.Remove(typeof(PipelineAccepted));
                break;
            case SchedulerEvent:
                break;
            default:
                Assert.True(
                    letter is SchedulerSnapshot or CancelReply or ShutdownBegun or TerminationRequested or SchedulerClosed or Subscribed
                        or Unsubscribed,
                    $"{letter}");
                _due.Remove(letter.GetType());
                break;
        }
    }

    private static Type AnswerTo(IMessage message) => message switch
    {
        SubmitPipeline => typeof(PipelineAccepted),
        CancelPipeline => typeof(CancelReply),
        GetSnapshot => typeof(SchedulerSnapshot),
        BeginShutdown => typeof(ShutdownBegun),
        RequestTermination => typeof(TerminationRequested),
        CloseScheduler => typeof(SchedulerClosed),
        Subscribe => typeof(Subscribed),
        Unsubscribe => typeof(Unsubscribed),
        _ => throw new ArgumentException($"What is the answer to {message}?", nameof(message)),
    };
}
