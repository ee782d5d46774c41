/**
 * How right a network's answers are, measured against ground truth: data sets, confusion matrix,
 * depth errors, angles between normals.
 *
 * <p>Each measure takes the pixels of image after image and pools them: every pixel counts the
 * same, whatever image it is of.
 */
package dev.hydranet.eval;
