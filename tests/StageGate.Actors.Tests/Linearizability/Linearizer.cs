using StageGate.Actors.Tests.Core.Model;

namespace StageGate.Actors.Tests.Linearizability;

/// <summary>
/// Searches for an order, one after the other, in which the model gives what was seen of operations that overlapped. An operation that had
/// ended before another one began comes before it; apart from that, any order will do.
/// </summary>
/// <remarks>
/// J. M. Wing and C. Gong, "Testing and Verifying Concurrent Objects", Journal of Parallel and Distributed Computing 17, 1993; with the
/// table of what was tried before, of G. Lowe, "Testing for Linearizability", Concurrency and Computation 29, 2017.
/// </remarks>
internal sealed class Linearizer
{
    private readonly Operation[] _operations;
    private readonly HashSet<(ulong Done, string State)> _tried = [];
    private readonly Dictionary<string, SchedulerModel> _ends = [];

    private Linearizer(Operation[] operations) => _operations = operations;

    /// <param name="starts">How the scheduler may have been before. They stay as they are.</param>
    /// <param name="operations">
    /// All that happened between two moments at which nothing was going on; 64 at most, and few that overlap: the search is exponential.
    /// </param>
    /// <returns>How the scheduler may be now. None: there is no such order.</returns>
    public static IReadOnlyCollection<SchedulerModel> Ends(IEnumerable<SchedulerModel> starts, IEnumerable<Operation> operations)
    {
        var search = new Linearizer([.. operations]);
        Assert.InRange(search._operations.Length, 0, 64);
        foreach (var start in starts)
            search.Visit(done: 0, start);
        return search._ends.Values;
    }

    private void Visit(ulong done, SchedulerModel model)
    {
        var state = StateOf(model);
        if (!_tried.Add((done, state)))
            return;

        int[] open = [.. Enumerable.Range(0, _operations.Length).Where(i => (done >> i & 1) == 0)];
        if (open.Length == 0)
        {
            _ends.TryAdd(state, model);
            return;
        }

        var firstEnd = open.Min(i => _operations[i].Ended);
        int[] next = [.. open.Where(i => _operations[i].Begun <= firstEnd)];
        foreach (var i in next.Where(i => _operations[i].Call.IsLook))
        {
            if (!_operations[i].Call.Happens(model.Copy()))
                continue;

            Visit(done | 1UL << i, model);
            return;
        }

        foreach (var i in next)
        {
            var copy = model.Copy();
            if (_operations[i].Call.Happens(copy))
                Visit(done | 1UL << i, copy);
        }
    }

    /// <summary>All of it that can matter later. What a task needs is the same wherever its id is the same.</summary>
    public static string StateOf(SchedulerModel model)
    {
        var pipelines = model.Pipelines.Select(pipeline => $"{pipeline.Id} {pipeline.State} in {pipeline.Stage}");
        var tasks = model.Tasks.Select(task => $"{task.Id} of {task.Pipeline.Id} {task.State} in {task.Stage}"
            + $"{(task.IsTerminationRequested ? " asked to end" : "")}{(task.HasThrown ? " has thrown" : "")}");
        var end = $"{(model.ShutdownStarted ? "; shut down" : "")}{(model.TerminationRequested ? "; all asked to end" : "")}";
        return $"pipelines {string.Join(", ", pipelines)}; tasks {string.Join(", ", tasks)}{end}";
    }
}
