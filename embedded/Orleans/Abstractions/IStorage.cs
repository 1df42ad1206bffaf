namespace Orleans.Core
{
    /// <summary>Stored state: when it was last read or written, and how.</summary>
    public interface IStorage
    {
        string? Etag { get; }

        bool RecordExists { get; }

        Task ClearStateAsync();

        Task WriteStateAsync();

        Task ReadStateAsync();

        Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

        Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

        Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
    }

    /// <summary>Stored state of a type.</summary>
    /// <typeparam name="TState">The state.</typeparam>
    public interface IStorage<TState> : IStorage
    {
        TState State { get; set; }
    }
}

namespace Orleans.Runtime
{
    /// <summary>State that a grain's constructor asks for with <see cref="PersistentStateAttribute"/>.</summary>
    /// <typeparam name="TState">The state.</typeparam>
    public interface IPersistentState<TState> : Orleans.Core.IStorage<TState>;
}
