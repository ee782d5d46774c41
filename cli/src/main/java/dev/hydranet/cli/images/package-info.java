/** Image files: the arguments that name them, reading and writing. */
package dev.hydranet.cli.images;
