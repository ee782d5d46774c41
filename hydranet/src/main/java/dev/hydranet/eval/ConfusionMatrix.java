package dev.hydranet.eval;

import java.io.Serializable;

/**
 * How often pixels of one class were taken for another, and what follows from it. The measures are
 * those of PASCAL VOC (Everingham et al., IJCV 2010) as the network's authors compute them. Not
 * safe for use by several threads at once.
 */
public final class ConfusionMatrix implements Serializable {
  private static final long serialVersionUID = 1;

  /** The label of pixels that do not count. */
  public static final int IGNORED = 255;

  private final int classes;
  private final long[] counts; // [truth, predicted]

  /**
   * Without pixels.
   *
   * @param classes how many there are, 0 to 255
   * @throws IllegalArgumentException if the number is out of range
   */
  public ConfusionMatrix(int classes) {
    if (classes < 0 || classes > IGNORED) {
      throw new IllegalArgumentException("expected 0 to " + IGNORED + " classes, found " + classes);
    }
    this.classes = classes;
    this.counts = new long[classes * classes];
  }

  /**
   * Counts the pixels of an image; none of them if there is one that cannot be counted.
   *
   * @param truth the class of each pixel, or {@link #IGNORED}
   * @param predicted the class of each pixel
   * @throws IllegalArgumentException if there are not as many of one as of the other, or one is no
   *     class
   */
  public void add(int[] truth, int[] predicted) {
    Counts.check(truth.length, predicted.length);
    for (int i = 0; i < truth.length; i++) {
      if (truth[i] != IGNORED) {
        check(truth[i], " or " + IGNORED);
      }
      check(predicted[i], "");
    }
    for (int i = 0; i < truth.length; i++) {
      if (truth[i] != IGNORED) {
        counts[truth[i] * classes + predicted[i]]++;
      }
    }
  }

  private void check(int label, String others) {
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "expected classes from 0 to " + (classes - 1) + others + ", found " + label);
    }
  }

  /**
   * Counts all that another matrix did.
   *
   * @param other of as many classes
   * @throws IllegalArgumentException if it is not
   */
  public void addAll(ConfusionMatrix other) {
    if (other.classes != classes) {
      throw new IllegalArgumentException(
          "expected a matrix of " + classes + " classes, found " + other.classes);
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
  }

  /** {@return the number of classes} */
  public int classes() {
    return classes;
  }

  /**
   * {@return how many pixels of one class were taken for another, or for what they are}
   *
   * @param truth a class
   * @param predicted a class
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public long count(int truth, int predicted) {
    return counts[Counts.index(truth, predicted, classes)];
  }

  /** {@return how many pixels were counted} */
  public long pixels() {
    long pixels = 0;
    for (int c = 0; c < classes; c++) {
      pixels += truePixels(c);
    }
    return pixels;
  }

  /**
   * {@return how many pixels are of a class}
   *
   * @param classIndex a class
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public long truePixels(int classIndex) {
    long pixels = 0;
    for (int c = 0; c < classes; c++) {
      pixels += count(classIndex, c);
    }
    return pixels;
  }

  /**
   * {@return how many pixels were taken for a class}
   *
   * @param classIndex a class
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public long predictedPixels(int classIndex) {
    long pixels = 0;
    for (int c = 0; c < classes; c++) {
      pixels += count(c, classIndex);
    }
    return pixels;
  }

  /** {@return the share of the pixels that were taken for what they are; NaN without pixels} */
  public double pixelAccuracy() {
    long right = 0;
    for (int c = 0; c < classes; c++) {
      right += count(c, c);
    }
    return (double) right / pixels();
  }

  /**
   * {@return intersection over union: of the pixels that are of a class or were taken for it, the
   * share that are both; NaN if there are none}
   *
   * @param classIndex a class
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public double iou(int classIndex) {
    long both = count(classIndex, classIndex);
    return (double) both / (truePixels(classIndex) + predictedPixels(classIndex) - both);
  }

  /**
   * {@return the mean of the classes' intersections over unions; classes that no pixel is of or was
   * taken for are left out; NaN where that is all}
   */
  public double meanIou() {
    double sum = 0;
    int met = 0;
    for (int c = 0; c < classes; c++) {
      double iou = iou(c);
      if (!Double.isNaN(iou)) {
        sum += iou;
        met++;
      }
    }
    return sum / met;
  }
}
