/**
 * Reads Python's pickle format (protocols 1 to 5) as data. A name in a pickle maps to one of a
 * fixed list of Java functions or to an inert value; a pickle cannot reach anything else.
 *
 * <p>Sources: CPython's {@code Lib/pickletools.py}, which defines every instruction, and PEPs 307,
 * 3154 and 574.
 */
package dev.hydranet.converter.pickle;
