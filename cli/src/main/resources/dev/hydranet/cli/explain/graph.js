// The drawing: choosing layers by pointer and keys, colours, size.

const graph = document.getElementById("graph");
const scroll = document.getElementById("scroll");
const boxes = report.layers.map((_, i) => document.getElementById(`layer-${i}`));
const naturalWidth = graph.viewBox.baseVal.width;
const naturalHeight = graph.viewBox.baseVal.height;
const smallestText = 0.62; // of the drawing's size: letters are read from there on
let chosenLayer = 0;

/** Shows a layer; others that its steps compute, too, are marked. */
function choose(index, reveal) {
  chosenLayer = index;
  const sharing = new Set(report.steps.filter(({ layers }) => layers.includes(index)).flatMap(({ layers }) => layers));
  boxes.forEach((box, i) => {
    box.classList.toggle("chosen", i === index);
    box.classList.toggle("shares", i !== index && sharing.has(i));
    box.setAttribute("tabindex", i === index ? "0" : "-1");
    box.setAttribute("aria-pressed", String(i === index));
  });
  showLayer(index);
  if (reveal) {
    boxes[index].scrollIntoView({ block: "nearest", inline: "center" });
  }
  // On a small screen the panel lies over the page: not over the layer that it tells of.
  const panel = document.getElementById("layer");
  if (getComputedStyle(panel).position === "fixed") {
    const hidden = boxes[index].getBoundingClientRect().bottom + 24 - panel.getBoundingClientRect().top;
    window.scrollBy(0, Math.max(0, hidden));
  }
}

/** The layer that comes next in a direction: near, and rather straight ahead than aside. */
function neighbour(index, dx, dy) {
  const centre = (box) => {
    const { x, y, width, height } = box.getBBox();
    return [x + width / 2, y + height / 2];
  };
  const [fromX, fromY] = centre(boxes[index]);
  let best = index;
  let least = Infinity;
  boxes.forEach((box, i) => {
    const [x, y] = centre(box);
    const ahead = (x - fromX) * dx + (y - fromY) * dy;
    const aside = Math.abs((x - fromX) * dy) + Math.abs((y - fromY) * dx);
    const distance = ahead + 3 * aside;
    if (ahead > 1 && distance < least) {
      best = i;
      least = distance;
    }
  });
  return best;
}

boxes.forEach((box, i) => {
  box.addEventListener("click", () => choose(i, false));
  box.addEventListener("keydown", (event) => {
    const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (directions[event.key]) {
      event.preventDefault();
      const next = neighbour(i, ...directions[event.key]);
      choose(next, true);
      boxes[next].focus({ preventScroll: true });
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      choose(i, false);
    }
  });
});

/** The share of all time of the slowest step that computes a layer. */
function share(index) {
  const times = report.steps.filter(({ layers }) => layers.includes(index)).map(({ milliseconds }) => milliseconds);
  return Math.max(0, ...times) / report.milliseconds;
}

const hottest = Math.max(...boxes.map((_, i) => share(i)));
boxes.forEach((box, i) => {
  box.style.setProperty("--heat", `${(85 * Math.sqrt(share(i) / hottest)).toFixed(1)}%`);
});

for (const choice of document.getElementsByName("colour")) {
  choice.addEventListener("change", () => {
    const byTime = choice.value === "time";
    graph.classList.toggle("time", byTime);
    document.getElementById("heat").hidden = !byTime;
    document.getElementById("kinds").hidden = byTime;
  });
}

function zoom(size) {
  const bounded = Math.min(2, Math.max(0.25, size));
  graph.setAttribute("width", naturalWidth * bounded);
  graph.setAttribute("height", naturalHeight * bounded);
}

function fitting() {
  const style = getComputedStyle(scroll);
  return (scroll.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)) / naturalWidth;
}

const size = () => graph.width.baseVal.value / naturalWidth;
document.getElementById("smaller").addEventListener("click", () => zoom(size() / 1.25));
document.getElementById("larger").addEventListener("click", () => zoom(size() * 1.25));
document.getElementById("fit").addEventListener("click", () => zoom(fitting()));

zoom(Math.min(1.15, Math.max(smallestText, fitting())));
choose(0, false);
if (matchMedia("(max-width: 900px)").matches) {
  // There the panel covers the page.
  document.getElementById("layer").hidden = true;
}
