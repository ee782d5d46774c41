/** Random numbers and noise that are the same on every machine. */
package dev.hydranet.scenes.chance;
