using Akka.Actor;
using CsCheck;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Linearizability;

public sealed class SchedulerLinearizabilityTests : IDisposable
{
    private readonly ActorSystem _system = Systems.New();

    public void Dispose() => _system.Terminate().Ends();

    [Fact]
    public void Whatever_many_threads_ask_at_once_is_answered_as_if_one_had_asked_after_the_other()
    {
        ConcurrentRun.Histories.Sample(
            history =>
            {
                using var run = new ConcurrentRun(_system, history);
                run.ToTheEnd();
            },
            iter: 20,
            threads: 1,
            print: history => history.ToString());
    }
}
