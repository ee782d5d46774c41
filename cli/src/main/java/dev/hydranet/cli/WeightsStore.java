package dev.hydranet.cli;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where downloaded weights are kept.
 *
 * @param folder made when something is put into it
 */
record WeightsStore(Path folder) {
  /** The user's: {@code hydranet} in {@code $XDG_CACHE_HOME} or {@code ~/.cache}. */
  static WeightsStore ofUser(Map<String, String> environment) {
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path caches =
        cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
    return new WeightsStore(caches.resolve("hydranet"));
  }

  /** Where the weights of a name are, once they have been downloaded and converted. */
  Path weights(String name) {
    return folder.resolve(name + ".safetensors");
  }
}
