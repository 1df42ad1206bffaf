namespace NeuroTrails.Grains.Wire;

/// <summary>Puts TLS, or whatever else, under the connections on which tensors travel.</summary>
internal interface ILaneSecurity
{
    // The stream to use on the side that was called; throws where the caller may not come in.
    Stream Answer(Stream connection);

    // The stream to use on the side that calls; throws where the other side is not whom it should be.
    Stream Call(Stream connection);
}
