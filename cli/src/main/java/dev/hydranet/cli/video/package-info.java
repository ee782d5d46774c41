/**
 * Videos in and out: frames from files, folders and streams, the pictures that are made of them,
 * and the programs that read and write video files.
 */
package dev.hydranet.cli.video;
