using static StageGate.Actors.SchedulerEvents;

namespace StageGate.Actors.Tests.Load;

/// <summary>
/// What the events of a scheduler must never tell: that a pipeline started before an older one, that a task was admitted before one that
/// stood ahead of it in the line, or that more is held than there is. Fed with the events of one subscriber, from any moment on.
/// </summary>
internal sealed class OrderRule(IReadOnlyDictionary<string, decimal> capacities, int workers)
{
    private readonly SortedSet<Place> _waiting = [];
    private readonly Dictionary<long, IReadOnlyDictionary<string, decimal>> _held = [];
    private readonly Dictionary<string, decimal> _inUse = capacities.ToDictionary(pair => pair.Key, _ => 0m);
    private long _lastStarted;

    /// <summary>How many admissions were looked at while somebody else was known to wait.</summary>
    public int Choices { get; private set; }

    public void Observe(SchedulerEvent happened)
    {
        switch (happened)
        {
            case PipelineStarted started:
                Assert.True(started.PipelineId > _lastStarted, $"Pipeline {started.PipelineId} started after pipeline {_lastStarted}.");
                _lastStarted = started.PipelineId;
                break;
            case TaskQueued queued:
                _waiting.Add(Place.Of(queued));
                break;
            case TaskAdmitted admitted:
                Admit(admitted);
                break;
            case TaskEnded ended:
                _waiting.Remove(Place.Of(ended));
                if (_held.Remove(ended.TaskId, out var held))
                    Add(held, -1);
                break;
        }
    }

    private void Admit(TaskAdmitted admitted)
    {
        var place = Place.Of(admitted);
        _waiting.Remove(place);
        if (_waiting.Count > 0)
        {
            Choices++;
            Assert.True(place.CompareTo(_waiting.Min) < 0, $"{place} was admitted before {_waiting.Min}.");
        }

        _held.Add(admitted.TaskId, admitted.Resources);
        Add(admitted.Resources, 1);
        Assert.True(_held.Count <= workers, $"{_held.Count} tasks hold one of {workers} workers after {place}.");
        Assert.All(_inUse, used => Assert.True(used.Value <= capacities[used.Key], $"{used} of {capacities[used.Key]} after {place}."));
    }

    private void Add(IReadOnlyDictionary<string, decimal> amounts, int sign)
    {
        foreach (var (label, amount) in amounts)
            _inUse[label] += sign * amount;
    }

    /// <summary>Where a task stands in the line: the later stage first, then the older pipeline, then the order of submission.</summary>
    private readonly record struct Place(int Stage, long Pipeline, long Task) : IComparable<Place>
    {
        public static Place Of(TaskEvent task) => new(task.Stage, task.PipelineId, task.TaskId);

        public int CompareTo(Place other) =>
            (-Stage, Pipeline, Task).CompareTo((-other.Stage, other.Pipeline, other.Task));
    }
}
