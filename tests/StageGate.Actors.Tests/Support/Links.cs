using System.Reflection;
using StageGate.Actors.Engine;
using StageGate.Actors.Engine.Events;

namespace StageGate.Actors.Tests.Support;

/// <summary>A look behind the facade, for what must not be left behind there.</summary>
internal static class Links
{
    public static EngineLink EngineOf(Scheduler scheduler) =>
        (EngineLink)typeof(Scheduler).GetField("_engine", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(scheduler)!;

    public static EventFeed EventsOf(Scheduler scheduler) => EngineOf(scheduler).Events;

    public static OwnThreads ThreadsOf(Scheduler scheduler) => EngineOf(scheduler).Threads;

    public static Turn TurnOf(Scheduler scheduler) => EngineOf(scheduler).Turn;

    public static Lock GateOf(Relay relay) =>
        (Lock)typeof(Relay).GetField("_gate", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(relay)!;
}
