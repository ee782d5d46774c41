/** Places everything along a street: houses, plants, cars, furniture, and what closes the view. */
package dev.hydranet.scenes.town;
