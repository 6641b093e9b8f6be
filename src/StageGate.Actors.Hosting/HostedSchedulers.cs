using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StageGate.Actors.Hosting.Configuration;
using StageGate.Actors.Hosting.Stopping;

namespace StageGate.Actors.Hosting;

/// <summary>The schedulers of one host. They belong to its Akka.NET builder, which makes the one actor system they all live in.</summary>
internal sealed class HostedSchedulers
{
    /// <summary>What an actor system has besides those of its own configuration, once the first scheduler is there.</summary>
    private static readonly HashSet<string> s_ownDispatchers =
    [
        .. OptionsRules.Dispatchers(new StageGateOptions()).Select(entry => entry.Id), "stagegate.dispatchers.pinned",
    ];

    private static readonly ConditionalWeakTable<AkkaConfigurationBuilder, HostedSchedulers> s_byBuilder = [];

    private readonly Lock _gate = new();
    private readonly List<HostedScheduler> _all = [];
    private readonly HashSet<Type> _keys = [];
    private bool _checked;

    public static HostedSchedulers Of(AkkaConfigurationBuilder builder) => s_byBuilder.GetOrCreateValue(builder);

    /// <exception cref="InvalidOperationException">The host has no Akka.NET.</exception>
    public static HostedSchedulers Of(IServiceProvider services) => services.GetService<AkkaConfigurationBuilder>() is { } builder
        ? Of(builder)
        : throw new InvalidOperationException("The host has no Akka.NET. Call services.AddAkka(...), and WithStageGate(...) in it.");

    /// <param name="key">What the service is keyed by; <see langword="null"/>: the unnamed scheduler.</param>
    /// <exception cref="InvalidOperationException">There is no such scheduler.</exception>
    public HostedScheduler Get(object? key)
    {
        var name = key ?? HostedScheduler.Unnamed;
        if (_all.Find(candidate => candidate.Name.Equals(name)) is { } scheduler)
            return scheduler;

        var (wanted, call) = key is null
            ? ("unnamed scheduler", "WithStageGate(...)")
            : ($"scheduler {Text.Quote(key.ToString() ?? "")}", "WithStageGate(name, ...)");
        var known = _all.Count == 0 ? "none" : string.Join(", ", _all.Select(candidate => Text.Quote(candidate.Name)));
        throw new InvalidOperationException(
            $"The host has no {wanted}. It has: {known}. Add it with {call}, where Akka.NET is configured.");
    }

    /// <param name="builder">The builder of the host.</param>
    /// <param name="scheduler">The scheduler, its options checked.</param>
    /// <param name="key">Its key in the actor registry, if it has one.</param>
    /// <exception cref="ArgumentException">The name or the key is taken.</exception>
    public void Add(AkkaConfigurationBuilder builder, HostedScheduler scheduler, Type? key)
    {
        // Health checks are told apart without regard to case, and people should not have to do better.
        if (_all.Find(other => other.Name.Equals(scheduler.Name, StringComparison.OrdinalIgnoreCase)) is { } twin)
        {
            throw new ArgumentException(
                $"The host has a scheduler {Text.Quote(twin.Name)} already. Give each a name of its own; case makes no difference.");
        }

        if (key is not null && !_keys.Add(key))
            throw new ArgumentException($"{key} is the key of another scheduler. Give {Text.Quote(scheduler.Name)} a key of its own.");

        if (_all.Count == 0)
            builder.StartActors((system, _) => StartAll(system));
        _all.Add(scheduler);
        StopPhase.Lengthen(builder, scheduler.Options);
    }

    public Scheduler Start(HostedScheduler scheduler, ActorSystem system)
    {
        Check(system);
        return scheduler.Start(system);
    }

    private void StartAll(ActorSystem system)
    {
        Check(system);
        foreach (var scheduler in _all)
            scheduler.Start(system);
    }

    /// <summary>What only the actor system knows. Checked for all of them before the first one starts.</summary>
    private void Check(ActorSystem system)
    {
        lock (_gate)
        {
            if (_checked)
                return;

            var faults = _all
                .SelectMany(scheduler => UnfitDispatchers(scheduler, system).Concat(StopPhase.Faults(scheduler, system)))
                .ToList();
            if (faults.Count > 0)
                throw new OptionsValidationException(Options.DefaultName, typeof(StageGateOptions), faults);
            _checked = true;
        }
    }

    private static IEnumerable<string> UnfitDispatchers(HostedScheduler scheduler, ActorSystem system)
    {
        foreach (var (option, id) in OptionsRules.Dispatchers(scheduler.Options).Where(entry => !s_ownDispatchers.Contains(entry.Id)))
        {
            if (RequirementNotMet(id, system) is { } wanted)
                yield return OptionsSource.Fault(scheduler.Source.Key(option), id, wanted);
        }
    }

    private static string? RequirementNotMet(string id, ActorSystem system)
    {
        if (!system.Dispatchers.HasDispatcher(id))
            return $"the id of a dispatcher that the actor system {system.Name} has";

        try
        {
            system.Dispatchers.Lookup(id);
            return null;
        }
        catch (Exception exception)
        {
            return $"the id of a dispatcher that can be made, and it cannot: {exception.Message.TrimEnd('.')}";
        }
    }
}
