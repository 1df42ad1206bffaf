using System.Reflection;

namespace Orleans.Runtime;

/// <summary>Follows the types that grain methods send, member by member, and notes what is wrong with them.</summary>
internal sealed class MessageWalk
{
    private readonly HashSet<Type> _seen = [];
    private readonly Dictionary<string, Type> _aliases = new(StringComparer.Ordinal);
    private readonly List<string> _breaches = [];

    public IReadOnlyList<string> Breaches => _breaches;

    public void VisitInterface(Type type)
    {
        if (type.Assembly == typeof(MessageWalk).Assembly || !_seen.Add(type))
        {
            return;
        }

        CheckAlias(type, required: false);
        CheckMethodAliases(type);
        foreach (var method in type.GetMethods())
        {
            var place = $"{MessageTypes.NameOf(type)}.{method.Name}";
            if (MessageTypes.ResultOf(method.ReturnType, out var result))
            {
                Visit(result, $"{place}, result");
            }
            else
            {
                _breaches.Add(
                    $"{place} returns {MessageTypes.NameOf(method.ReturnType)}: return Task, Task<T>, ValueTask, ValueTask<T>, "
                    + "IAsyncEnumerable<T> or void");
            }

            foreach (var parameter in method.GetParameters())
            {
                Visit(parameter.ParameterType, $"{place}, argument {parameter.Name}");
            }
        }

        foreach (var inherited in type.GetInterfaces())
        {
            VisitInterface(inherited);
        }
    }

    private void Visit(Type? type, string place)
    {
        switch (MessageTypes.KindOf(type))
        {
            case MessageTypeKind.Parts:
                foreach (var part in MessageTypes.PartsOf(type!))
                {
                    Visit(part, place);
                }

                break;
            case MessageTypeKind.Addressable:
                VisitInterface(type!);
                break;
            case MessageTypeKind.Tensor:
                _breaches.Add($"{place}: a tensor travels only as a member of an [Immutable] message type");
                break;
            case MessageTypeKind.Foreign:
                _breaches.Add($"{place}: {MessageTypes.NameOf(type!)} cannot travel, Orleans has no serialiser for it");
                break;
            case MessageTypeKind.Own when _seen.Add(type!):
                VisitMessage(type!, place);
                break;
        }
    }

    private void VisitMessage(Type type, string place)
    {
        var name = MessageTypes.NameOf(type);
        var isPayload = MessageTypes.IsTensorPayload(type);
        var tensors = isPayload
            ? ["[TensorPayload]"]
            : SerializedMembers.AllFields(type).Where(f => MessageTypes.BearsTensor(f.FieldType)).Select(MessageTypes.NameOf).ToArray();
        if (tensors.Length > 0 && !type.IsDefined(typeof(ImmutableAttribute), inherit: false))
        {
            _breaches.Add($"{name}: bears tensors ({string.Join(", ", tensors)}) and must be [Immutable] ({place})");
        }

        if (isPayload)
        {
            // Its bytes are written by a codec of its own.
            return;
        }

        if (!SerializedMembers.IsMarked(type))
        {
            _breaches.Add($"{name}: no [GenerateSerializer] ({place})");
            return;
        }

        CheckAlias(type, required: true);
        for (var current = type; current is not null && MessageTypes.KindOf(current) == MessageTypeKind.Own; current = current.BaseType)
        {
            if (current != type && !SerializedMembers.IsMarked(current))
            {
                _breaches.Add($"{name}: its base {MessageTypes.NameOf(current)} has no [GenerateSerializer], so its members are lost");
            }

            VisitMembers(current);
        }
    }

    private void VisitMembers(Type type)
    {
        var ids = new Dictionary<uint, string>();
        foreach (var field in SerializedMembers.OwnFields(type))
        {
            var member = $"{MessageTypes.NameOf(type)}.{MessageTypes.NameOf(field)}";
            if (SerializedMembers.IdOf(type, field) is { } id && !ids.TryAdd(id, member))
            {
                _breaches.Add($"{member}: [Id({id})] is {ids[id]}'s already");
            }

            if (SerializedMembers.Travels(type, field))
            {
                if (!MessageTypes.BearsTensor(field.FieldType))
                {
                    Visit(field.FieldType, member);
                }
            }
            else if (!field.IsDefined(typeof(NonSerializedAttribute)) && SerializedMembers.IsMarked(type))
            {
                _breaches.Add($"{member}: no [Id], so it is lost on the way (or mark its field [NonSerialized])");
            }
        }
    }

    private void CheckAlias(Type type, bool required)
    {
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (definition.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias is { } alias)
        {
            if (!_aliases.TryAdd(alias, definition) && _aliases[alias] != definition)
            {
                _breaches.Add(
                    $"{MessageTypes.NameOf(type)}: alias \"{alias}\" is {MessageTypes.NameOf(_aliases[alias])}'s already");
            }
        }
        else if (required)
        {
            _breaches.Add($"{MessageTypes.NameOf(type)}: no [Alias], so that renaming it would break running clusters");
        }
    }

    private void CheckMethodAliases(Type type)
    {
        foreach (var same in type.GetMethods()
                     .Select(m => (m.Name, m.GetCustomAttribute<AliasAttribute>()?.Alias))
                     .Where(m => m.Alias is not null)
                     .GroupBy(m => m.Alias)
                     .Where(g => g.Count() > 1))
        {
            _breaches.Add(
                $"{MessageTypes.NameOf(type)}: methods {string.Join(", ", same.Select(m => m.Name))} share the alias \"{same.Key}\"");
        }
    }
}
