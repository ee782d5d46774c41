package dev.hydranet.converter.pickle;

/**
 * An object that Python would give attributes, with the BUILD instruction. They are read and
 * dropped.
 */
public interface Attributed {}
