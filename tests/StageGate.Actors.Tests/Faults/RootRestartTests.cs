using Akka.Actor;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Faults;

/// <summary>The guardian of the user's actor system restarts what fails below it.</summary>
[Guarantee("D1")]
public class RootRestartTests
{
    private static readonly string s_restarts =
        $"akka.actor.guardian-supervisor-strategy = \"{typeof(RestartAll).AssemblyQualifiedName}\"";

    public static TheoryData<string> Each => [Dispatchers.Inline, Dispatchers.Pinned];

    [Theory]
    [MemberData(nameof(Each))]
    public void The_scheduler_dies_all_the_same_and_every_handle_says_why(string dispatcher)
    {
        using var site = new FaultSite(dispatcher, s_restarts);
        site.Populate();

        site.System.EngineActor().Tell(Kill.Instance);

        site.AssertAllFailed(handle => Assert.IsType<ActorKilledException>(handle.GetException()!.InnerException));
        site.AssertDead();
    }

    private sealed class RestartAll : SupervisorStrategyConfigurator
    {
        public override SupervisorStrategy Create() => new OneForOneStrategy(_ => Directive.Restart);
    }
}
