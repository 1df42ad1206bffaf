namespace NeuroTrails.Tests.Orleans;

[Alias("test.newsReader")]
public interface INewsReader : IGrainObserver
{
    [Alias("read")]
    void Read(string news);

    [Alias("confirm")]
    Task<int> Confirm(string news);
}

[Alias("test.news")]
public interface INewsGrain : IGrainWithStringKey
{
    [Alias("subscribe")]
    Task Subscribe(INewsReader reader);

    [Alias("publish")]
    Task<int> Publish(string news);

    [Alias("count")]
    IAsyncEnumerable<int> CountTo(int limit, CancellationToken cancellationToken = default);
}

public sealed class NewsGrain(Journal journal) : Grain, INewsGrain
{
    private readonly List<INewsReader> _readers = [];

    public Task Subscribe(INewsReader reader)
    {
        _readers.Add(reader);
        return Task.CompletedTask;
    }

    public async Task<int> Publish(string news)
    {
        var confirmed = 0;
        foreach (var reader in _readers)
        {
            reader.Read(news);
            confirmed += await reader.Confirm(news);
        }

        return confirmed;
    }

    public async IAsyncEnumerable<int> CountTo(
        int limit,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            for (var i = 0; i < limit; i++)
            {
                await Task.Yield();
                if (i == 13)
                {
                    throw new InvalidTimeZoneException("unlucky");
                }

                yield return i;
            }
        }
        finally
        {
            journal.Write(this.GetPrimaryKeyString(), "enumerator disposed");
        }
    }
}
