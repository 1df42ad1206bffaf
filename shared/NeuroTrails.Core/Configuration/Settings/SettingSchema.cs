using System.Reflection;

namespace NeuroTrails.Configuration.Settings;

/// <summary>The tree of all settings, found once by reflection on the option records.</summary>
internal static class SettingSchema
{
    public static Setting Root { get; } =
        new(
            string.Empty,
            null,
            SettingKind.Section,
            typeof(RunOptions),
            false,
            false,
            new AllowedAttribute(),
            ChildrenOf(typeof(RunOptions), string.Empty)
        );

    public static IReadOnlyDictionary<string, Setting> ByPath { get; } = All(Root).ToDictionary(setting => setting.Path);

    private static IEnumerable<Setting> All(Setting setting) => setting.Children.Concat(setting.Children.SelectMany(All));

    private static List<Setting> ChildrenOf(Type section, string path) =>
        [
            .. section
                .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.SetMethod is not null)
                .Select(property => Describe(property, path)),
        ];

    private static Setting Describe(PropertyInfo property, string parent)
    {
        var name = SettingName.Of(property);
        var path = parent.Length == 0 ? name : $"{parent}.{name}";
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var mayBeEmpty =
            type != property.PropertyType
            || (!type.IsValueType && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable);
        var isList = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
        var item = isList ? type.GetGenericArguments()[0] : type;
        var kind = KindOf(item);
        return new Setting(
            path,
            property,
            kind,
            item,
            isList,
            mayBeEmpty,
            property.GetCustomAttribute<AllowedAttribute>() ?? new AllowedAttribute(),
            kind == SettingKind.Section ? ChildrenOf(item, path) : []
        );
    }

    private static SettingKind KindOf(Type type) =>
        type switch
        {
            _ when type == typeof(string) => SettingKind.Text,
            _ when type == typeof(int) || type == typeof(long) => SettingKind.Whole,
            _ when type == typeof(double) || type == typeof(float) => SettingKind.Real,
            _ when type == typeof(bool) => SettingKind.Flag,
            _ when type.IsEnum => SettingKind.Word,
            _ when type.IsClass && type.Assembly == typeof(RunOptions).Assembly => SettingKind.Section,
            _ => throw new NotSupportedException($"An option of type {type} cannot be written in a configuration file."),
        };
}
