"""Makes the table and the curves of docs/multi-task.md out of what training/experiment.py measured.

    python3 training/report.py results.json docs

The table goes between the two comments in docs/multi-task.md, the curves into docs/multi-task-SCORE.svg.
"""

import argparse
import json
import pathlib

BEGIN = "<!-- The table is made by training/report.py. -->"
END = "<!-- The end of the table. -->"
# Name in the results, in the table, factor, digits, what is better.
SCORES = [
    ("miou", "mIoU, %", 100, 1, "higher"),
    ("abs_rel", "depth: abs rel, %", 100, 1, "lower"),
    ("normal_median", "normals: median error, degrees", 1, 2, "lower"),
]
NAMES = {
    "half": "all three, half annotated",
    "half+expert": "all three, half annotated, expert",
    "expert": "(the expert: depth + normal, that half)",
    "segm+depth+normal": "all three",
}
# Okabe and Ito's colours, told apart by the colour-blind and on both backgrounds.
COLOURS = ["#0072b2", "#e69f00", "#009e73", "#d55e00", "#cc79a7", "#56b4e9", "#8a8a8a", "#b8a800"]
STYLE = """
.page { fill: #ffffff; }
text { fill: #1f2328; }
.soft { fill: #59636e; }
.grid { stroke: #d8dee4; }
@media (prefers-color-scheme: dark) {
  .page { fill: #0d1117; }
  text { fill: #e6edf3; }
  .soft { fill: #9198a1; }
  .grid { stroke: #30363d; }
}
"""


def named(name):
    return NAMES.get(name, name.replace("+", " + "))


def by_name(results):
    """{name: [run of each seed]}, in the order of the experiment."""
    groups = {}
    for run in results["runs"]:
        groups.setdefault(run["name"], []).append(run)
    return groups


def cell(runs, score, factor, digits):
    """The mean over the seeds, and how far the furthest seed is from it."""
    values = [run["scores"][score] * factor for run in runs if score in run["scores"]]
    if not values:
        return ""
    mean = sum(values) / len(values)
    spread = max(abs(value - mean) for value in values)
    return f"{mean:.{digits}f} ± {spread:.{digits}f}"


def table(results):
    height, width = results["cost_size"]
    lines = [
        f"| tasks | {' | '.join(title for _, title, *_ in SCORES)} | parameters | MACs at {height}x{width} |",
        "|---|" + "---:|" * (len(SCORES) + 2),
    ]
    for name, runs in by_name(results).items():
        cells = [cell(runs, score, factor, digits) for score, _, factor, digits, _ in SCORES]
        cost = [f"{runs[0]['parameters']:,}", f"{runs[0]['macs'] / 1e9:.2f} G"]
        lines.append(f"| {named(name)} | {' | '.join(cells + cost)} |")
    seeds = len({run["seed"] for run in results["runs"]})
    height, width = results["size"]
    lines += [
        "",
        f"Mean of {seeds} seeds ± the furthest seed's distance from it; {results['samples']:,} samples of "
        f"{results['scenes']:,} scenes at {height}x{width}, scored on scenes never seen.",
    ]
    return "\n".join(lines)


def ticks(low, high):
    """A few round numbers in between."""
    for step in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100):
        if (high - low) / step <= 6:
            first = int(low // step) + 1
            return [step * i for i in range(first, first + 8) if low <= step * i <= high]
    return [low, high]


def apart(places, distance, lowest):
    """Places in ascending order, moved so that neighbours keep their distance and none is too low."""
    moved = []
    for place in reversed(places):
        lowest = min(place, lowest)
        moved.append(lowest)
        lowest -= distance
    moved.reverse()
    return moved


def curves(results, score, title, factor, better):
    """An SVG of a score over the samples seen: the mean of the seeds, a line for each combination that has it."""
    lines = {}
    for name, runs in by_name(results).items():
        if name != "expert" and score in runs[0]["scores"]:
            points = zip(*(run["curve"] for run in runs))
            lines[name] = [(p[0]["samples"], factor * sum(q[score] for q in p) / len(p)) for p in points]
    # The first validations would flatten all others.
    shown = {name: points[len(points) // 5 :] for name, points in lines.items()}
    every = [value for points in shown.values() for _, value in points]
    low, high = min(every), max(every)
    low, high = low - 0.05 * (high - low + 1e-6), high + 0.05 * (high - low + 1e-6)
    first = min(points[0][0] for points in shown.values())
    last = max(points[-1][0] for points in shown.values())
    left, right, top, bottom = 60, 500, 66, 340

    def x(samples):
        return left + (right - left) * (samples - first) / max(1, last - first)

    def y(value):
        return bottom - (bottom - top) * (value - low) / (high - low)

    out = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 780 392" role="img" font-family="system-ui, sans-serif" '
        'font-size="13">',
        f"<title>{title}, over the samples seen</title>",
        f"<style>{STYLE}</style>",
        '<rect class="page" width="780" height="392"/>',
        f'<text x="16" y="24" font-size="16" font-weight="600">{title}, over the samples seen</text>',
        f'<text x="16" y="46" class="soft">{better} is better; held-out scenes, mean of the seeds</text>',
    ]
    for value in ticks(low, high):
        out.append(f'<line class="grid" x1="{left}" y1="{y(value):.1f}" x2="{right}" y2="{y(value):.1f}"/>')
        out.append(f'<text x="{left - 6}" y="{y(value) + 4:.1f}" class="soft" text-anchor="end">{value:g}</text>')
    for samples in (first, last):
        out.append(f'<text x="{x(samples):.1f}" y="{bottom + 18}" class="soft" text-anchor="middle">{samples:,}</text>')
    # Names stand beside the ends of their lines.
    order = sorted(shown, key=lambda name: y(shown[name][-1][1]))
    places = apart([y(shown[name][-1][1]) + 4 for name in order], 17, bottom + 4)
    for name, place in zip(order, places):
        colour = COLOURS[list(lines).index(name) % len(COLOURS)]
        points = " ".join(f"{x(samples):.1f},{y(value):.1f}" for samples, value in shown[name])
        out.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        end = y(shown[name][-1][1])
        out.append(f'<line x1="{right}" y1="{end:.1f}" x2="{right + 14}" y2="{place - 4:.1f}" stroke="{colour}"/>')
        out.append(f'<text x="{right + 18}" y="{place:.1f}">{named(name)}</text>')
    return "\n".join([*out, "</svg>", ""])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", type=pathlib.Path)
    parser.add_argument("docs", type=pathlib.Path)
    options = parser.parse_args()
    results = json.loads(options.results.read_text())
    page = options.docs / "multi-task.md"
    text = page.read_text() if page.exists() else f"# What tasks can be combined?\n\n{BEGIN}\n{END}\n"
    if BEGIN not in text or END not in text:
        raise SystemExit(f"{page}: has no place for the table, between '{BEGIN}' and '{END}'")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    page.write_text(f"{before}{BEGIN}\n{table(results)}\n{END}{after}")
    for score, title, factor, _, better in SCORES:
        (options.docs / f"multi-task-{score.replace('_', '-')}.svg").write_text(
            curves(results, score, title, factor, better.capitalize())
        )


if __name__ == "__main__":
    main()
