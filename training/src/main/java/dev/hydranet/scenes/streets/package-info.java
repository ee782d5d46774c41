/** The course and cross-section of a street, its surfaces, and the ground around it. */
package dev.hydranet.scenes.streets;
