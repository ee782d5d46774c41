package dev.hydranet.video;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How many colour samples a frame has for its luma samples. Each component has 8 bits. */
public enum Chroma {
  /** A quarter as many; each sample lies in the middle of four luma samples. */
  C420JPEG("420jpeg", 2, 2),
  /** A quarter as many; each sample lies between two luma samples of the left column. */
  C420MPEG2("420mpeg2", 2, 2),
  /** A quarter as many, placed as in PAL DV. */
  C420PALDV("420paldv", 2, 2),
  /** Half as many: each row of luma has its row of colour, at half the width. */
  C422("422", 2, 1),
  /** As many. */
  C444("444", 1, 1),
  /** None: a grey picture. */
  MONO("mono", 0, 0);

  private final String label;
  private final int across;
  private final int down;

  Chroma(String label, int across, int down) {
    this.label = label;
    this.across = across;
    this.down = down;
  }

  /** {@return the name in a Y4M header, behind the {@code C}} */
  public String label() {
    return label;
  }

  /** {@return luma columns for each column of colour; 0 if there is no colour} */
  public int across() {
    return across;
  }

  /** {@return luma rows for each row of colour; 0 if there is no colour} */
  public int down() {
    return down;
  }

  /** {@return whether there is no colour} */
  public boolean isMono() {
    return across == 0;
  }

  /**
   * {@return the width of the colour planes, rounded up; 0 if there is no colour}
   *
   * @param width of the luma plane
   */
  public int width(int width) {
    return across == 0 ? 0 : Math.ceilDiv(width, across);
  }

  /**
   * {@return the height of the colour planes, rounded up; 0 if there is no colour}
   *
   * @param height of the luma plane
   */
  public int height(int height) {
    return down == 0 ? 0 : Math.ceilDiv(height, down);
  }

  /** The one that a Y4M header names; a bare 420 has always meant JPEG's. */
  static Optional<Chroma> of(String label) {
    String full = label.equals("420") ? C420JPEG.label : label;
    return Arrays.stream(values()).filter(one -> one.label.equals(full)).findFirst();
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(Chroma::label).toList();
  }
}
