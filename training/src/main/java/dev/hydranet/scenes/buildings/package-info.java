/** Houses: their measures, walls, windows, doors and roofs. */
package dev.hydranet.scenes.buildings;
