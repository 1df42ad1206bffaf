using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NeuroTrails.Silo.Cluster;

/// <summary>Reads hosts and ports, and finds free ones.</summary>
internal static class Endpoints
{
    public static IPEndPoint Parse(string text, string option)
    {
        var colon = text.LastIndexOf(':');
        return
            colon > 0
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and < 65536
            ? new(Address(text[..colon], option), port)
            : throw new UserErrorException(
                $"{option} {text} is no HOST:PORT. Allowed: a host name or address, a colon, and a port from 1 to 65535, such as "
                    + "127.0.0.1:11111."
            );
    }

    public static IPAddress Address(string host, string option)
    {
        if (IPAddress.TryParse(host, out var address))
        {
            return address;
        }

        try
        {
            return Dns.GetHostAddresses(host, AddressFamily.InterNetwork).First();
        }
        catch (Exception fault) when (fault is SocketException or InvalidOperationException)
        {
            throw new UserErrorException($"Host '{host}' has no address here. Change {option}.", fault);
        }
    }

    // Ports for silos and clients; 0 stands for a free one.
    public static (int Silo, int Gateway) Ports(IPAddress address, int silo, int gateway)
    {
        using var first = Listen(address, silo, "--silo-port");
        using var second = Listen(address, gateway, "--gateway-port");
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }

    // Sees to it that a port can be listened on: what fails in the background later would have no reader.
    public static void CheckFree(IPAddress address, int port, string option) => Listen(address, port, option).Dispose();

    public static T Listening<T>(Func<T> make, IPAddress address, int port, string option)
    {
        try
        {
            return make();
        }
        catch (SocketException fault)
        {
            throw new UserErrorException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{address}:{port} cannot be listened on ({fault.Message}). Change {option} or --host."
                ),
                fault
            );
        }
    }

    private static TcpListener Listen(IPAddress address, int port, string option) =>
        Listening(
            () =>
            {
                var listener = new TcpListener(address, port);
                try
                {
                    listener.Start();
                    return listener;
                }
                catch
                {
                    listener.Dispose();
                    throw;
                }
            },
            address,
            port,
            option
        );
}
