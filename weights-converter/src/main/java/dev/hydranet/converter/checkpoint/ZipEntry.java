package dev.hydranet.converter.checkpoint;

/**
 * One file in a zip archive, as the archive's directory describes it.
 *
 * @param name its path
 * @param deflated whether it is compressed; otherwise it is stored as it is
 * @param crc the CRC-32 of its content; 0 also if the writer did not compute it
 * @param offset where its bytes start in the archive
 * @param storedSize how many bytes it has in the archive
 * @param size how many bytes it has
 */
record ZipEntry(String name, boolean deflated, long crc, long offset, long storedSize, long size) {}
