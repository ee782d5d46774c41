package dev.hydranet;

import java.util.OptionalInt;

/**
 * How a network looks at an image. Immutable.
 *
 * <pre>{@code
 * Scene quick = net.predict(photo); // at the height that the weights were trained for
 * Scene fine = net.predict(photo, PredictOptions.DEFAULT.withHeight(480));
 * Scene all = net.predict(photo, PredictOptions.DEFAULT.withNativeHeight());
 * }</pre>
 */
public final class PredictOptions {
  private static final int OF_WEIGHTS = 0;

  private static final String NATIVE = "native";

  /** At the height that the weights were trained for; as the image is if they do not say. */
  public static final PredictOptions DEFAULT = new PredictOptions(OF_WEIGHTS);

  private final int height;

  private PredictOptions(int height) {
    this.height = height;
  }

  /**
   * {@return options that shrink images with more rows to some number of rows} The width shrinks by
   * the same factor. Smaller images stay as they are: nothing is ever enlarged.
   *
   * @param rows at least 1
   * @throws IllegalArgumentException if it is less
   */
  public PredictOptions withHeight(int rows) {
    if (rows < 1) {
      throw new IllegalArgumentException("expected a height of at least 1 row, found " + rows);
    }
    return new PredictOptions(rows);
  }

  /** {@return options that take images as they are, however large} */
  public PredictOptions withNativeHeight() {
    return new PredictOptions(Integer.MAX_VALUE);
  }

  /**
   * {@return options for a height as people write it}
   *
   * @param height a number of rows from 1 to 999999, or {@code native} to take images as they are
   * @throws IllegalArgumentException if it is neither
   */
  public static PredictOptions ofHeight(String height) {
    if (height.equals(NATIVE)) {
      return DEFAULT.withNativeHeight();
    }
    if (height.matches("[1-9][0-9]{0,5}")) {
      return DEFAULT.withHeight(Integer.parseInt(height));
    }
    throw new IllegalArgumentException(
        "expected a number of rows, or native, found '" + height + "'");
  }

  /**
   * The size at which an image is computed.
   *
   * @param trained the height that the weights were trained for, if they say
   */
  ImageSize sizeFor(ImageSize image, OptionalInt trained) {
    return image.shrunkTo(height == OF_WEIGHTS ? trained.orElse(Integer.MAX_VALUE) : height);
  }
}
