/** A rendered picture with its labels, and the two formats in which it leaves the program. */
package dev.hydranet.scenes.sample;
