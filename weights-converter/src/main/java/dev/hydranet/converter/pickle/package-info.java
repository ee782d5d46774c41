/**
 * Python's pickle format (protocols 1 to 5), as data. A name in a pickle is a Java function of a
 * fixed list, or stands for an inert value; there is no way from a pickle to anything else.
 *
 * <p>Sources: CPython's {@code Lib/pickletools.py}, which defines every instruction, and PEPs 307,
 * 3154 and 574.
 */
package dev.hydranet.converter.pickle;
