package dev.hydranet.images;

import java.util.Iterator;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * The JDK's own image readers: what they make of a file does not depend on which others are
 * registered.
 */
final class JdkReaders {
  private static final String PACKAGE = "com.sun.imageio.plugins.";

  private JdkReaders() {}

  /**
   * A new reader.
   *
   * @param format its format's name in lower case: jpeg, png, tiff
   */
  static ImageReader of(String format) throws IIOException {
    Iterator<ImageReaderSpi> providers =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
    while (providers.hasNext()) {
      ImageReaderSpi provider = providers.next();
      if (provider.getClass().getName().startsWith(PACKAGE + format + ".")) {
        try {
          return provider.createReaderInstance();
        } catch (java.io.IOException e) {
          throw new IIOException("this Java's reader of " + format + " does not start", e);
        }
      }
    }
    throw new IIOException("this Java has no reader of " + format);
  }
}
