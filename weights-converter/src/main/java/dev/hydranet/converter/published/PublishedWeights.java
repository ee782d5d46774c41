package dev.hydranet.converter.published;

import dev.hydranet.network.Variant;
import java.net.URI;
import java.util.List;

/**
 * A checkpoint that the authors of the network publish in their GitHub repository
 * DrSleep/multi-task-refinenet. For non-commercial use: see {@link #LICENSE}.
 *
 * @param variant the network whose weights they are
 * @param fileName the checkpoint's name in the repository's folder {@code weights}
 * @param gitBlobId what Git calls the content: the SHA-1 of {@code blob}, a space, the length in
 *     decimal, a zero byte and the content itself; 40 hexadecimal digits
 */
public record PublishedWeights(Variant variant, String fileName, String gitBlobId) {
  private static final String COMMIT = "1986999759dfac7d38ed9ccddda5d4f5ba488e82";

  /** The folder in which they are, at the commit from which the blob ids are. */
  public static final URI SOURCE =
      URI.create(
          "https://raw.githubusercontent.com/DrSleep/multi-task-refinenet/" + COMMIT + "/weights/");

  /** All of them. */
  public static final List<PublishedWeights> CATALOGUE =
      List.of(
          new PublishedWeights(
              Variant.KITTI, "ExpKITTI_joint.ckpt", "d9386a96f748001406c622100ce944333d1967ff"),
          new PublishedWeights(
              Variant.NYUD, "ExpNYUD_joint.ckpt", "56f5f5a6bc08a64f36e83547140add41baa4216d"),
          new PublishedWeights(
              Variant.NYUD3, "ExpNYUD_three.ckpt", "6f412c152600827cabff5e1b66efad50090c16a7"),
          new PublishedWeights(
              Variant.NYUDKITTI,
              "ExpNYUDKITTI_joint.ckpt",
              "54f57cc2bd15e5cdfa9f3f1eaba9760951218bfa"));

  /** What one agrees to by using them, in short, and where the whole text is. */
  public static final String LICENSE =
      """
      Weights of "Real-Time Joint Semantic Segmentation and Depth Estimation Using Asymmetric
      Annotations" (ICRA 2019). Copyright (c) 2019, Vladimir Nekrasov. All rights reserved.

      Their authors license them for NON-COMMERCIAL use, on the terms of the 2-clause BSD licence:
      copies keep the copyright notice, the conditions and the disclaimer; there is no warranty and
      no liability. For commercial use, ask the authors.

      The licence itself:
      https://github.com/DrSleep/multi-task-refinenet/blob/%s/LICENSE.md
      """
          .formatted(COMMIT);

  /** {@return the name by which a command asks for them, the variant's id} */
  public String name() {
    return variant.id();
  }
}
