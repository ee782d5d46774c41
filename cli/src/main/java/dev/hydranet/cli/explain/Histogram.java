package dev.hydranet.cli.explain;

/**
 * How numbers are spread.
 *
 * @param least of them
 * @param greatest of them
 * @param deviation the root of their mean squared distance from the mean
 * @param counts how many are in each of as many equal parts between least and greatest
 */
public record Histogram(
    double least, double greatest, double mean, double deviation, int[] counts) {
  private static final int PARTS = 41;

  /**
   * Counts at least one number. Numbers that are not finite or lie outside the range count in the
   * first part.
   */
  public static Histogram of(float[] numbers) {
    double least = numbers[0];
    double greatest = numbers[0];
    double sum = 0;
    for (float number : numbers) {
      least = Math.min(least, number);
      greatest = Math.max(greatest, number);
      sum += number;
    }
    double mean = sum / numbers.length;
    double squares = 0;
    int[] counts = new int[PARTS];
    for (float number : numbers) {
      squares += (number - mean) * (number - mean);
      // 0 where all are equal: not a number becomes 0.
      int part = (int) ((number - least) / (greatest - least) * PARTS);
      counts[Math.min(part, PARTS - 1)]++;
    }
    return new Histogram(least, greatest, mean, Math.sqrt(squares / numbers.length), counts);
  }
}
