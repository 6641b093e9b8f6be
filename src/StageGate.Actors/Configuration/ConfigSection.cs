using System.Globalization;
using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace StageGate.Actors.Configuration;

/// <summary>The <c>stagegate</c> section of a configuration, read value by value with errors that name the key.</summary>
internal sealed class ConfigSection
{
    private static readonly HashSet<string> s_known = [.. StageGateConfig.Reference.GetValue(StageGateConfig.Section).GetObject().Items.Keys];

    private readonly Config _config;

    public ConfigSection(Config config)
    {
        _config = config.WithFallback(StageGateConfig.Reference);
        foreach (var key in ItemsOf(StageGateConfig.Section).Keys)
        {
            if (!s_known.Contains(key))
            {
                throw new ArgumentException(
                    $"The configuration has the unknown key {Shown(key)}. Known are: {string.Join(", ", s_known)}.",
                    nameof(config));
            }
        }
    }

    public int Parallelism(string key)
    {
        var text = Text(key);
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            throw Invalid(key, text, "a whole number");
        return value >= 1 ? value : throw OutOfRange(key, value, "1 or more");
    }

    public string Text(string key)
    {
        var value = _config.GetValue(Path(key));
        if (value is null || !value.IsString() || string.IsNullOrWhiteSpace(value.GetString()))
            throw Invalid(key, TextOf(value), "a single value");
        return value.GetString();
    }

    public IEnumerable<KeyValuePair<string, decimal>> Resources()
    {
        foreach (var (label, value) in ItemsOf(Path("resources")))
        {
            var key = $"resources.{label}";
            var text = TextOf(value);
            if (!AmountText.TryParse(text, out var amount, out var wanted))
                throw Invalid(key, text, wanted);
            yield return amount >= 0 ? new(label, amount) : throw OutOfRange(key, amount, "zero or more");
        }
    }

    private static string Path(string key) => $"{StageGateConfig.Section}.{key}";

    private static string Shown(string key) => Path(StageGate.Actors.Text.Line(key));

    /// <summary>Never all of a section or of a list: one that is put inside itself has no end.</summary>
    private static string TextOf(HoconValue? value)
    {
        if (value is null)
            return "";
        if (value.IsString())
            return value.GetString();
        return value.IsObject() ? "{ ... }" : "[ ... ]";
    }

    private static ArgumentException Invalid(string key, string text, string wanted) =>
        new($"{Shown(key)} is {StageGate.Actors.Text.Quote(text)}; it must be {wanted}.");

    private static ArgumentOutOfRangeException OutOfRange(string key, object value, string wanted) =>
        new(null, value, $"{Shown(key)} must be {wanted}.");

    private Dictionary<string, HoconValue> ItemsOf(string path)
    {
        var value = _config.GetValue(path);
        if (value is null || !value.IsObject())
            throw new ArgumentException($"{path} must be a section in braces.");

        // A label in quotes keeps them in Akka's parser.
        return value.GetObject().Items.ToDictionary(item => item.Key.Trim('"'), item => item.Value);
    }
}
