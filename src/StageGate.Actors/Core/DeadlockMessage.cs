namespace StageGate.Actors.Core;

/// <summary>Says why a wait would never end: every link of the circle, and what to do.</summary>
internal sealed class DeadlockMessage
{
    /// <summary>How many links are told in full; the others are named.</summary>
    private const int MostLinks = 10;

    private readonly WaitGraph _graph;
    private readonly List<WorkEntry> _links = [];
    private readonly HashSet<WorkEntry> _linked = [];
    private readonly SortedSet<string> _advice = new(StringComparer.Ordinal);

    private DeadlockMessage(WorkEntry victim, WaitGraph graph)
    {
        _graph = graph;
        Follow([victim]);
    }

    /// <param name="victim">One of the stuck.</param>
    /// <param name="graph">A settled graph.</param>
    public static string For(WorkEntry victim, WaitGraph graph) => new DeadlockMessage(victim, graph).Tell();

    private string Tell()
    {
        var sentences = new List<string>();

        // Each sentence may add to the links.
        for (var i = 0; i < _links.Count && i < MostLinks; i++)
            sentences.Add(Link(_links[i]));
        if (_links.Count > MostLinks)
            sentences.Add($"in the same circle wait {string.Join(", ", _links.Skip(MostLinks))}");
        if (_advice.Count == 0)
            _advice.Add("do not let work wait for what waits for it");

        var advice = string.Join(", or ", _advice);
        return $"{_links[0]} would wait for ever: {string.Join("; ", sentences)}. To avoid it, {advice}.";
    }

    private string Link(WorkEntry work)
    {
        var hopeless = _graph.Stuck[work].Targets.Where(target => !_graph.CanEnd(target)).ToList();

        // The targets are read anew, and an interrupt may have ended the wait after it was found to be stuck.
        if (hopeless.Count == 0)
            return $"{work} has just given up waiting";

        var others = hopeless.Count > 1 ? $" (and {hopeless.Count - 1} more that cannot end either)" : "";
        return $"{work} waits for {hopeless[0]}{others}{Reason(hopeless[0])}";
    }

    private string Reason(WorkEntry target)
    {
        switch (target)
        {
            case PipelineEntry { IsQueued: true }:
                Follow(_graph.Stuck.Keys.Where(work => work is PipelineEntry));
                _advice.Add("raise PipelineParallelism");
                _advice.Add("wait outside Run() for pipelines that have not begun");
                return ", which can start only once a running pipeline has ended, and all of them wait";
            case TaskEntry { IsQueued: true } when !_graph.WorkersCanServe:
                Follow(_graph.Stuck.Keys.Where(work => work is TaskEntry));
                _advice.Add("raise TaskParallelism");
                _advice.Add("wait in Run() instead of in a task");
                return ", which can be admitted only once a running task has ended, and all of them wait";
            case TaskEntry { IsQueued: true } task:
                var blocked = _graph.BlockerOf(task)!;
                var holders = _graph.HoldersAgainst(blocked).ToList();
                Follow(holders);
                _advice.Add("wait in Run() instead of in a task that holds resources");
                return $", which {(target == blocked ? "" : $"stands in line behind {blocked}, which ")}needs resources that {Name(holders)} has";
            default:
                Follow([target]);
                return "";
        }
    }

    private void Follow(IEnumerable<WorkEntry> next) => _links.AddRange(next.Where(_linked.Add));

    private static string Name(List<TaskEntry> holders) =>
        holders.Count == 1 ? $"{holders[0]}" : $"{holders[0]} and {holders.Count - 1} more";
}
