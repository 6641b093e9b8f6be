using System.Reflection;
using System.Text.RegularExpressions;

namespace StageGate.Actors.Tests.Support;

/// <summary>What GUARANTEES.md promises, and what the tests of this assembly cite of it.</summary>
internal static partial class GuaranteeList
{
    private static readonly Assembly s_assembly = typeof(GuaranteeList).Assembly;
    private static readonly bool s_isHosting = s_assembly.GetName().Name!.Contains("Hosting", StringComparison.Ordinal);

    /// <summary>The id of every sentence, in the order of the file.</summary>
    public static IReadOnlyList<string> Ids { get; } =
        [.. Sentence().Matches(Repository.Read("GUARANTEES.md")).Select(match => match.Groups[1].Value)];

    /// <summary>What no test can show, each with the reason.</summary>
    public static IReadOnlyDictionary<string, string> Exempt { get; } = new Dictionary<string, string>
    {
        ["N11"] = "What ends the process ends the tests.",
        ["N12"] = "Nothing is said of what comes of it, and a test would take the last thread or byte from all that runs on the machine.",
    };

    /// <summary>The ids that the tests of this assembly have to show; what is told of hosts is shown by those of the hosting.</summary>
    public static IEnumerable<string> ShownHere =>
        Ids.Where(id => !Exempt.ContainsKey(id) && IsOfHosts(id) == s_isHosting);

    /// <summary>Each id that stands at a test, or at a class that has tests.</summary>
    public static ILookup<string, string> Citations { get; } = Cited().ToLookup(pair => pair.Id, pair => pair.Test);

    /// <summary>Attributes that prove nothing, because there is no test where they stand.</summary>
    public static IEnumerable<string> Misplaced => Members.Where(member => IdsAt(member).Any() && !IsTested(member)).Select(Name);

    private static IEnumerable<MemberInfo> Members => s_assembly.GetTypes().SelectMany(type => Methods(type).Cast<MemberInfo>().Prepend(type));

    private static IEnumerable<(string Id, string Test)> Cited() =>
        from member in Members
        where IsTested(member)
        from id in IdsAt(member)
        select (id, Name(member));

    private static bool IsOfHosts(string id) => id.StartsWith('H') || id is "N17" or "N18";

    private static bool IsTested(MemberInfo member) => member is Type type
        ? Methods(type).Any(IsTested)
        : member.GetCustomAttribute<FactAttribute>(inherit: true) is { Skip: null };

    private static MethodInfo[] Methods(Type type) => type.GetMethods(
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);

    private static IEnumerable<string> IdsAt(MemberInfo member) => member.GetCustomAttribute<GuaranteeAttribute>(inherit: false)?.Ids ?? [];

    private static string Name(MemberInfo member) => $"{member.DeclaringType?.Name}.{member.Name}";

    [GeneratedRegex(@"^- \*\*([A-Z]\d+)\*\* ", RegexOptions.Multiline)]
    private static partial Regex Sentence();
}
