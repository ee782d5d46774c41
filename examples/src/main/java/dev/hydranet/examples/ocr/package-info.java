/**
 * Reads text in pictures with three third-party ONNX models: one finds lines, one detects those
 * that are upside down, one reads them. Start at {@link dev.hydranet.examples.ocr.ReadText}.
 */
package dev.hydranet.examples.ocr;
