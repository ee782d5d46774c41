/**
 * Python's pickle format (protocols 1 to 5), as data: what a pickle may name is a list of Java
 * functions, and there is no way from a pickle to anything else.
 *
 * <p>Sources: CPython's {@code Lib/pickletools.py}, which defines every instruction, and PEPs 307,
 * 3154 and 574.
 */
package dev.hydranet.converter.pickle;
