using Akka.Actor;
using CsCheck;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Linearizability;

public sealed class SchedulerLinearizabilityTests : IDisposable
{
    private readonly ActorSystem _system = Systems.New();

    public void Dispose() => _system.Terminate().Ends();

    [Theory]
    [InlineData(Dispatchers.Inline, true)]
    [InlineData(Dispatchers.Inline, false)]
    [InlineData(Dispatchers.Pinned, true)]
    public void Whatever_many_threads_ask_at_once_is_answered_as_if_one_had_asked_after_the_other(string dispatcher, bool isWatched)
    {
        ConcurrentRun.Histories.Sample(
            history =>
            {
                using var run = new ConcurrentRun(_system, history, dispatcher, isWatched);
                run.ToTheEnd();
            },
            iter: 10,
            threads: 1,
            print: history => history.ToString());
    }
}
