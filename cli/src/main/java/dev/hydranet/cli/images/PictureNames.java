package dev.hydranet.cli.images;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * What the pictures of each image are called, before their suffix: by the image's name without its
 * suffix; of several images that share it, by the whole name; if they share that as well, by as
 * many of their folders' names as tell them apart.
 */
final class PictureNames {
  private final Map<Path, String> names = new HashMap<>();

  PictureNames(Collection<Path> images) {
    name(images, 0);
  }

  private void name(Collection<Path> images, int folders) {
    Function<Path, String> naming =
        folders == 0 ? ImageFile::baseName : image -> withFolders(image, folders - 1);
    Map<String, List<Path>> sharing = new LinkedHashMap<>();
    for (Path image : images) {
      // Some file systems do not tell upper from lower case.
      String key = naming.apply(image).toLowerCase(Locale.ROOT);
      sharing.computeIfAbsent(key, any -> new ArrayList<>()).add(image);
    }
    for (List<Path> group : sharing.values()) {
      boolean last =
          group.stream().allMatch(image -> folders > image.toAbsolutePath().getNameCount());
      if (group.size() == 1 || last) {
        group.forEach(image -> names.put(image, naming.apply(image)));
      } else {
        name(group, folders + 1);
      }
    }
  }

  private static String withFolders(Path image, int folders) {
    Path whole = image.toAbsolutePath().normalize();
    int count = whole.getNameCount();
    List<String> parts = new ArrayList<>();
    whole
        .subpath(Math.max(0, count - 1 - folders), count)
        .forEach(part -> parts.add(part.toString()));
    return String.join("_", parts);
  }

  /** The name of one of the images. */
  String of(Path image) {
    return names.getOrDefault(image, ImageFile.baseName(image));
  }
}
