/** Vehicles in their lanes: as a picture catches them, and as they drive in a film. */
package dev.hydranet.scenes.traffic;
