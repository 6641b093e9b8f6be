using StageGate.Actors.Work;

namespace StageGate.Actors;

/// <summary>What the two kinds of task builder collect, and how it becomes a task.</summary>
internal struct TaskRequirements(PipelineBase pipeline)
{
    // An array that is never changed, only replaced: most tasks require one or two things, and there are a great many tasks.
    private KeyValuePair<string, decimal>[] _amounts = [];
    private string? _name;

    public void Add(string label, decimal amount)
    {
        Check(label, amount);
        if (_amounts.Length == 0 && pipeline.FindSubmitted(label, amount) is { } same)
        {
            _amounts = same;
            return;
        }

        for (var i = 0; i < _amounts.Length; i++)
        {
            if (_amounts[i].Key == label)
            {
                _amounts = [.. _amounts];
                _amounts[i] = new(label, amount);
                return;
            }
        }

        _amounts = [.. _amounts, new(label, amount)];
    }

    public void Add(IReadOnlyDictionary<string, decimal> resources)
    {
        ArgumentNullException.ThrowIfNull(resources);

        // Enumerated once, and checked whole before any of it counts. Its count is not asked for: it may be wrong by then where somebody
        // changes the dictionary meanwhile, and an amount that was left out would be taken from nobody.
        List<KeyValuePair<string, decimal>> copy = [];
        foreach (var pair in resources)
        {
            Check(pair.Key, pair.Value);
            copy.Add(pair);
        }

        var merged = new Dictionary<string, decimal>(_amounts, StringComparer.Ordinal);
        foreach (var (label, amount) in copy)
            merged[label] = amount;
        _amounts = [.. merged];
    }

    public void Name(string? name) => _name = name;

    public TaskWork<TResult> Submit<TResult>(TaskBody<TResult> body)
    {
        using var call = pipeline.Control("Run() of a task");
        var run = call.Run;
        var engine = run.Work.Engine;
        var demand = run.Resolve(_amounts);
        if (engine.Inbox.IsClosed)
            throw engine.Death();

        var task = new TaskWork<TResult>(run.Work, run.Stage, demand, _name, body);
        run.Submit(task);
        return task;
    }

    private static void Check(string label, decimal amount)
    {
        ArgumentNullException.ThrowIfNull(label);
        if (amount < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(amount), amount, $"A task cannot require less than nothing of {Text.Quote(label)}.");
        }
    }
}
