// What there is to know of one layer.

const peak = report.machine.macsPerSecond;

/** A table of a name and a value in each row. */
function facts(rows) {
  return element("table", {}, ...rows.map(([name, value]) => element("tr", {}, element("th", { scope: "row" }, name), element("td", {}, value))));
}

function speed(stepOfPlan) {
  const perSecond = (stepOfPlan.macs / stepOfPlan.milliseconds) * 1e3;
  return { gmacs: perSecond / 1e9, share: perSecond / peak, gigabytes: stepOfPlan.bytes / stepOfPlan.milliseconds / 1e6 };
}

/** The maps, painted when they are unpacked. */
function mapsOf({ maps }) {
  const pixels = maps.width * maps.height;
  const canvases = maps.channels.map(() => element("canvas"));
  const unpacking = unpacked(maps.pixels, maps.width).then((levels) => {
    canvases.forEach((canvas, i) => {
      paint(canvas, maps.width, maps.height, (p) => colourOf(levels[i * pixels + p] / (maps.levels - 1), mapColours));
    });
  });
  unpacking.catch(() => {}); // showAnswers tells of browsers that cannot unpack
  const figures = maps.channels.map(({ index, least, greatest }, i) =>
    element("figure", {}, canvases[i], element("figcaption", {}, `${index}: ${compact(least)} to ${compact(greatest)}`)),
  );
  return element("div", { class: "maps" }, ...figures);
}

/** The steps that compute a layer, and with which others they do so. */
function stepsOf(index) {
  const parts = [];
  for (const one of report.steps.filter(({ layers }) => layers.includes(index))) {
    const others = one.layers.filter((other) => other !== index);
    const { gmacs, share, gigabytes } = speed(one);
    const rows = [
      ["kernel", one.kernel],
      ["time", `${one.milliseconds.toFixed(3)} ms, ${percent(one.milliseconds / report.milliseconds)} of all`],
    ];
    if (one.macs > 0) {
      rows.push(["speed", `${gmacs.toFixed(1)} GMAC/s, ${percent(share)} of peak`]);
      if (one.macsDone !== one.macs) {
        rows.push(["MACs", `${short(one.macs)} by the operators, ${short(one.macsDone)} really done`]);
      }
    }
    rows.push(["data", `${(one.bytes / 1e6).toFixed(1)} MB, ${gigabytes.toFixed(1)} GB/s`]);
    parts.push(facts(rows));
    if (others.length > 0) {
      parts.push(
        element("p", { class: "soft" }, "One fused step, measured as a whole. It computes these layers, too:"),
        element("div", { class: "chips" }, ...others.map(layerButton)),
      );
    }
  }
  return parts.length > 0 ? parts : [element("p", { class: "soft" }, "No separate step.")];
}

function layerButton(index) {
  const button = element("button", { type: "button" }, report.layers[index].name);
  button.addEventListener("click", () => choose(index, true));
  return button;
}

function operatorOf({ name, operator, attributes, output, parameters, macs }) {
  const rows = [...Object.entries(attributes), ["output", output.join(" \u00d7 ")]];
  if (parameters > 0) {
    rows.push(["parameters", thousands(parameters)]);
  }
  if (macs > 0) {
    rows.push(["MACs", thousands(macs)]);
  }
  return element("div", { class: "operator" }, element("b", {}, operator), ` ${name}`, facts(rows));
}

/** Bars over the range from the least to the greatest weight, with a line at zero. */
function histogramOf({ least, greatest, mean, deviation, counts }) {
  const namespace = "http://www.w3.org/2000/svg";
  const make = (tag, attributes, text = "") => {
    const made = document.createElementNS(namespace, tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    made.textContent = text;
    return made;
  };
  const [width, height] = [360, 90];
  const most = Math.max(...counts);
  const bar = width / counts.length;
  const svg = make("svg", { class: "histogram", viewBox: `0 0 ${width} ${height + 18}`, role: "img", "aria-label": "Histogram of the weights" });
  counts.forEach((count, i) => {
    const tall = (count / most) * height;
    svg.append(make("rect", { x: i * bar + 0.5, y: height - tall, width: bar - 1, height: tall }));
  });
  svg.append(make("line", { x1: 0, x2: width, y1: height, y2: height }));
  if (least < 0 && greatest > 0) {
    const zero = (-least / (greatest - least)) * width;
    svg.append(make("line", { x1: zero, x2: zero, y1: height, y2: height + 4 }), make("text", { x: zero, y: height + 15, "text-anchor": "middle" }, "0"));
  }
  svg.append(make("text", { x: 0, y: height + 15 }, compact(least)), make("text", { x: width, y: height + 15, "text-anchor": "end" }, compact(greatest)));
  const total = counts.reduce((sum, count) => sum + count, 0);
  return [svg, element("p", { class: "soft" }, `${thousands(total)} weights, mean ${compact(mean)}, standard deviation ${compact(deviation)}`)];
}

/** Shows a layer in the panel. */
function showLayer(index) {
  const layer = report.layers[index];
  const panel = document.getElementById("layer");
  const { maps, operators, weights } = layer;
  const close = element("button", { type: "button", class: "close", "aria-label": "Close" }, "\u00d7");
  close.addEventListener("click", () => {
    panel.hidden = true;
    document.getElementById(`layer-${index}`).focus({ preventScroll: true });
  });
  const reduced = maps.reduction > 1 ? `; a pixel is the mean of ${maps.reduction}\u00d7${maps.reduction}` : "";
  const channels = operators.at(-1).output[1];
  panel.replaceChildren(
    element("header", {}, element("h2", {}, layer.name), close),
    element("p", { class: "soft" }, operators.map(({ operator }) => operator).join(" + ")),
    element("h3", {}, channels > maps.channels.length ? `The ${maps.channels.length} most active of ${channels} channels` : "Channels"),
    mapsOf(layer),
    element("p", { class: "soft" }, `Those that differ most over the image, each from its least value to its greatest${reduced}.`),
    element("h3", {}, "Measured"),
    ...stepsOf(index),
    element("h3", {}, operators.length > 1 ? "Operators" : "Operator"),
    ...operators.map(operatorOf),
  );
  if (weights) {
    panel.append(element("h3", {}, "Weights"), ...histogramOf(weights));
  }
  panel.hidden = false;
  panel.scrollTop = 0;
}
