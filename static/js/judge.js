// Whether a photo is hard to read: the server's own measures and numbers (portal/adapters/inspection/judgement.py),
// computed before it is sent. A hint, never a refusal. Nothing is said of a picture that the browser cannot open.

const TINY = 1000, DARK = 80, BLANK = 12, BLURRED = 0.04, SIDE = 1600, TILES = 12, LEAST = 10, DETAIL = 12, SHAPES = 48;

export async function flawOf(file) {
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return null;
  }
  const long = Math.max(picture.width, picture.height);
  const grey = greyOf(picture, Math.min(1, SIDE / long));
  picture.close();
  const [dark, light] = [percentile(grey.data, 0.05), percentile(grey.data, 0.95)];
  if (light < DARK) return "dark";
  if (long < TINY) return "tiny";
  if (light - dark < BLANK) return null;
  const sharp = sharpness(grey);
  return sharp !== null && sharp < BLURRED ? "blurred" : null;
}

export function greyOf(picture, factor) {
  const width = Math.max(1, Math.round(picture.width * factor)), height = Math.max(1, Math.round(picture.height * factor));
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  brush.imageSmoothingQuality = "high";
  brush.drawImage(picture, 0, 0, width, height);
  const pixels = brush.getImageData(0, 0, width, height).data;
  const data = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < data.length; at += 1, from += 4) {
    data[at] = (pixels[from] * 19595 + pixels[from + 1] * 38470 + pixels[from + 2] * 7471 + 0x8000) >> 16;
  }
  canvas.width = canvas.height = 0; // phones have little memory for canvases
  return { width, height, data };
}

export function sharpness(grey) {
  const fine = energies(grey, 1), coarse = energies(grey, 4);
  const ratios = fine.map((one, at) => one / coarse[at]).filter((_, at) => coarse[at] > DETAIL);
  if (ratios.length >= LEAST) return ratios.sort((a, b) => a - b)[Math.floor(ratios.length * 3 / 4)];
  return energies(grey, 16).filter((one) => one > SHAPES).length >= LEAST ? 0 : null;
}

// For each tile the mean square of what a box blur of this radius takes away.
function energies({ width, height, data }, radius) {
  const soft = blurred(data, width, height, radius), found = [];
  for (let row = 0; row < TILES; row += 1) {
    for (let column = 0; column < TILES; column += 1) {
      const left = Math.floor(width * column / TILES), right = Math.floor(width * (column + 1) / TILES);
      const top = Math.floor(height * row / TILES), bottom = Math.floor(height * (row + 1) / TILES);
      let sum = 0;
      for (let y = top; y < bottom; y += 1) {
        for (let at = y * width + left; at < y * width + right; at += 1) sum += (data[at] - soft[at]) ** 2;
      }
      found.push(sum / Math.max(1, (right - left) * (bottom - top)));
    }
  }
  return found;
}

// A box blur as Pillow makes it: along the rows, then along the columns, rounded each time, the edge repeated.
function blurred(data, width, height, radius) {
  const across = new Uint8Array(data.length), down = new Uint8Array(data.length);
  for (let y = 0; y < height; y += 1) run(data, across, y * width, 1, width, radius);
  for (let x = 0; x < width; x += 1) run(across, down, x, width, height, radius);
  return down;
}

function run(from, to, start, step, count, radius) {
  const share = 1 / (2 * radius + 1), last = count - 1;
  let sum = 0;
  for (let one = -radius; one <= radius; one += 1) sum += from[start + Math.max(0, Math.min(last, one)) * step];
  for (let at = 0; at < count; at += 1) {
    to[start + at * step] = sum * share + 0.5;
    sum += from[start + Math.min(last, at + radius + 1) * step] - from[start + Math.max(0, at - radius) * step];
  }
}

function percentile(data, share) {
  const counts = new Uint32Array(256);
  for (const value of data) counts[value] += 1;
  let left = share * data.length;
  for (let value = 0; value < 256; value += 1) {
    left -= counts[value];
    if (left < 0) return value;
  }
  return 255;
}
