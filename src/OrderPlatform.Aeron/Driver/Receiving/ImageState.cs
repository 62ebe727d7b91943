namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>The life of an image. Source: aeron_publication_image.h of Aeron 1.52.</summary>
internal enum ImageState
{
    /// <summary>Data come and are read.</summary>
    Active,

    /// <summary>The stream is over or its source silent; subscribers read what there is, the source is told.</summary>
    Draining,

    /// <summary>Gone for the receiver and for clients; the log stays mapped while a reader may still be in it.</summary>
    Linger,

    /// <summary>The log may go.</summary>
    Done,
}
