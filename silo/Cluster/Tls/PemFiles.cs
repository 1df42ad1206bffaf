using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NeuroTrails.Running;

namespace NeuroTrails.Silo.Cluster.Tls;

/// <summary>Reads certificates and keys, and says which option names the file that is no good.</summary>
internal static class PemFiles
{
    public static X509Certificate2 Own(TlsFiles files)
    {
        var certificate = Text(files.Certificate, "--tls-certificate");
        using var plain = Certificate(certificate, files.Certificate);
        var key = Text(files.Key, "--tls-key");
        if (key.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            throw new UserErrorException(
                $"--tls-key {files.Key} is locked by a passphrase, and nobody is there to type it. Give a key without one (openssl pkey "
                    + "-in … -out …), which only this user may read."
            );
        }

        try
        {
            return X509Certificate2.CreateFromPem(certificate, key);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            var problem = key.Contains("PRIVATE KEY", StringComparison.Ordinal)
                ? $"--tls-key {files.Key} does not belong to the certificate in {files.Certificate} ({plain.Subject})"
                : $"--tls-key {files.Key} holds no private key";
            throw new UserErrorException(
                $"{problem}. Allowed: the certificate's own key, RSA or elliptic curve, as PEM without a passphrase.",
                fault
            );
        }
    }

    public static X509Certificate2Collection Authorities(string path)
    {
        var found = new X509Certificate2Collection();
        var text = Text(path, "--tls-ca");
        try
        {
            found.ImportFromPem(text);
        }
        catch (CryptographicException)
        {
            found.Clear();
        }

        return found.Count > 0 ? found : throw NoCertificate("--tls-ca", path);
    }

    private static X509Certificate2 Certificate(string text, string path)
    {
        try
        {
            return X509Certificate2.CreateFromPem(text);
        }
        catch (CryptographicException)
        {
            throw NoCertificate("--tls-certificate", path);
        }
    }

    private static UserErrorException NoCertificate(string option, string path) =>
        new($"{option} {path} holds no certificate. Allowed: PEM, between -----BEGIN CERTIFICATE----- and -----END CERTIFICATE-----.");

    private static string Text(string path, string option)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"{option} {path} cannot be read: {(File.Exists(path) ? fault.Message : "there is no such file")}. Give a PEM file that "
                    + "this user may read.",
                fault
            );
        }
    }
}
