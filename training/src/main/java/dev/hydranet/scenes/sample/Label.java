package dev.hydranet.scenes.sample;

/** KITTI's six classes, by index, and what is none of them. */
public final class Label {
  public static final byte SKY = 0;
  public static final byte BUILDING = 1;
  public static final byte ROAD = 2;
  public static final byte SIDEWALK = 3;
  public static final byte VEGETATION = 4;
  public static final byte CAR = 5;

  /**
   * Poles, signs, people, fences, garden walls: not learned from, but depth and normal are there.
   */
  public static final byte IGNORED = (byte) 255;

  private Label() {}
}
