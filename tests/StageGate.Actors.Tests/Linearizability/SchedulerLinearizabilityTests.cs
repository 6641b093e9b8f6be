using Akka.Actor;
using CsCheck;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Linearizability;

[Guarantee("S1", "A1", "A2", "A4", "L1", "L4", "L5", "C1", "C2", "C3", "T1", "T2", "T4", "K1", "K2", "V1", "V2", "V4")]
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
