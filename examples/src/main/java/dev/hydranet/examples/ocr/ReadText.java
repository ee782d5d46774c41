package dev.hydranet.examples.ocr;

import dev.hydranet.engine.Threads;
import dev.hydranet.images.Images;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Reads the text in a picture: prints each line with its confidence and box, and writes the picture
 * with the boxes drawn.
 *
 * <pre>{@code
 * ReadText package/assets receipt.jpg receipt-boxes.png
 * }</pre>
 */
public final class ReadText {
  private static final String USAGE = "usage: ReadText MODELS IMAGE [OUT.png]";

  private ReadText() {}

  /**
   * Reads one picture.
   *
   * @param arguments the models' folder, the picture, and the output file for the boxes
   */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (arguments.length < 2 || arguments.length > 3) {
      System.err.println(USAGE);
      System.exit(2);
    }
    try {
      OcrModels models = OcrModels.read(Path.of(arguments[0]), Threads.of(2));
      BufferedImage image = Images.read(Path.of(arguments[1]));
      List<TextLine> lines = models.lines(image);
      for (int i = 0; i < lines.size(); i++) {
        out.println((i + 1) + "  " + lines.get(i));
      }
      if (lines.isEmpty()) {
        out.println("no text found");
      }
      if (arguments.length == 3) {
        ImageIO.write(Drawing.of(image, lines), "png", Path.of(arguments[2]).toFile());
      }
    } catch (IOException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }
}
