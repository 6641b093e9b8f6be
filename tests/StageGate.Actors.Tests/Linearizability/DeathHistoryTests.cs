using CsCheck;
using StageGate.Actors.Tests.Engine;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Linearizability;

[Guarantee("D1", "D2", "D3", "D4", "D6", "V5", "K6")]
public class DeathHistoryTests
{
    private static readonly string[] s_ways = [.. Deaths.Ways];

    [Theory]
    [InlineData(Dispatchers.Inline)]
    [InlineData(Dispatchers.Pinned)]
    public void All_ends_in_whatever_state_and_way_the_engine_dies(string dispatcher)
    {
        ConcurrentRun.Histories.Sample(
            history =>
            {
                using var system = Systems.New();
                using (var run = new ConcurrentRun(system, history, dispatcher, isWatched: false, Systems.SchedulerName))
                {
                    run.ToTheDeath(() => system.Die(s_ways[history.Steps.Sum(step => step.How) % s_ways.Length]));
                }

                system.Terminate().Ends();
            },
            iter: 10,
            threads: 1,
            print: history => history.ToString());
    }
}
