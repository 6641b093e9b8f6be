namespace StageGate.Actors.Benchmarks.Runners;

/// <summary>Who competes.</summary>
internal static class Peers
{
    /// <summary>Us, and all who tell of the end of each callable.</summary>
    public static readonly IReadOnlyList<Peer> All =
    [
        StageGateRunner.Peer, SemaphoreRunner.Peer, ChannelRunner.Peer, ActionBlockRunner.Peer, LimiterRunner.Peer, RoundRobinRunner.Peer,
    ];

    /// <summary>Everybody does the same in a case, and is compared with the semaphore.</summary>
    public static Case Case(string name, IScript script, Shape shape, params IEnumerable<Peer> peers) =>
        new(name, SemaphoreRunner.Name, [.. peers.Select(peer => peer.Runs(script, shape))]);
}
