package dev.hydranet.converter.published;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.network.Variant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishedWeightsTest {
  @Test
  void thereIsOneOfEachVariant() {
    assertThat(PublishedWeights.CATALOGUE)
        .extracting(PublishedWeights::variant)
        .containsExactly(Variant.values());
    assertThat(PublishedWeights.CATALOGUE)
        .extracting(PublishedWeights::name)
        .isEqualTo(List.of("kitti", "nyud", "nyud3", "nyudkitti"));
    assertThat(PublishedWeights.CATALOGUE)
        .allSatisfy(weights -> assertThat(weights.gitBlobId()).matches("[0-9a-f]{40}"))
        .extracting(PublishedWeights::gitBlobId)
        .doesNotHaveDuplicates();
  }

  @Test
  void addressAndLicenceAreOfThePinnedCommit() {
    String commit = "1986999759dfac7d38ed9ccddda5d4f5ba488e82";
    assertThat(PublishedWeights.SOURCE.resolve("ExpKITTI_joint.ckpt"))
        .hasToString(
            "https://raw.githubusercontent.com/DrSleep/multi-task-refinenet/"
                + commit
                + "/weights/ExpKITTI_joint.ckpt");
    assertThat(PublishedWeights.LICENSE).contains("NON-COMMERCIAL", commit + "/LICENSE.md");
  }
}
