package dev.hydranet.scenes;

/** KITTI's six classes, by index, and what is none of them. */
final class Label {
  static final byte SKY = 0;
  static final byte BUILDING = 1;
  static final byte ROAD = 2;
  static final byte SIDEWALK = 3;
  static final byte VEGETATION = 4;
  static final byte CAR = 5;

  /**
   * Poles, signs, people, fences, garden walls: not learned from, but depth and normal are there.
   */
  static final byte IGNORED = (byte) 255;

  private Label() {}
}
