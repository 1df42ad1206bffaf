using Orleans.Runtime;

namespace Orleans
{
    /// <summary>Something with a grain identity that can be called.</summary>
    public interface IGrain : IAddressable;

    /// <summary>A grain whose key is a Guid.</summary>
    public interface IGrainWithGuidKey : IGrain;

    /// <summary>A grain whose key is an integer.</summary>
    public interface IGrainWithIntegerKey : IGrain;

    /// <summary>A grain whose key is a string.</summary>
    public interface IGrainWithStringKey : IGrain;

    /// <summary>A grain whose key is a Guid and a string.</summary>
    public interface IGrainWithGuidCompoundKey : IGrain;

    /// <summary>A grain whose key is an integer and a string.</summary>
    public interface IGrainWithIntegerCompoundKey : IGrain;

    /// <summary>Callbacks from grains to whoever registered an object reference.</summary>
    public interface IGrainObserver : IAddressable;
}

namespace Orleans.Runtime
{
    /// <summary>Anything that calls can be addressed to.</summary>
    public interface IAddressable;
}
