namespace StageGate.Actors.Tests.Core.Rules;

/// <summary>Reads a history as it happens, and says which rules it breaks.</summary>
internal sealed class Judge(Board board, IReadOnlyList<Rule> rules)
{
    private readonly List<Happening> _history = [];

    /// <returns>The rules that are broken by what happens now.</returns>
    public IReadOnlyList<Rule> Hear(Happening happening)
    {
        Rule[] broken = [.. rules.Where(rule => rule.IsBroken(board, happening))];
        board.Note(happening);
        _history.Add(happening);
        return broken;
    }

    public void AssertAllowed(Happening happening)
    {
        if (Hear(happening) is [var rule, ..])
            Assert.Fail($"Broken: {rule}\nby the last of\n{string.Join("\n", _history)}");
    }
}
