package dev.hydranet.converter.checkpoint;

import dev.hydranet.converter.pickle.Attributed;

/**
 * A tensor of a kind that weights do not have, such as a sparse one: harmless in an optimizer's
 * state, an error in a {@code state_dict}.
 *
 * @param kind what it is
 */
record UnreadTensor(String kind) implements Attributed {}
