namespace Orleans
{
    /// <summary>A constructor parameter that the runtime fills by itself.</summary>
    public interface IFacetMetadata;
}

namespace Orleans.Runtime
{
    /// <summary>Which state of which storage a constructor parameter stands for.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    public class PersistentStateAttribute : Attribute, IFacetMetadata
    {
        public PersistentStateAttribute(string stateName, string? storageName = null)
        {
            ArgumentNullException.ThrowIfNull(stateName);
            StateName = stateName;
            StorageName = storageName;
        }

        public string StateName { get; }

        public string? StorageName { get; }
    }
}
