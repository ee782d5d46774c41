"""Tests of the training, without renderer and in a minute: python3 training/test_train.py"""

import dataclasses
import json
import pathlib
import sys
import tempfile
import unittest
import unittest.mock

import augment
import experiment
import losses
import metrics
import numpy
import report
import scenes
import torch
import train

HEIGHT, WIDTH = 48, 64


def stand_in(folder, count, seed=0):
    """Scenes of a road under a sky with one car each, in the renderer's format."""
    random = numpy.random.default_rng(seed)
    records = []
    rows, columns = numpy.mgrid[:HEIGHT, :WIDTH]
    for _ in range(count):
        label = numpy.where(rows < HEIGHT // 2, 0, 2).astype(numpy.uint8)
        metres = numpy.where(label == 2, 40.0 / (rows - HEIGHT // 2 + 1).clip(1), 0)
        normals = numpy.zeros((HEIGHT, WIDTH, 3), numpy.uint8)
        normals[label == 2] = (128, 0, 128)  # up
        x, y = random.integers(8, WIDTH - 16), random.integers(HEIGHT // 2 - 8, HEIGHT - 12)
        car = (abs(columns - x) < 8) & (abs(rows - y) < 6)
        label[car], metres[car], normals[car] = 5, 8, (128, 128, 255)  # towards the camera
        image = numpy.choose(label.clip(0, 5)[..., None], [[130, 170, 230], 0, [90, 90, 95], 0, 0, [200, 30, 20]])
        image = (image + random.normal(0, 5, image.shape)).clip(0, 255).astype(numpy.uint8)
        depth = (metres * scenes.DEPTH_SCALE).astype("<u2")
        records += [array.tobytes() for array in (image, label, depth, normals)]
    path = pathlib.Path(folder) / f"scenes{seed}"
    path.write_bytes(b"".join(records))
    return scenes.Scenes(path, count, HEIGHT, WIDTH)


def recipe_of(**changes):
    small = train.Recipe(
        samples=48,
        scenes=10,
        height=HEIGHT,
        width=WIDTH,
        stages=(train.Stage(0.0, 32, 48, 4, zoomed=True), train.Stage(0.5, HEIGHT, WIDTH, 2, zoomed=False)),
        validate_every=1000,
    )
    return dataclasses.replace(small, **changes)


class LossTest(unittest.TestCase):
    def test_inverse_huber(self):
        # c = 10 / 5: |e| up to 2, (e^2 + 4) / 4 above.
        for errors, expected in [([10.0, 1.0, -2.0, 0.0], (26 + 1 + 2 + 0) / 4), ([-10.0, -4.0], (26 + 5) / 2)]:
            self.assertAlmostEqual(losses.inverse_huber(torch.tensor(errors)).item(), expected, places=5)

    def test_inverse_huber_of_no_error_has_a_gradient_of_zero(self):
        error = torch.zeros(3, requires_grad=True)
        losses.inverse_huber(error).backward()
        self.assertEqual(error.grad.tolist(), [0, 0, 0])

    def test_depth_is_relative_and_leaves_out_the_unknown(self):
        true = torch.tensor([[[10.0, 0.0], [40.0, 20.0]]])
        predicted = torch.tensor([[[[11.0, 99.0], [36.0, 20.0]]]])
        # Shares 0.1, -0.1, 0, of which c is a fifth of 0.1.
        expected = 2 * (0.1**2 + 0.02**2) / 0.04 / 3
        self.assertAlmostEqual(losses.depth(predicted, true).item(), expected, places=6)
        self.assertEqual(losses.depth(predicted, torch.zeros_like(true)).item(), 0)

    def test_normals_ignore_length_and_the_unknown(self):
        true = torch.tensor([[0.0, -1.0, 0.0], [0.0, 0.0, -1.0], [0.0, 0.0, 0.0]]).T.reshape(1, 3, 1, 3)
        predicted = torch.tensor([[0.0, -7.0, 0.0], [0.0, 3.0, 0.0], [1.0, 0.0, 0.0]]).T.reshape(1, 3, 1, 3)
        self.assertAlmostEqual(losses.normals(predicted, true).item(), (0 + 1) / 2, places=6)

    def test_cross_entropy_leaves_out_the_ignored(self):
        logits = torch.zeros(1, 6, 1, 3)
        logits[0, 2, 0, 2] = 50
        labels = torch.tensor([[[1, scenes.IGNORED, 2]]])
        self.assertAlmostEqual(losses.cross_entropy(logits, labels).item(), numpy.log(6) / 2, places=5)
        self.assertEqual(losses.cross_entropy(logits, torch.full_like(labels, scenes.IGNORED)).item(), 0)


class AugmentTest(unittest.TestCase):
    def test_normals_are_decoded_as_the_data_set_codes_them(self):
        coded = numpy.array([[255, 128, 128], [128, 0, 128], [128, 128, 255], [0, 0, 0]], numpy.uint8)
        expected = [[1, 0, 0], [0, -1, 0], [0, 0, -1], [0, 0, 0]]
        numpy.testing.assert_allclose(augment.decode(coded), expected, atol=0.006)

    def test_a_mirrored_view_mirrors_the_pixels_and_the_normals(self):
        random = numpy.random.default_rng(1)
        image = random.integers(0, 256, (6, 8, 3), numpy.uint8)
        labels = random.integers(0, 6, (6, 8), numpy.uint8)
        depth = random.integers(0, 20000, (6, 8)).astype(numpy.uint16)
        normals = random.integers(1, 256, (6, 8, 3)).astype(numpy.uint8)
        plain = augment.view((image, labels, depth, normals), (False, 1.0, 0.0), (6, 8))
        mirrored = augment.view((image, labels, depth, normals), (True, 1.0, 0.0), (6, 8))
        numpy.testing.assert_array_equal(plain[0], image)
        numpy.testing.assert_array_equal(plain[1], labels)
        numpy.testing.assert_array_equal(plain[2], depth.astype(numpy.float32) / scenes.DEPTH_SCALE)
        for a, b in zip(plain[:3], mirrored[:3]):
            numpy.testing.assert_array_equal(a[:, ::-1], b)
        numpy.testing.assert_allclose(plain[3][:, ::-1] * [-1, 1, 1], mirrored[3], atol=1e-6)

    def test_normals_agree_with_the_depth_of_a_plane_in_any_view(self):
        """A plane n . p = d, seen through f: the warped depth's own points must have the warped normal."""
        focal, size = 100.0, (96, 128)
        normal = numpy.array([0.3, -0.8, -0.4]) / numpy.linalg.norm([0.3, -0.8, -0.4])
        rays = self.rays(focal, size)
        metres = -40 / (rays @ normal)
        metres[(metres < 1) | (metres > 200)] = 0
        depth = (metres * scenes.DEPTH_SCALE).round().astype(numpy.uint16)
        coded = (numpy.array([(normal[0] + 1) / 2, (normal[1] + 1) / 2, (1 - normal[2]) / 2]) * 255).round()
        coded = numpy.broadcast_to(coded.astype(numpy.uint8), (*size, 3)).copy()
        image = numpy.zeros((*size, 3), numpy.uint8)
        for change in [(True, 1.0, 0.0), (False, 1.3, 0.05), (True, 1.2, -0.05)]:
            _, _, seen, normals = augment.view((image, (depth >> 15).astype(numpy.uint8), depth, coded), change, size)
            points = seen[..., None] * self.rays(focal * change[1], size)
            normal = normals[48, 64]
            along = points @ normal
            known = seen > 0
            self.assertGreater(known.mean(), 0.3)
            # To within what nearest neighbours, 8-bit normals and 1/256 m leave of it.
            self.assertLess(numpy.abs(along[known] / numpy.median(along[known]) - 1).max(), 0.05, change)

    @staticmethod
    def rays(focal, size):
        y, x = numpy.mgrid[: size[0], : size[1]].astype(float)
        x, y = (x - (size[1] - 1) / 2) / focal, (y - (size[0] - 1) / 2) / focal
        return numpy.stack([x, y, numpy.ones_like(x)], -1)

    def test_a_rolled_view_stays_inside_the_picture(self):
        for seed in range(200):
            mirrored, zoom, roll = augment.camera(numpy.random.default_rng(seed), 240, 320, zoomed=True)
            corners = numpy.array([[160, 120], [160, -120], [-160, 120], [-160, -120]]) / zoom
            turned = corners @ [[numpy.cos(roll), numpy.sin(roll)], [-numpy.sin(roll), numpy.cos(roll)]]
            self.assertTrue((numpy.abs(turned) <= [160.001, 120.001]).all(), (zoom, roll))


class MetricsTest(unittest.TestCase):
    def test_scores_of_known_predictions(self):
        scores = metrics.Scores(3)
        labels = torch.tensor([[[0, 0, 1, scenes.IGNORED]]])
        segm = torch.nn.functional.one_hot(torch.tensor([[[0, 1, 1, 2]]]), 3).permute(0, 3, 1, 2).float()
        metres = torch.tensor([[[10.0, 20.0, 0.0, 5.0]]])
        depth = torch.tensor([[[[-11.0, 20.0, 3.0, 4.0]]]])
        normals = torch.tensor([[0.0, -1, 0], [0, 0, -1], [0, 0, 0], [0, 0, -1]]).T.reshape(1, 3, 1, 4)
        normal = torch.tensor([[0.0, -2, 0], [0, -1, -1], [1, 0, 0], [0, 1, 0]]).T.reshape(1, 3, 1, 4)
        scores.add({"segm": segm, "depth": depth, "normal": normal}, labels, metres, normals)
        result = scores.result()
        self.assertEqual(result["iou"], [0.5, 0.5, None])
        self.assertAlmostEqual(result["miou"], 0.5)
        self.assertAlmostEqual(result["abs_rel"], (0.1 + 0 + 0.2) / 3, places=6)
        self.assertAlmostEqual(result["normal_median"], 45, places=2)
        self.assertAlmostEqual(result["normal_mean"], 45, places=2)


class TrainingTest(unittest.TestCase):
    def setUp(self):
        torch.set_num_threads(1)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.data = stand_in(self.folder, 10)

    def test_names_and_size_are_the_published_ones(self):
        network = train.new_network(("segm", "depth", "normal"), 1)
        self.assertEqual(len(network.state_dict()), 346)
        published = train.networks.HydraNet(6, train.networks.TASKS)
        self.assertEqual(network.state_dict().keys(), published.state_dict().keys())

    def test_every_parameter_is_trained_at_its_rate(self):
        network = train.new_network(("segm", "depth"), 1)
        rates = {id(p): group["share"] for group in train.optimizer_of(network).param_groups for p in group["params"]}
        self.assertEqual(len(rates), len(list(network.parameters())))
        self.assertEqual(rates[id(network.layer1[0].weight)], 1.0)
        self.assertEqual(rates[id(network.conv_adapt4.weight)], 0.5)
        self.assertEqual(rates[id(network.pre_depth.weight)], 0.5)
        self.assertEqual(rates[id(network.depth.bias)], 0.1)

    def test_averages_parameters_and_statistics(self):
        network = torch.nn.BatchNorm2d(2)
        mean = torch.nn.BatchNorm2d(2)
        for tensor in (network.weight.data, network.running_mean):
            tensor.fill_(5.0)
        network.num_batches_tracked.fill_(7)
        train.average(mean, network, step=0, decay=0.9)  # follows by 0.9, which is more than 1 - decay
        self.assertTrue(torch.allclose(mean.weight, torch.tensor(1 + 0.9 * 4)))
        self.assertTrue(torch.allclose(mean.running_mean, torch.tensor(4.5)))
        self.assertEqual(mean.num_batches_tracked, 7)
        train.average(mean, network, step=1000, decay=0.9)
        self.assertTrue(torch.allclose(mean.running_mean, torch.tensor(4.55)))

    def test_the_schedule_follows_the_share_done(self):
        recipe = recipe_of(samples=1000)
        rates = [train.learning_rate_at(recipe, seen) for seen in range(0, 1001, 10)]
        self.assertEqual(numpy.argmax(rates), 2)
        self.assertTrue(all(a > b for a, b in zip(rates[2:], rates[3:])))
        self.assertEqual(rates[-1], 0)
        self.assertEqual([train.stage_at(recipe, seen).batch for seen in (0, 499, 500, 999)], [4, 4, 2, 2])
        shorter = dataclasses.replace(recipe, samples=500)
        self.assertEqual(train.learning_rate_at(shorter, 250), train.learning_rate_at(recipe, 500))

    def test_samples_depend_on_their_number_alone(self):
        recipe = recipe_of()
        first, again = (train.sample(self.data, recipe, recipe.stages[0], 3) for _ in range(2))
        for a, b in zip(first, again):
            numpy.testing.assert_array_equal(a, b)

    def test_the_last_stages_show_the_scenes_own_camera(self):
        recipe = recipe_of()
        for number in range(20):
            labels = train.sample(self.data, recipe, recipe.stages[1], number)[2]
            scene = self.data[int(numpy.random.default_rng([recipe.seed, number]).integers(recipe.scenes))][1]
            self.assertTrue((labels == scene).all() or (labels == scene[:, ::-1]).all(), number)

    def test_annotations_are_missing_in_the_share_asked_for_and_filled_in(self):
        self.assertEqual(sum(train.is_annotated(i, 0.5) for i in range(1000)), 500)
        self.assertTrue(all(train.is_annotated(i, 1.0) for i in range(1000)))
        recipe = recipe_of(annotated=0.5)
        batch = train.collate([train.sample(self.data, recipe, recipe.stages[0], i) for i in range(10)])
        _, plain, labels, metres, normals, known = batch
        self.assertTrue(0 < known.sum() < 10)
        self.assertTrue((metres[known].amax((1, 2)) > 0).all())
        self.assertEqual(metres[~known].abs().sum() + normals[~known].abs().sum(), 0)
        before = metres[known].clone()
        expert = train.new_network(("depth", "normal"), 3).eval()
        train.fill_in(expert, plain, labels, metres, normals, known)
        torch.testing.assert_close(metres[known], before)
        solid = (labels[~known] != 0).float()
        torch.testing.assert_close((metres[~known] >= 1).float(), solid)
        torch.testing.assert_close(normals[~known].norm(dim=1), solid)

    def test_continues_as_if_never_stopped(self):
        recipe = recipe_of()
        through = train.train(recipe, self.data, self.data, self.folder / "through")
        for stop in (20, 30):
            self.assertIsNone(train.train(recipe, self.data, self.data, self.folder / "stopped", stop_at=stop))
        continued = train.train(recipe, self.data, self.data, self.folder / "stopped")
        for name, tensor in through.state_dict().items():
            self.assertTrue(torch.equal(tensor, continued.state_dict()[name]), name)
        logs = [(self.folder / name / train.LOG).read_text().splitlines() for name in ("through", "stopped")]
        scores = [[json.loads(line) for line in log if '"validation"' in line] for log in logs]
        self.assertEqual(scores[0], scores[1])
        with self.assertRaisesRegex(SystemExit, "begun with another recipe"):
            train.train(recipe_of(seed=9), self.data, self.data, self.folder / "stopped")

    def test_a_torn_log_line_is_cut_off(self):
        path = self.folder / "log"
        path.write_text('{"samples": 10}\n{"samples": 20}\n{"sam')
        train.Log(path, 10)
        self.assertEqual(path.read_text(), '{"samples": 10}\n')

    def test_learns_a_few_scenes_by_heart(self):
        recipe = recipe_of(samples=1200, stages=(train.Stage(0.0, HEIGHT, WIDTH, 5, zoomed=True),), averaging=0.9)
        network = train.train(recipe, self.data, self.data, self.folder / "learnt")
        scores = train.validate(network, self.data, HEIGHT, WIDTH)
        self.assertGreater(scores["iou"][5], 0.8)
        self.assertLess(scores["abs_rel"], 0.15)
        self.assertLess(scores["normal_median"], 8)


STREAM = """
import struct, sys
options = dict(zip(sys.argv[2::2], sys.argv[3::2]))
first, count = int(options["--first"]), int(options["--count"])
height, width = map(int, options["--size"].split("x"))
out = sys.stdout.buffer
out.write(struct.pack("<8siiiiq", b"HYSCENES", 1, height, width, count, int(options["--seed"])))
for index in range(first, min(first + count, LAST)):
    out.write(bytes([index]) * (height * width * 9))
"""


class ScenesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.renderer = self.folder / "Render.java"
        for name, value in [("RENDERER", self.renderer), ("_java", lambda: sys.executable)]:
            patch = unittest.mock.patch.object(scenes, name, value)
            patch.start()
            self.addCleanup(patch.stop)

    def test_what_a_killed_run_left_is_continued(self):
        self.renderer.write_text(STREAM.replace("LAST", "99"))
        path = self.folder / "scenes-7-2x3.records"
        path.write_bytes(b"\0" * 54 + b"\1" * 20)  # one scene and a part of the next
        rendered = scenes.rendered(self.folder, 7, 3, 2, 3)
        for index in (2, 0, 1):
            image, labels, depth, normals = rendered[index]
            self.assertEqual([a.shape for a in (image, labels, depth, normals)], [(2, 3, 3), (2, 3), (2, 3), (2, 3, 3)])
            self.assertTrue((image == index).all() and (normals == index).all() and (labels == index).all())
            self.assertTrue((depth == 257 * index).all())
        with self.assertRaises(IndexError):
            rendered[3]
        self.assertEqual(path.stat().st_size, 3 * 54)

    def test_a_renderer_that_stops_or_changed_is_told(self):
        self.renderer.write_text(STREAM.replace("LAST", "2"))
        rendered = scenes.rendered(self.folder, 7, 3, 2, 3)
        with self.assertRaisesRegex(SystemExit, "ended in scene 2 of 3"):
            rendered[2]
        self.renderer.write_text(STREAM.replace("LAST", "99"))
        with self.assertRaisesRegex(SystemExit, "another version of the renderer"):
            scenes.rendered(self.folder, 7, 3, 2, 3)


class ExperimentTest(unittest.TestCase):
    def test_the_expert_comes_before_those_that_it_helps(self):
        names = [run.name for run in experiment.runs()]
        self.assertEqual(names[:4], ["segm", "depth", "normal", "segm+depth"])
        self.assertEqual(names[4:7], ["segm+normal", "depth+normal", "segm+depth+normal"])
        self.assertEqual(names[7:], ["half", "expert", "half+expert"])

    def test_the_table_holds_means_and_spreads(self):
        runs = [
            {"name": name, "seed": seed, "parameters": 1234567, "macs": 4.5e9, "scores": scores}
            for name, values in [("segm", [{"miou": 0.5}, {"miou": 0.6}]), ("depth", [{"abs_rel": 0.1}] * 2)]
            for seed, scores in enumerate(values)
        ]
        table = report.table({"runs": runs, "cost_size": [1, 2], "size": [3, 4], "samples": 5, "scenes": 6})
        self.assertIn("| segm | 55.0 ± 5.0 |  |  | 1,234,567 | 4.50 G |", table)
        self.assertIn("| depth |  | 10.0 ± 0.0 |  | 1,234,567 | 4.50 G |", table)

    def test_names_beside_curves_keep_their_distance(self):
        self.assertEqual(report.apart([10, 50, 52, 99], 10, 90), [10, 42, 52, 90])


if __name__ == "__main__":
    unittest.main()
