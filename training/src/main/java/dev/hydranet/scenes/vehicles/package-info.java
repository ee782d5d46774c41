/** Cars and lorries. */
package dev.hydranet.scenes.vehicles;
