namespace NeuroTrails.Silo.Web;

/// <summary>A list of bounded length: when it is full, every second entry but the last goes.</summary>
internal sealed class Thinned<T>(int most)
{
    private readonly List<T> _items = [];

    public IReadOnlyList<T> Items => _items;

    public void Add(T item)
    {
        if (_items.Count >= most)
        {
            var kept = _items.Where((_, at) => at % 2 == 1).ToList();
            _items.Clear();
            _items.AddRange(kept);
        }

        _items.Add(item);
    }

    public void RemoveAll(Predicate<T> which) => _items.RemoveAll(which);
}
