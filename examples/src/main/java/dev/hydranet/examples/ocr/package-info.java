/**
 * Text in pictures, read by three ONNX models of other people's making: one finds lines, one turns
 * them upright, one reads them. A reader begins at {@link dev.hydranet.examples.ocr.ReadText}.
 */
package dev.hydranet.examples.ocr;
