package dev.hydranet;

import dev.hydranet.network.Variant;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A colour for each class, 8 bits sRGB. Immutable. */
public final class Palette {
  /** The colours of the six KITTI classes. */
  public static final Palette KITTI =
      of(0x808080, 0x800000, 0x804080, 0x0000c0, 0x808000, 0x400080);

  /** The colours of the forty NYUD classes: those of PASCAL VOC, class 0 having VOC's second. */
  public static final Palette NYUD = voc(Variant.NYUD.classNames().size());

  /**
   * NYUD's colours, then KITTI's, each class having its data set's colour. Some of them are the
   * same: no scene is indoors and in the street at once.
   */
  public static final Palette NYUD_KITTI = NYUD.followedBy(KITTI);

  private final int[] colours;

  private Palette(int[] colours) {
    this.colours = colours;
  }

  /**
   * {@return a palette of given colours, class 0 first}
   *
   * @param colours as {@code 0xRRGGBB}; higher bits are ignored
   */
  public static Palette of(int... colours) {
    return new Palette(Arrays.stream(colours).map(colour -> colour & 0xffffff).toArray());
  }

  /**
   * {@return the colours of PASCAL VOC without its first, black, which stands for no class:
   * distinct for up to 255 classes, then starting again}
   *
   * @param classes how many colours, at least 1
   */
  public static Palette voc(int classes) {
    return of(IntStream.range(0, classes).map(index -> vocColour(index % 255 + 1)).toArray());
  }

  /**
   * {@return the colours of a published network's classes}
   *
   * @param variant one of the published
   */
  public static Palette of(Variant variant) {
    return switch (variant) {
      case KITTI -> KITTI;
      case NYUD, NYUD3 -> NYUD;
      case NYUDKITTI -> NYUD_KITTI;
    };
  }

  /**
   * VOC's colour map: from the lowest bit up, the label's bits go in turn to red, green and blue,
   * the highest bit of each first.
   */
  private static int vocColour(int label) {
    int colour = 0;
    for (int bit = 7; label != 0; bit--) {
      colour |= (label & 1) << 16 + bit | (label >> 1 & 1) << 8 + bit | (label >> 2 & 1) << bit;
      label >>= 3;
    }
    return colour;
  }

  /** {@return the number of colours} */
  public int size() {
    return colours.length;
  }

  /**
   * {@return the colour of a class, as {@code 0xRRGGBB}}
   *
   * @param classIndex from 0 to {@code size() - 1}
   * @throws IndexOutOfBoundsException if the palette has no such class
   */
  public int rgb(int classIndex) {
    return colours[classIndex];
  }

  private Palette followedBy(Palette other) {
    return of(IntStream.concat(Arrays.stream(colours), Arrays.stream(other.colours)).toArray());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Palette palette && Arrays.equals(colours, palette.colours);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(colours);
  }

  @Override
  public String toString() {
    return "Palette of " + colours.length + " colours";
  }
}
