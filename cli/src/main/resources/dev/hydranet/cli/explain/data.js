// The page's data, and how numbers become pictures.

const report = JSON.parse(document.getElementById("data").textContent);

/** An element with attributes and children; texts are taken as texts, never as HTML. */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** The numbers of a picture, row by row, that PackedPixels.java has packed. */
async function unpacked(base64, width) {
  const inflated = new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream("deflate"));
  const bytes = new Uint8Array(await new Response(inflated).arrayBuffer());
  const count = bytes.length / 2;
  const values = new Uint16Array(count);
  for (let i = 0; i < count; i++) {
    const zigzag = bytes[i] | (bytes[count + i] << 8);
    const first = i % width === 0;
    const left = first ? 0 : values[i - 1];
    const above = i < width ? 0 : values[i - width];
    const corner = first || i < width ? 0 : values[i - width - 1];
    const most = Math.max(left, above);
    const predicted = Math.min(most, Math.max(Math.min(left, above), left + above - corner));
    values[i] = predicted + ((zigzag >>> 1) ^ -(zigzag & 1));
  }
  return values;
}

/** 256 colours, [red, green, blue] each. */
function colourMap(base64) {
  const bytes = bytesOf(base64);
  return Array.from({ length: 256 }, (_, i) => [bytes[3 * i], bytes[3 * i + 1], bytes[3 * i + 2]]);
}

const depthColours = colourMap(report.colormaps.depth);
const mapColours = colourMap(report.colormaps.maps);

/** The colour of a fraction, as Colormap.java has it; black for NaN. */
function colourOf(fraction, colours) {
  if (Number.isNaN(fraction)) {
    return [0, 0, 0];
  }
  return colours[Math.min(255, Math.max(0, Math.floor(fraction * 256)))];
}

/** Paints each pixel of a canvas; the painter says [red, green, blue] or [red, green, blue, alpha]. */
function paint(canvas, width, height, painter) {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    const [red, green, blue, alpha = 255] = painter(i);
    image.data.set([red, green, blue, alpha], 4 * i);
  }
  context.putImageData(image, 0, 0);
}

function thousands(number) {
  return number.toLocaleString("en-US");
}

/** Three digits that count, and a billion as 1 G. */
function short(number) {
  for (const [size, unit] of [[1e9, " G"], [1e6, " M"], [1e3, " k"]]) {
    if (number >= size) {
      return (number / size).toPrecision(3) + unit;
    }
  }
  return String(number);
}

function percent(fraction) {
  const value = 100 * fraction;
  if (value > 0 && value < 0.1) {
    return "<0.1 %";
  }
  return value > 99 && value < 100 ? ">99 %" : value.toFixed(value < 10 ? 1 : 0) + " %";
}

/** Numbers of any size that are neither too long nor rounded to nothing. */
function compact(number) {
  return String(Number(Number(number).toPrecision(3)));
}
