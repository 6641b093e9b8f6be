using Akka.Actor;

namespace StageGate.Actors.Engine.Events;

/// <summary>
/// An actor that is none of ours, as a key. A reference that is not Akka's own may come to throw wherever it is touched, and must be
/// forgotten then: so it is asked for its hash once, and none that throws stands between two others.
/// </summary>
internal readonly struct Receiver(IActorRef actor) : IEquatable<Receiver>
{
    private readonly int _hash = actor.GetHashCode();

    public IActorRef Actor => actor;

    public bool Is(IActorRef other)
    {
        if (ReferenceEquals(actor, other))
            return true;

        try
        {
            return actor.Equals(other);
        }
        catch (Exception)
        {
            // It can be told from others by what it is alone.
            return false;
        }
    }

    public bool Equals(Receiver other) => Is(other.Actor);

    public override bool Equals(object? obj) => obj is Receiver other && Equals(other);

    public override int GetHashCode() => _hash;

    /// <summary>Its path, or its type where it has none.</summary>
    public override string ToString()
    {
        try
        {
            return actor.Path.ToString();
        }
        catch (Exception)
        {
            return actor.GetType().ToString();
        }
    }
}
