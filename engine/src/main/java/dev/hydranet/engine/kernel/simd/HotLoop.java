package dev.hydranet.engine.kernel.simd;

/**
 * A method that a kernel spends its time in, as {@link WarmUp} has it compiled.
 *
 * <p>The compiler takes up a method after some thousand calls, and shapes it by what it has seen in
 * them. Until then each operation on vectors allocates an object and calls a lambda for every lane;
 * with work in all those calls, all that would become hot, too, and be compiled first. So most of
 * the calls have nothing to do: they count as well.
 *
 * <p>But what such a method seldom does is not worth inlining, to the compiler, and where a call
 * remains vectors become objects. Therefore a hot loop calls nothing but the Vector API, which is
 * inlined always, and accessors. And a vector that the loop carries is an argument of what makes it
 * anew, as in {@code x.add(sum)}, not the receiver, whose class the compiler might not know.
 *
 * @param name the method
 * @param calls calls it
 */
record HotLoop(String name, Calls calls) {
  /** Calls of a hot loop. */
  interface Calls {
    /**
     * Calls it.
     *
     * @param times two calls go all the ways there are
     * @param rounds of the loop, about; 0 for nothing to do. It allocates nothing itself
     */
    void make(int times, int rounds);
  }
}
