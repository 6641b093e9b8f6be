using StageGate.Actors.Tests.Support;
using static StageGate.Actors.SchedulerProtocol;

namespace StageGate.Actors.Tests.Load.Matrix;

/// <summary>All that can be said to a scheduler.</summary>
internal static class MessageCases
{
    public static IEnumerable<FacadeCase> All =>
    [
        Of(_ => new SubmitPipeline(new ScriptedPipeline<int>(_ => 1), "by message")),
        Of(i => new CancelPipeline(i % 8)),
        Of(_ => GetSnapshot.Instance),
        Of(i => new BeginShutdown(i % 2 == 0)),
        Of(_ => RequestTermination.Instance),
        Of(i => new CloseScheduler(i % 2 == 0)),
        Of(_ => new Subscribe()),
        Of(_ => new Unsubscribe()),
    ];

    private static FacadeCase Of<TMessage>(Func<int, TMessage> message)
        where TMessage : IMessage =>
        new($"tells {typeof(TMessage).Name}", (arena, i) => arena.Mail.Tell(message(i)), $"message {typeof(TMessage).Name}");
}
