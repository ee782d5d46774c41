// The answers over the image: a slider between them, and what there is under the pointer.

const stages = document.getElementById("stages");
const { shownWidth, shownHeight, step } = report.image;

/** For each answer how it is painted and explained, and what it says of a pixel. */
const answerKinds = {
  async segm(answer) {
    const labels = await unpacked(answer.pixels, shownWidth);
    const colours = answer.classes.map(({ colour }) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)));
    const { legend, here, chosen } = classLegend(answer.classes, () => repaint());
    const canvas = element("canvas");
    const repaint = () => {
      const only = chosen();
      paint(canvas, shownWidth, shownHeight, (i) => [...colours[labels[i]], only === null || only === labels[i] ? 255 : 40]);
    };
    repaint();
    return {
      title: "Class",
      canvas,
      legend,
      says(i) {
        here(labels[i]);
        const { name, colour } = answer.classes[labels[i]];
        const swatch = element("i");
        swatch.style.background = colour;
        return [swatch, name];
      },
    };
  },

  async depth(answer) {
    const levels = await unpacked(answer.pixels, shownWidth);
    const metres = (i) => (levels[i] === answer.levels ? NaN : levels[i] * answer.metresPerLevel);
    const fraction = (distance) => (distance - answer.nearest) / (answer.farthest - answer.nearest);
    const canvas = element("canvas");
    paint(canvas, shownWidth, shownHeight, (i) => colourOf(fraction(metres(i)), depthColours));
    const bar = element("canvas");
    paint(bar, 256, 1, (i) => depthColours[i]);
    const mark = element("i");
    const tick = (distance, i) => {
      const last = i === answer.ticks.length - 1;
      const label = element("span", {}, last ? `${distance} m` : distance);
      label.style.left = `${100 * fraction(distance)}%`;
      return label;
    };
    const legend = element(
      "div",
      { class: "legend" },
      element("div", { class: "ramp" }, bar, mark),
      element("div", { class: "ticks" }, ...answer.ticks.map(tick)),
    );
    return {
      title: "Distance",
      canvas,
      legend,
      says(i) {
        const distance = metres(i);
        mark.style.left = `${100 * Math.min(1, Math.max(0, fraction(distance) || 0))}%`;
        return [Number.isNaN(distance) ? "no number" : `${distance.toFixed(2)} m`];
      },
    };
  },

  async normal(answer) {
    const planes = await Promise.all(["x", "y", "z"].map((name) => unpacked(answer[name], shownWidth)));
    const vector = (i) => planes.map((plane) => (plane[i] === answer.levels ? NaN : (2 * plane[i]) / (answer.levels - 1) - 1));
    const colour = ([x, y, z]) => (Number.isNaN(x) ? [0, 0, 0] : [x + 1, y + 1, 1 - z].map((twice) => Math.round((twice / 2) * 255)));
    const canvas = element("canvas");
    paint(canvas, shownWidth, shownHeight, (i) => colour(vector(i)));
    const ball = element("canvas");
    const side = 128;
    paint(ball, side, side, (i) => {
      const x = (2 * ((i % side) + 0.5)) / side - 1;
      const y = (2 * (Math.floor(i / side) + 0.5)) / side - 1;
      const rest = 1 - x * x - y * y;
      return rest < 0 ? [0, 0, 0, 0] : colour([x, y, -Math.sqrt(rest)]);
    });
    const mark = element("i");
    const legend = element(
      "div",
      { class: "legend ball" },
      element("div", {}, ball, mark),
      element("span", {}, "Colours as on a ball: x to the right, y down, z away from the camera."),
    );
    return {
      title: "Surface normal",
      canvas,
      legend,
      says(i) {
        const [x, y, z] = vector(i);
        mark.style.left = `${50 + 50 * (x || 0)}%`;
        mark.style.top = `${50 + 50 * (y || 0)}%`;
        return [Number.isNaN(x) ? "no direction" : `normal (${[x, y, z].map((part) => part.toFixed(2)).join(", ")})`];
      },
    };
  },
};

/** Classes that the image has, the largest first, as buttons that show one alone; then the others. */
function classLegend(classes, changed) {
  let only = null;
  const entries = classes.map(({ name, colour, share }, index) => {
    const swatch = element("i");
    swatch.style.background = colour;
    const button = element("button", { type: "button", "aria-pressed": "false" }, swatch, name);
    if (share > 0) {
      button.append(element("small", {}, percent(share)));
    }
    button.addEventListener("click", () => {
      only = only === index ? null : index;
      entries.forEach((entry, i) => entry.firstChild.setAttribute("aria-pressed", String(i === only)));
      changed();
    });
    return element("li", {}, button);
  });
  const order = classes.map((_, i) => i).sort((a, b) => classes[b].share - classes[a].share);
  const present = order.filter((i) => classes[i].share > 0);
  const absent = order.filter((i) => classes[i].share === 0);
  const legend = element("div", { class: "legend" }, element("ul", { class: "classes" }, ...present.map((i) => entries[i])));
  if (absent.length > 0) {
    legend.append(
      element(
        "details",
        {},
        element("summary", {}, `${absent.length} more that are not in the image`),
        element("ul", { class: "classes" }, ...absent.map((i) => entries[i])),
      ),
    );
  }
  const here = (index) => entries.forEach((entry, i) => entry.classList.toggle("here", i === index));
  return { legend, here, chosen: () => only };
}

async function showAnswers() {
  const shown = [];
  for (const [name, answer] of Object.entries(report.answers)) {
    shown.push({ name, ...(await answerKinds[name](answer)) });
  }
  const spot = { x: Math.floor(shownWidth / 2), y: Math.floor(shownHeight / 2) };

  function say() {
    stages.style.setProperty("--x", `${(100 * (spot.x + 0.5)) / shownWidth}%`);
    stages.style.setProperty("--y", `${(100 * (spot.y + 0.5)) / shownHeight}%`);
    const index = spot.y * shownWidth + spot.x;
    const where = element("span", {}, `x ${spot.x * step}, y ${spot.y * step}`);
    const what = shown.map(({ name, says }) => element("div", { "data-answer": name }, ...says(index)));
    document.getElementById("readout").replaceChildren(where, ...what);
  }

  function move(x, y) {
    spot.x = Math.min(shownWidth - 1, Math.max(0, x));
    spot.y = Math.min(shownHeight - 1, Math.max(0, y));
    say();
  }

  for (const { name, title, canvas, legend } of shown) {
    const image = element("img", { src: `data:image/jpeg;base64,${report.image.jpeg}`, alt: "", draggable: "false" });
    const stage = element(
      "div",
      { class: "stage", tabindex: "0", role: "application", "aria-label": `${title}: arrow keys move the read-out`, "data-answer": name },
      image,
      canvas,
      element("div", { class: "edge" }),
      element("div", { class: "spot" }),
    );
    stage.style.aspectRatio = `${shownWidth} / ${shownHeight}`;
    const follow = (event) => {
      const box = stage.getBoundingClientRect();
      const x = ((event.clientX - box.left) / box.width) * shownWidth;
      const y = ((event.clientY - box.top) / box.height) * shownHeight;
      move(Math.floor(x), Math.floor(y));
    };
    stage.addEventListener("pointermove", follow);
    stage.addEventListener("pointerdown", follow);
    stage.addEventListener("keydown", (event) => {
      const by = event.shiftKey ? 10 : 1;
      const moves = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, -by], ArrowDown: [0, by] };
      if (moves[event.key]) {
        event.preventDefault();
        move(spot.x + moves[event.key][0], spot.y + moves[event.key][1]);
      }
    });
    stages.append(element("figure", {}, element("figcaption", {}, title), stage, legend));
  }
  // Wide images stand one below the other, others side by side.
  stages.style.setProperty("--stage-width", shownWidth > 2 * shownHeight ? "600px" : "340px");
  say();
}

document.getElementById("wipe").addEventListener("input", (event) => {
  stages.style.setProperty("--wipe", `${event.target.value}%`);
});

if (step > 1) {
  const reduced = document.getElementById("reduced");
  reduced.hidden = false;
  reduced.textContent = `The image is large, ${report.image.width} x ${report.image.height}: this page has one of each ${step} x ${step} of its pixels.`;
}

showAnswers().catch((failure) => {
  const place = document.getElementById("failure");
  place.hidden = false;
  place.textContent = `This page needs a browser of 2023 or later: ${failure.message}`;
});
