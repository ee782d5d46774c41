/**
 * Scores a network against ground truth: data sets, confusion matrix, depth errors, angles between
 * normals.
 *
 * <p>Each score pools the pixels of all images: every pixel counts the same, whichever image it
 * belongs to.
 *
 * @serial exclude
 */
package dev.hydranet.eval;
