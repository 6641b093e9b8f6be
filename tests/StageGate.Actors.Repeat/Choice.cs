namespace StageGate.Actors.Repeat;

/// <summary>Which test classes are meant. A name is a class's own or its full one, or one or more segments of a namespace.</summary>
internal sealed record Choice(
    IReadOnlyCollection<string> Classes, IReadOnlyCollection<string> Namespaces, IReadOnlyCollection<string> Except)
{
    private bool IsEverything => Classes.Count == 0 && Namespaces.Count == 0;

    public bool Covers(string className) =>
        (IsEverything || Classes.Any(name => IsCalled(className, name)) || Namespaces.Any(name => IsWithin(className, name)))
        && !Except.Any(name => IsCalled(className, name));

    /// <summary>The names that no class answers to: a slip of the pen would otherwise be a run without a failure.</summary>
    public string[] Unknown(IEnumerable<string> all)
    {
        string[] known = [.. all];
        return
        [
            .. Classes.Concat(Except).Where(name => !known.Any(className => IsCalled(className, name))),
            .. Namespaces.Where(name => !known.Any(className => IsWithin(className, name))),
        ];
    }

    private static bool IsCalled(string className, string name) => $".{className}".EndsWith($".{name}", StringComparison.Ordinal);

    private static bool IsWithin(string className, string name) =>
        $".{className[..className.LastIndexOf('.')]}.".Contains($".{name}.", StringComparison.Ordinal);
}
