/**
 * Draws SVG, and images composed of panels, legends and scales. Only for this project's own
 * modules.
 */
package dev.hydranet.drawing;
