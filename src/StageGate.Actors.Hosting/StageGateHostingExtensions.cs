using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using StageGate.Actors.Hosting.Configuration;
using StageGate.Actors.Hosting.Health;

namespace StageGate.Actors.Hosting;

/// <summary>Adds schedulers to a host's Akka.NET. Any number of them live in its one actor system.</summary>
/// <remarks>
/// Call them after your own HOCON was added. Each scheduler brings three health checks for hosts that call <c>AddHealthChecks()</c>:
/// <c>stagegate.live</c>, <c>stagegate.ready</c> and <c>stagegate.stuck</c>, or <c>stagegate.name.live</c> and so on for a named one;
/// and it stops with the host, as its options say. To inject it, call
/// <see cref="StageGateServiceCollectionExtensions.AddStageGate"/> as well.
/// </remarks>
public static class StageGateHostingExtensions
{
    /// <summary>Adds the unnamed scheduler, <c>/user/stagegate</c>. The key of its actor is <see cref="SchedulerActor"/>.</summary>
    /// <param name="builder">The builder of the host's Akka.NET.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    /// <exception cref="ArgumentException">There is an unnamed scheduler already.</exception>
    /// <exception cref="OptionsValidationException">Options are not what they must be; the message names them all.</exception>
    public static AkkaConfigurationBuilder WithStageGate(this AkkaConfigurationBuilder builder, Action<StageGateOptions> configure) =>
        Add(builder, null, FromCode(HostedScheduler.Unnamed, configure), typeof(SchedulerActor), Register<SchedulerActor>);

    /// <summary>Adds the unnamed scheduler, <c>/user/stagegate</c>. The key of its actor is <see cref="SchedulerActor"/>.</summary>
    /// <param name="builder">The builder of the host's Akka.NET.</param>
    /// <param name="section">Where the options come from: its keys are the properties of <see cref="StageGateOptions"/>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    /// <exception cref="ArgumentException">There is an unnamed scheduler already.</exception>
    /// <exception cref="OptionsValidationException">Keys are unknown, or values are wrong; the message names them all.</exception>
    public static AkkaConfigurationBuilder WithStageGate(this AkkaConfigurationBuilder builder, IConfiguration section) =>
        Add(builder, null, FromSection(section), typeof(SchedulerActor), Register<SchedulerActor>);

    /// <summary>Adds a named scheduler, injected by services that are keyed by its name. Its root is <c>/user/name</c>.</summary>
    /// <param name="builder">The builder of the host's Akka.NET.</param>
    /// <param name="name">A name of its own, fit for an actor.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    /// <exception cref="ArgumentException">The name cannot be that of an actor, or another scheduler has it.</exception>
    /// <exception cref="OptionsValidationException">Options are not what they must be; the message names them all.</exception>
    public static AkkaConfigurationBuilder WithStageGate(
        this AkkaConfigurationBuilder builder,
        string name,
        Action<StageGateOptions> configure) =>
        Add(builder, Checked(name), FromCode(name, configure), null, null);

    /// <summary>Adds a named scheduler, injected by services that are keyed by its name. Its root is <c>/user/name</c>.</summary>
    /// <param name="builder">The builder of the host's Akka.NET.</param>
    /// <param name="name">A name of its own, fit for an actor.</param>
    /// <param name="section">Where the options come from: its keys are the properties of <see cref="StageGateOptions"/>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    /// <exception cref="ArgumentException">The name cannot be that of an actor, or another scheduler has it.</exception>
    /// <exception cref="OptionsValidationException">Keys are unknown, or values are wrong; the message names them all.</exception>
    public static AkkaConfigurationBuilder WithStageGate(this AkkaConfigurationBuilder builder, string name, IConfiguration section) =>
        Add(builder, Checked(name), FromSection(section), null, null);

    /// <summary>Adds a named scheduler whose actor can be had as <c>IRequiredActor&lt;TKey&gt;</c>, too.</summary>
    /// <typeparam name="TKey">The key of its actor in the <see cref="ActorRegistry"/>: any type of yours.</typeparam>
    /// <inheritdoc cref="WithStageGate(AkkaConfigurationBuilder, string, Action{StageGateOptions})"/>
    public static AkkaConfigurationBuilder WithStageGate<TKey>(
        this AkkaConfigurationBuilder builder,
        string name,
        Action<StageGateOptions> configure) =>
        Add(builder, Checked(name), FromCode(name, configure), typeof(TKey), Register<TKey>);

    /// <summary>Adds a named scheduler whose actor can be had as <c>IRequiredActor&lt;TKey&gt;</c>, too.</summary>
    /// <typeparam name="TKey">The key of its actor in the <see cref="ActorRegistry"/>: any type of yours.</typeparam>
    /// <inheritdoc cref="WithStageGate(AkkaConfigurationBuilder, string, IConfiguration)"/>
    public static AkkaConfigurationBuilder WithStageGate<TKey>(
        this AkkaConfigurationBuilder builder,
        string name,
        IConfiguration section) =>
        Add(builder, Checked(name), FromSection(section), typeof(TKey), Register<TKey>);

    private static AkkaConfigurationBuilder Add(
        AkkaConfigurationBuilder builder,
        string? name,
        (StageGateOptions Options, OptionsSource Source, List<string> Faults) read,
        Type? key,
        Action<IActorRegistry, IActorRef>? register)
    {
        ArgumentNullException.ThrowIfNull(builder);
        read.Faults.AddRange(OptionsRules.Faults(read.Options, read.Source));
        if (read.Faults.Count > 0)
            throw new OptionsValidationException(name ?? Options.DefaultName, typeof(StageGateOptions), read.Faults);

        var scheduler = new HostedScheduler(name ?? HostedScheduler.Unnamed, read.Options, read.Source, register);
        HostedSchedulers.Of(builder).Add(builder, scheduler, key);
        return SchedulerChecks.Add(builder, scheduler, name);
    }

    private static (StageGateOptions Options, OptionsSource Source, List<string> Faults) FromCode(
        string name,
        Action<StageGateOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new StageGateOptions();
        configure(options);
        return (options, OptionsSource.Code(name), []);
    }

    private static (StageGateOptions Options, OptionsSource Source, List<string> Faults) FromSection(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        var options = new StageGateOptions();
        var source = OptionsSource.Section(section);
        List<string> faults = [];
        new OptionsSection(section, source, faults).ReadInto(options);
        return (options, source, faults);
    }

    private static string Checked(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ActorPath.IsValidPathElement(name)
            ? name
            : throw new ArgumentException($"{Text.Quote(name)} cannot be the name of a scheduler, nor of any actor.", nameof(name));
    }

    private static void Register<TKey>(IActorRegistry registry, IActorRef scheduler) => registry.Register<TKey>(scheduler);
}
