using System.Numerics;
using Akka.Actor;
using StageGate.Actors.Tests.Core.Model;
using StageGate.Actors.Tests.Core.Rules;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Linearizability;

/// <summary>
/// Listens to the events of a real scheduler, which come in the order of its decisions, and lets the rules judge them. Calls and their
/// answers are not among the events, nor are slots, so only the rules that need neither are asked.
/// </summary>
internal sealed class EventWatch : IDisposable
{
    private static readonly Rule[] s_rules =
    [
        SafetyRules.Capacity, SafetyRules.Workers, SafetyRules.Coordinators, SafetyRules.NoOvertaking, SafetyRules.FirstInFirstOut,
        SafetyRules.OnlyWaitingStarts, SafetyRules.BeginsOnce, SafetyRules.NeverAfterCancel, SafetyRules.PublishedOnce,
        SafetyRules.ExactLedger, LivenessRules.HeadIsAdmitted, LivenessRules.OldestStarts,
    ];

    private readonly ActorSystem _system;
    private readonly Scheduler _scheduler;
    private readonly Correspondent _listener;
    private readonly Judge _judge;
    private readonly int _resources;
    private readonly Dictionary<long, int> _workers = [];
    private readonly Dictionary<long, int> _coordinators = [];

    public EventWatch(ActorSystem system, Scheduler scheduler, History history)
    {
        _system = system;
        _scheduler = scheduler;
        _resources = history.Capacities.Length;
        _judge = new Judge(new Board(history.Capacities, history.PipelineParallelism, history.TaskParallelism), s_rules);
        _listener = new Correspondent(system);
        _listener.Subscribe(scheduler);
    }

    /// <summary>Reads all events so far, at a moment when nothing is going on.</summary>
    /// <param name="rest">The scheduler at that moment.</param>
    public void ReadUpTo(SchedulerSnapshot rest)
    {
        foreach (var happening in _listener.EventsSoFar(_scheduler).SelectMany(Read))
            _judge.AssertAllowed(happening);
        _judge.AssertAllowed(new Settled(IsDrained: false, [.. rest.Resources.Select(usage => usage.InUse)]));
    }

    public void Dispose() => _system.Stop(_listener.Ref);

    private Happening[] Read(object message)
    {
        switch (message)
        {
            case SchedulerEvents.PipelineQueued queued:
                return [new PipelineSubmitted(queued.PipelineId)];
            case SchedulerEvents.PipelineStarted started:
                return [new PipelineStarted(started.PipelineId, Take(_coordinators, started.PipelineId))];
            case SchedulerEvents.PipelineEnded ended:
                _coordinators.Remove(ended.PipelineId);
                return [new PipelineReturned(ended.PipelineId, ended.State), new PipelinePublished(ended.PipelineId, ended.State)];
            case SchedulerEvents.TaskQueued queued:
                return [new TaskSubmitted(queued.TaskId, queued.PipelineId, queued.Stage, Demand(queued))];
            case SchedulerEvents.TaskAdmitted admitted:
                return [new TaskAdmitted(admitted.TaskId, Take(_workers, admitted.TaskId))];
            case SchedulerEvents.TaskStarted started:
                return [new TaskBegun(started.TaskId)];
            case SchedulerEvents.TaskEnded ended:
                _workers.Remove(ended.TaskId);
                return [new TaskReturned(ended.TaskId, ended.State), new TaskPublished(ended.TaskId, ended.State)];
            default:
                return [];
        }
    }

    private BigInteger[] Demand(SchedulerEvents.TaskEvent task) =>
        [.. Enumerable.Range(0, _resources).Select(i => Exact.Scaled(task.Resources.GetValueOrDefault($"r{i}")))];

    /// <summary>Events tell no slots, so any free one will do; where none is free, it is one too many.</summary>
    private static int Take(Dictionary<long, int> taken, long id)
    {
        var slot = Enumerable.Range(0, taken.Count + 1).First(slot => !taken.ContainsValue(slot));
        taken[id] = slot;
        return slot;
    }
}
