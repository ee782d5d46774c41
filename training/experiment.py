"""Which tasks can be combined? Trains every combination of tasks at a small size, all with the same scenes, samples and
steps, and full against half annotations, with and without an expert.

    python3 training/experiment.py --out DIR

Finished trainings are skipped and a broken one is continued, so it may be killed at any time. DIR/results.json is
written anew after each training; training/report.py makes a table and pictures of it. Three seeds of the default size
take about an hour of two cores.
"""

import argparse
import dataclasses
import itertools
import json
import os
import pathlib

import scenes
import torch
import train
from train import networks

# The scenes are the same for all seeds, which decide weights, order and augmentation.
DATA_SEED = 2_000_000
# Costs are given for this picture size.
COST_SIZE = (480, 640)
EXPERT = "expert"


@dataclasses.dataclass(frozen=True)
class Run:
    name: str
    tasks: tuple
    annotated: float = 1.0
    # The expert itself sees only the scenes that have annotations; others are helped by it.
    helped: bool = False


def runs():
    """All trainings of one seed, the expert before those that it helps."""
    tasks = networks.TASKS
    subsets = [c for n in range(1, len(tasks) + 1) for c in itertools.combinations(tasks, n)]
    full = [Run("+".join(subset), subset) for subset in subsets]
    half = [Run("half", tasks, 0.5), Run(EXPERT, ("depth", "normal"), 0.5), Run("half+expert", tasks, 0.5, helped=True)]
    return full + half


class Subset:
    """Some of the scenes, by their numbers."""

    def __init__(self, data, numbers):
        self.data = data
        self.numbers = numbers

    def __len__(self):
        return len(self.numbers)

    def __getitem__(self, index):
        return self.data[self.numbers[index]]


def recipe_of(run, seed, options):
    stages = (train.Stage(0.0, options.height, options.width, 16, zoomed=False),)
    annotated = [i for i in range(options.scenes) if train.is_annotated(i, run.annotated)]
    return train.Recipe(
        seed=seed,
        samples=options.samples,
        # The expert has a smaller world, in which everything is annotated.
        scenes=len(annotated) if run.name == EXPERT else options.scenes,
        annotated=1.0 if run.name == EXPERT else run.annotated,
        height=options.height,
        width=options.width,
        stages=stages,
        tasks=run.tasks,
        weights=(1.0, 1.0, 1.0),
        averaging=0.99,
        validation_scenes=options.validation_scenes,
        validate_every=max(1, options.samples // 10),
    )


def perform(run, seed, options, data, held_out):
    folder = options.out / f"{run.name}-{seed}"
    done = folder / "hydranet.ckpt"
    if done.exists():
        return
    print(f"== {run.name}, seed {seed}", flush=True)
    recipe = recipe_of(run, seed, options)
    if run.name == EXPERT:
        data = Subset(data, [i for i in range(options.scenes) if train.is_annotated(i, run.annotated)])
    expert = train.load(options.out / f"{EXPERT}-{seed}" / "hydranet.ckpt") if run.helped else None
    network = train.train(recipe, data, held_out, folder, expert)
    train.write(done, network.state_dict())


def result(run, seed, out):
    """What a finished training came to; its curve is [{samples, scores}], the last of which counts."""
    lines = (out / f"{run.name}-{seed}" / train.LOG).read_text().splitlines()
    events = [event for event in map(json.loads, lines) if "validation" in event]
    curve = [{"samples": event["samples"], **event["validation"]} for event in events]
    network = networks.HydraNet(len(scenes.CLASSES), run.tasks)
    return {
        **dataclasses.asdict(run),
        "seed": seed,
        "parameters": networks.parameters(network),
        "macs": networks.macs(network, (1, 3, *COST_SIZE)),
        "scores": curve[-1],
        "curve": curve,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True, type=pathlib.Path, metavar="DIR")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--samples", type=int, default=10_000, help="of each training")
    parser.add_argument("--scenes", type=int, default=3_000)
    parser.add_argument("--validation-scenes", type=int, default=200)
    parser.add_argument("--height", type=int, default=72)
    parser.add_argument("--width", type=int, default=96)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    options = parser.parse_args()

    train.prepare(options.threads)
    cache, size = options.out / "scenes", (options.height, options.width)
    held_out = scenes.rendered(cache, train.VALIDATION_SEED, options.validation_scenes, *size)
    data = scenes.rendered(cache, DATA_SEED, options.scenes, *size)
    results = []
    setting = {"samples": options.samples, "scenes": options.scenes, "size": size, "torch": torch.__version__}
    for seed in options.seeds:
        for run in runs():
            perform(run, seed, options, data, held_out)
            results.append(result(run, seed, options.out))
            part = options.out / "results.json.part"
            part.write_text(json.dumps({**setting, "cost_size": COST_SIZE, "runs": results}, indent=1))
            os.replace(part, options.out / "results.json")


if __name__ == "__main__":
    main()
