// The steps of the plan, the slowest first.

const table = document.getElementById("step-table");
const { threads, bytesPerSecond } = report.machine;
document.getElementById("machine").textContent =
  `${report.milliseconds.toFixed(1)} ms: the sum of the median times of ${report.steps.length} steps on ${threads} ${threads === 1 ? "thread" : "threads"}. ` +
  `This machine's measured peak is ${(peak / 1e9).toFixed(1)} billion multiply-adds a second, and its memory bandwidth ${(bytesPerSecond / 1e9).toFixed(1)} GB a second. ` +
  "Multiply-adds are those of the operators. An algorithm such as Winograd's needs fewer, so a step may be above the peak. " +
  "The times are those of the plan that keeps only the answers. The layers' values come from other runs that keep them.";

table.append(
  element("thead", {}, element("tr", {}, ...["step", "kernel", "time", "", "GMAC/s", "of peak", "MB", "GB/s"].map((name, i) => element("th", { scope: "col", class: i === 1 ? "left" : "" }, name)))),
);
const slowest = Math.max(...report.steps.map(({ milliseconds }) => milliseconds));
const body = element("tbody");
for (const one of [...report.steps].sort((a, b) => b.milliseconds - a.milliseconds)) {
  const { gmacs, share: part, gigabytes } = speed(one);
  const name = one.layers.length > 0 ? element("button", { type: "button", title: one.operators }, one.value) : one.value;
  if (one.layers.length > 0) {
    name.addEventListener("click", () => choose(one.layers.at(-1), true));
  }
  const bar = element("span", { class: "bar" });
  bar.style.width = `${(70 * one.milliseconds) / slowest}px`;
  const cells = [
    name,
    one.kernel,
    `${one.milliseconds.toFixed(3)} ms`,
    element("span", {}, bar, percent(one.milliseconds / report.milliseconds)),
    one.macs > 0 ? gmacs.toFixed(1) : "",
    one.macs > 0 ? percent(part) : "",
    (one.bytes / 1e6).toFixed(1),
    gigabytes.toFixed(1),
  ];
  body.append(element("tr", {}, ...cells.map((cell, i) => element("td", { class: i === 1 || i === 3 ? "left" : "" }, cell))));
}
table.append(body);
