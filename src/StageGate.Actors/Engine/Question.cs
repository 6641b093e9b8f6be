using Akka.Actor;
using Akka.Util;

namespace StageGate.Actors.Engine;

/// <summary>Something that is asked by this library itself, and blocks nobody when it is told the answer.</summary>
internal interface IQuestion : IActorRef;

/// <summary>
/// A question to the scheduler, and the place for its answer. Akka's own goes on, with the answer in hand, on the <see cref="TaskScheduler"/> of
/// whoever asks: that may be busy with the very call that waits, or run what it is given inside the scheduler's turn.
/// </summary>
internal sealed class Question<TReply> : IQuestion
    where TReply : class
{
    private static readonly ActorPath s_path = new RootActorPath(Address.AllSystems) / "stagegate-question";

    private readonly TaskCompletionSource<TReply> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _ended;

    private Question()
    {
    }

    public ActorPath Path => s_path;

    /// <param name="scheduler">Who is asked.</param>
    /// <param name="message">What is asked.</param>
    /// <param name="ended">Cancelled when there will be no answer any more; the task is canceled then.</param>
    public static Task<TReply> Ask(IActorRef scheduler, object message, CancellationToken ended)
    {
        var question = new Question<TReply>();

        // Before the question is told: the answer finds the registration.
        question._ended = ended.UnsafeRegister(static question => ((Question<TReply>)question!)._answer.TrySetCanceled(), question);
        scheduler.Tell(message, question);
        return question._answer.Task;
    }

    public void Tell(object message, IActorRef sender)
    {
        _ended.Unregister();
        if (message is TReply reply)
            _answer.TrySetResult(reply);
        else
            _answer.TrySetException(new InvalidOperationException($"The scheduler answered with {message.GetType()} in place of {typeof(TReply)}."));
    }

    public bool Equals(IActorRef? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => _answer.GetHashCode();

    public int CompareTo(IActorRef? other) => other is null ? 1 : Path.CompareTo(other.Path);

    public int CompareTo(object? obj) => CompareTo(obj as IActorRef);

    public ISurrogate ToSurrogate(ActorSystem system) => throw new NotSupportedException("A question is asked inside one process.");
}
