"""Trains a HydraNet on rendered street scenes, from scratch: one command with a seed makes the weights.

    python3 training/train.py --out DIR --seed 1

Killed at any time, the same command continues it, and ends with the same weights as if it had run through. DIR then
holds hydranet.ckpt (a state_dict, which `hydranet convert` takes), log.jsonl (every loss and score) and
state.ckpt (to continue from). Needs PyTorch 1.13 or later, NumPy, OpenCV and a JDK 25, which renders the scenes.
"""

import argparse
import concurrent.futures
import copy
import ctypes
import dataclasses
import json
import math
import os
import pathlib
import re
import sys
import time

# Threads that wait for each other sleep: where other programs run too, spinning costs nearly all of the speed. Where
# none do, a little of it gains a third: GOMP_SPINCOUNT=10000. OpenMP reads this when PyTorch loads it.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("GOMP_SPINCOUNT", "0")

import augment
import cv2
import losses
import metrics
import numpy
import scenes
import torch
from torch import nn
from torch.nn import functional

sys.path.append(str(pathlib.Path(__file__).parent.parent / "proof/validation"))
import networks  # noqa: E402: the definition that the Java network is checked against

# Where the depth head begins, in metres.
TYPICAL_DEPTH = 10.0
# Adam moves each weight by about the learning rate, and so the sum of n inputs by up to n times that. The encoder's
# sums are normalised, the decoder's have 256 inputs, the heads' 2304: the full rate would move the depth by metres.
RATES = {"layer": 1.0, "conv": 0.5, "crp": 0.5, "pre": 0.5, "segm": 0.1, "depth": 0.1, "normal": 0.1}
WEIGHT_DECAY = 0.02
MOST_GRADIENT = 10.0
# Scenes of the validation seeds are never trained on.
VALIDATION_SEED = 1_000_000
STATE = "state.ckpt"
LOG = "log.jsonl"
SAVE_EVERY_SECONDS = 60


@dataclasses.dataclass(frozen=True)
class Stage:
    """Part of the training, from a share of all samples on, at one size of picture."""

    start: float
    height: int
    width: int
    batch: int
    # Whether its pictures are zoomed and rolled too. A zoomed one is of another focal length, which a network can but
    # guess, and the guess is an error of all depths: the last stages show what the weights will be used for.
    zoomed: bool


@dataclasses.dataclass(frozen=True)
class Recipe:
    """What decides the weights that come out; the same recipe gives the same ones on the same machine."""

    seed: int = 1
    # Samples to see, each an augmented view of one of the scenes.
    samples: int = 150_000
    scenes: int = 12_000
    height: int = 240
    width: int = 320
    stages: tuple = (
        Stage(0.0, 96, 128, 16, zoomed=True),
        Stage(0.35, 192, 256, 8, zoomed=False),
        Stage(0.7, 240, 320, 8, zoomed=False),
    )
    tasks: tuple = networks.TASKS
    # What the losses of networks.TASKS count for. The classes are learnt long before the other two are.
    weights: tuple = (0.5, 1.0, 1.0)
    # The share of scenes that have depth and normals.
    annotated: float = 1.0
    learning_rate: float = 2e-3
    # Of parameters and batch-norm statistics, per step.
    averaging: float = 0.998
    validation_scenes: int = 200
    validate_every: int = 10_000


def stage_at(recipe, seen):
    return [stage for stage in recipe.stages if stage.start * recipe.samples <= seen][-1]


def learning_rate_at(recipe, seen):
    """Rises over the first fiftieth, then falls as a cosine to nothing: a function of the samples seen alone."""
    done = seen / recipe.samples
    warm = min(1.0, (done + 1e-4) / 0.02)
    return recipe.learning_rate * warm * (1 + math.cos(math.pi * min(1.0, done))) / 2


def new_network(tasks, seed):
    torch.manual_seed(seed)
    network = networks.HydraNet(len(scenes.CLASSES), tasks)
    for name, module in network.named_modules():
        if isinstance(module, nn.Conv2d) and name.startswith("layer"):
            nn.init.kaiming_normal_(module.weight, mode="fan_out")
        if name.startswith("pre_"):
            nn.init.ones_(module.weight)
    if "depth" in tasks:
        nn.init.constant_(network.depth.bias, TYPICAL_DEPTH)
    return network.to(memory_format=torch.channels_last)


def load(path):
    """A trained network, out of a checkpoint as this script writes it."""
    return networks.trained(torch.load(path, map_location="cpu"))


def is_annotated(scene, share):
    """Whether a scene is among the share that has depth and normals: evenly spread, and growing with the share."""
    return (scene * 0.6180339887498949) % 1 < share


def visible(recipe, number):
    """Of how many scenes a sample is drawn: they are rendered while the training runs, so of few to begin with."""
    return min(recipe.scenes, max(500, number // 6))


def sample(data, recipe, stage, number):
    """Training sample of this number: image (augmented), the same image in plain light, labels, metres, normals,
    and whether the last two are the scene's (else they are 0, unknown)."""
    random = numpy.random.default_rng([recipe.seed, number])
    scene = int(random.integers(visible(recipe, number)))
    change = augment.camera(random, recipe.height, recipe.width, stage.zoomed)
    image, labels, metres, normals = augment.view(data[scene], change, (stage.height, stage.width))
    known = is_annotated(scene, recipe.annotated)
    if not known:
        metres, normals = numpy.zeros_like(metres), numpy.zeros_like(normals)
    seen = augment.normalised(augment.light(image, random))
    return seen, augment.normalised(image), labels, metres, normals, known


def collate(samples):
    """Tensors of a batch: images and plain images [N, 3, H, W], labels and metres [N, H, W], normals [N, 3, H, W],
    known [N]."""
    seen, plain, labels, metres, normals, known = (numpy.stack(parts) for parts in zip(*samples))
    seen, plain, normals = (torch.from_numpy(array).permute(0, 3, 1, 2) for array in (seen, plain, normals))
    return seen, plain, torch.from_numpy(labels).long(), torch.from_numpy(metres), normals, torch.from_numpy(known)


def fill_in(expert, plain, labels, metres, normals, known):
    """Where a sample's depth and normals are not annotated, they become the expert's predictions, in place; not of the
    sky, which has neither, so that the expert never learnt what to say there."""
    if known.all():
        return
    missing = ~known
    with torch.no_grad():
        answers = dict(zip(expert.tasks, expert(plain[missing])))
    size = metres.shape[1:]
    solid = labels[missing] != scenes.CLASSES.index("sky")
    if "depth" in answers:
        metres[missing] = metrics.resize(answers["depth"], size)[:, 0].abs().clamp(1, 80) * solid
    if "normal" in answers:
        directions = functional.normalize(metrics.resize(answers["normal"], size), dim=1)
        normals[missing] = directions * solid[:, None]


def losses_of(network, image, labels, metres, normals):
    """{task: loss}, of predictions that are resized to the ground truth."""
    result = {}
    for task, output in zip(network.tasks, network(image)):
        output = functional.interpolate(output, labels.shape[1:], mode="bilinear", align_corners=False)
        if task == "segm":
            result[task] = losses.cross_entropy(output, labels)
        elif task == "depth":
            result[task] = losses.depth(output, metres)
        else:
            result[task] = losses.normals(output, normals)
    return result


def optimizer_of(network):
    """AdamW; scales, shifts and the heads' per-channel scales are not pulled towards zero."""
    groups = {}
    for name, parameter in network.named_parameters():
        kind = re.match("[a-z]+", name).group()
        is_filter = parameter.dim() > 1 and parameter[0].numel() > 1
        groups.setdefault((RATES[kind], is_filter), []).append(parameter)
    return torch.optim.AdamW(
        [
            {"params": parameters, "share": share, "weight_decay": WEIGHT_DECAY if is_filter else 0.0}
            for (share, is_filter), parameters in groups.items()
        ],
        betas=(0.9, 0.99),
    )


def average(mean, network, step, decay):
    """Exponential moving average of parameters and of batch norms' statistics, which belong to them.

    It follows faster in the beginning, or the first weights would weigh too much.
    """
    share = 1 - min(decay, (1 + step) / (10 + step))
    with torch.no_grad():
        state = network.state_dict()
        for name, tensor in mean.state_dict().items():
            if tensor.is_floating_point():
                tensor.lerp_(state[name], share)
            else:
                tensor.copy_(state[name])


def validate(network, data, height, width, batch=8):
    """Scores of a network on scenes averaged down to a size."""
    network.eval()
    scores = metrics.Scores(len(scenes.CLASSES))
    plain = (False, 1.0, 0.0)
    for start in range(0, len(data), batch):
        samples = []
        for index in range(start, min(start + batch, len(data))):
            image, *truth = augment.view(data[index], plain, (height, width))
            samples.append((augment.normalised(image), image, *truth, True))
        image, _, labels, metres, normals, _ = collate(samples)
        with torch.no_grad():
            answers = network(image.contiguous(memory_format=torch.channels_last))
        scores.add(dict(zip(network.tasks, answers)), labels, metres, normals)
    return scores.result()


def write(path, content):
    """torch.save so that the file is always whole: the old one or the new one."""
    temporary = path.with_name(path.name + ".part")
    with open(temporary, "wb") as file:
        torch.save(content, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)


class Log:
    """JSON lines, one per event. What a killed run wrote after its last state is cut off and comes again."""

    def __init__(self, path, seen):
        kept = []
        if path.exists():
            lines = [line for line in path.read_text().splitlines() if line.endswith("}")]
            kept = [line for line in lines if json.loads(line)["samples"] <= seen]
        path.write_text("".join(line + "\n" for line in kept))
        self.file = open(path, "a", buffering=1)

    def add(self, samples, **event):
        text = json.dumps({"samples": samples, **event})
        rounded = json.loads(text, parse_float=lambda number: float(f"{float(number):.6g}"))
        self.file.write(json.dumps(rounded) + "\n")
        print("  ".join(f"{name} {value}" for name, value in rounded.items() if name != "iou"), flush=True)


def train(recipe, data, held_out, out, expert=None, start_from=None, stop_at=None):
    """Trains to the recipe's end and returns the averaged network.

    data, held_out: Scenes. out: the folder that holds the state, which is continued where there is one. expert: a
    network for samples without annotations. start_from: a state_dict of an earlier training.
    stop_at: a number of samples at which to write the state and return None, as a kill would, but sooner.
    """
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    network = new_network(recipe.tasks, recipe.seed)
    if start_from:
        network.load_state_dict(start_from)
    mean = copy.deepcopy(network).eval()
    optimizer = optimizer_of(network)
    seen = step = 0
    if (out / STATE).exists():
        state = torch.load(out / STATE, map_location="cpu")
        begun = dataclasses.asdict(dataclasses.replace(recipe, samples=state["recipe"]["samples"]))
        if begun != state["recipe"]:
            raise SystemExit(f"{out / STATE}: begun with another recipe, {state['recipe']}")
        network.load_state_dict(state["network"])
        mean.load_state_dict(state["mean"])
        optimizer.load_state_dict(state["optimizer"])
        seen, step = state["seen"], state["step"]
    weights = dict(zip(networks.TASKS, recipe.weights))
    log = Log(out / LOG, seen)
    log.add(seen, recipe=dataclasses.asdict(recipe), torch=torch.__version__, threads=torch.get_num_threads())

    def save():
        content = {"network": network.state_dict(), "mean": mean.state_dict(), "optimizer": optimizer.state_dict()}
        write(out / STATE, {**content, "seen": seen, "step": step, "recipe": dataclasses.asdict(recipe)})

    saved = reported = time.monotonic()
    sums = {}
    with concurrent.futures.ThreadPoolExecutor(torch.get_num_threads()) as pool:
        while seen < recipe.samples:
            stage = stage_at(recipe, seen)
            size = (stage.height, stage.width)
            numbers = range(seen, seen + stage.batch)
            image, plain, labels, metres, normals, known = collate(
                list(pool.map(lambda number: sample(data, recipe, stage, number), numbers))
            )
            if expert:
                fill_in(expert, plain, labels, metres, normals, known)
            rate = learning_rate_at(recipe, seen)
            for group in optimizer.param_groups:
                group["lr"] = rate * group["share"]
            network.train()
            parts = losses_of(network, image.contiguous(memory_format=torch.channels_last), labels, metres, normals)
            optimizer.zero_grad(set_to_none=True)
            sum(weights[task] * part for task, part in parts.items()).backward()
            norm = nn.utils.clip_grad_norm_(network.parameters(), MOST_GRADIENT)
            if not math.isfinite(norm):
                raise SystemExit(f"{out}: the gradient is {norm} after {seen} samples")
            optimizer.step()
            average(mean, network, step, recipe.averaging)
            before, seen, step = seen, seen + stage.batch, step + 1

            for name, value in {**parts, "gradient": norm}.items():
                sums[name] = sums.get(name, 0.0) + float(value) * stage.batch
            sums["count"] = sums.get("count", 0) + stage.batch
            if seen // 1000 > before // 1000 or seen >= recipe.samples:
                count = sums.pop("count")
                now = time.monotonic()
                means = {name: value / count for name, value in sums.items()}
                log.add(seen, size=size, rate=rate, **means, per_second=count / (now - reported))
                sums, reported = {}, now
            if seen // recipe.validate_every > before // recipe.validate_every or seen >= recipe.samples:
                log.add(seen, size=size, validation=validate(mean, held_out, *size))
                reported = time.monotonic()
            if stop_at is not None and seen >= stop_at:
                save()
                return None
            if time.monotonic() - saved > SAVE_EVERY_SECONDS:
                save()
                saved = time.monotonic()
    save()
    return mean


def keep_freed_memory():
    """glibc gives large blocks back to the system at once, and page faults then cost a quarter of the time."""
    try:
        libc = ctypes.CDLL("libc.so.6")
        libc.mallopt(-3, 1 << 30)  # M_MMAP_THRESHOLD
        libc.mallopt(-1, (1 << 31) - 4096)  # M_TRIM_THRESHOLD
    except (OSError, AttributeError):
        pass  # another C library


def prepare(threads):
    torch.set_num_threads(threads)
    cv2.setNumThreads(0)
    keep_freed_memory()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True, type=pathlib.Path, metavar="DIR", help="where everything goes")
    parser.add_argument("--seed", type=int, default=Recipe.seed, help="of scenes, weights and augmentation")
    parser.add_argument(
        "--samples",
        type=int,
        default=Recipe.samples,
        help="to see in all; continued with fewer, a run ends sooner, and well: sizes and rate follow the share done",
    )
    parser.add_argument("--scenes", type=int, default=Recipe.scenes, help="to render")
    parser.add_argument("--annotated", type=float, default=1.0, metavar="SHARE", help="scenes with depth and normals")
    parser.add_argument("--expert", metavar="CKPT", help="hydranet.ckpt whose answers the other scenes get instead")
    parser.add_argument("--start-from", metavar="CKPT", help="hydranet.ckpt to begin with, instead of random weights")
    parser.add_argument("--cache", type=pathlib.Path, metavar="DIR", help="of rendered scenes (default: in --out)")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    options = parser.parse_args()

    prepare(options.threads)
    recipe = Recipe(options.seed, options.samples, options.scenes, annotated=options.annotated)
    cache = options.cache or options.out / "scenes"
    size = (recipe.height, recipe.width)
    held_out = scenes.rendered(cache, VALIDATION_SEED, recipe.validation_scenes, *size)
    data = scenes.rendered(cache, recipe.seed, recipe.scenes, *size)
    expert = load(options.expert) if options.expert else None
    start_from = torch.load(options.start_from, map_location="cpu") if options.start_from else None
    network = train(recipe, data, held_out, options.out, expert, start_from)
    write(options.out / "hydranet.ckpt", network.state_dict())
    print(options.out / "hydranet.ckpt")


if __name__ == "__main__":
    main()
