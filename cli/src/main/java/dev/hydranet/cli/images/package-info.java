/** Image files: expands the arguments that name them, reads images and writes predictions. */
package dev.hydranet.cli.images;
