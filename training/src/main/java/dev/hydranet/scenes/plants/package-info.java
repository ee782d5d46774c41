/** Trees, bushes, hedges and grass: wood is triangles, leaves are cards. */
package dev.hydranet.scenes.plants;
