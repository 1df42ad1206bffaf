namespace NeuroTrails.Contracts.Wire;

/// <summary>Puts TLS, or whatever else, under the connections on which tensors travel.</summary>
public interface ILaneSecurity
{
    /// <summary>The stream to use on the side that was called; throws where the caller may not come in.</summary>
    /// <param name="connection">The plain connection.</param>
    Stream Answer(Stream connection);

    /// <summary>The stream to use on the side that calls; throws where the other side is not whom it should be.</summary>
    /// <param name="connection">The plain connection.</param>
    Stream Call(Stream connection);
}
