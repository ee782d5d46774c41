"""Rendered scenes, kept on disk as the renderer's records, so that each is rendered once and read many times."""

import hashlib
import json
import os
import pathlib
import struct
import subprocess
import threading
import time

import numpy

RENDERER = pathlib.Path(__file__).parent / "src/main/java/dev/hydranet/scenes/Render.java"
FIND_JAVA = pathlib.Path(__file__).parent.parent / "bin/find-java"
CLASSES = ("sky", "building", "road", "sidewalk", "vegetation", "car")
IGNORED = 255
DEPTH_SCALE = 256
HEADER = struct.Struct("<8siiiiq")
BYTES_PER_PIXEL = 9


class Scenes:
    """The scenes of one file, which may still be growing. Reading is safe from any thread."""

    def __init__(self, path, count, height, width):
        self.count = count
        self.height, self.width = height, width
        self.record = height * width * BYTES_PER_PIXEL
        self.file = open(path, "rb", buffering=0)
        self.failure = None

    def __len__(self):
        return self.count

    def __getitem__(self, index):
        """One scene, once it is rendered: image [H, W, 3] uint8; labels [H, W] uint8; depth [H, W] uint16, metres *
        DEPTH_SCALE, 0 = unknown; normals [H, W, 3] uint8, coded as in the data set's PNG files, 0, 0, 0 = unknown."""
        if not 0 <= index < self.count:
            raise IndexError(f"scene {index} of {self.count}")
        while os.fstat(self.file.fileno()).st_size < (index + 1) * self.record:
            if self.failure:
                raise SystemExit(self.failure)
            time.sleep(0.1)
        data = numpy.frombuffer(os.pread(self.file.fileno(), self.record, index * self.record), numpy.uint8)
        size = (self.height, self.width)
        image, labels, depth, normals = numpy.split(data, numpy.cumsum([3, 1, 2]) * self.height * self.width)
        return image.reshape(*size, 3), labels.reshape(size), depth.view("<u2").reshape(size), normals.reshape(*size, 3)


def rendered(folder, seed, count, height, width):
    """The first scenes of a seed: those that are not in the folder yet are rendered meanwhile, and stay in it.

    A file that a killed run left is continued.
    """
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"scenes-{seed}-{height}x{width}.records"
    _check_renderer(path)
    path.touch()
    scenes = Scenes(path, count, height, width)
    have = path.stat().st_size // scenes.record
    if have < count:
        renderer = threading.Thread(target=_render, args=(scenes, path, seed, have), daemon=True)
        renderer.start()
    return scenes


def _check_renderer(path):
    """Scenes of two versions of the renderer are never mixed in one file."""
    digest = hashlib.sha256()
    for source in sorted(RENDERER.parent.glob("*.java")):
        digest.update(source.read_bytes())
    made_by = path.with_suffix(".json")
    if path.exists() and made_by.exists() and json.loads(made_by.read_text())["renderer"] != digest.hexdigest():
        raise SystemExit(f"{path}: made by another version of the renderer; delete it to render anew")
    if not path.exists():
        made_by.write_text(json.dumps({"renderer": digest.hexdigest()}))


def _java():
    """The Java that the project's launcher runs on."""
    found = subprocess.run([str(FIND_JAVA)], stdout=subprocess.PIPE, text=True, check=False)
    if found.returncode != 0:
        raise SystemExit("the scenes are rendered by Java, and there is none that can")
    return found.stdout.strip()


def _render(scenes, path, seed, first):
    """Appends the scenes from the first missing one on."""
    count = scenes.count - first
    command = [_java(), str(RENDERER), "--stdout", "--seed", str(seed), "--first", str(first), "--count", str(count)]
    command += ["--size", f"{scenes.height}x{scenes.width}", "--threads", "1"]
    expected = HEADER.pack(b"HYSCENES", 1, scenes.height, scenes.width, count, seed)
    try:
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process, open(path, "ab", buffering=0) as file:
            file.truncate(first * scenes.record)
            header = process.stdout.read(HEADER.size)
            if header != expected:
                raise OSError(f"its stream should begin with {expected}, and begins with {header}")
            for index in range(first, scenes.count):
                data = process.stdout.read(scenes.record)
                if len(data) != scenes.record:
                    raise OSError(f"its stream ended in scene {index} of {scenes.count}")
                file.write(data)
    except (OSError, SystemExit) as failure:
        scenes.failure = f"{RENDERER}: {failure}"
