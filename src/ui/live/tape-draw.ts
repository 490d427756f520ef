/** Paints an activation tape: one row per layer, one column per step (or per few steps where there are more steps than pixels). */
import { activeShares, type Tape } from '../../state/summary/tape.ts';

type Rgb = readonly [number, number, number];

export interface TapePaint {
  readonly tape: Tape;
  readonly totalSteps: number;
  /** Activation probability by step; null where it is 1 throughout. */
  readonly probability: ((step: number) => number) | null;
  readonly colour: string;
  readonly inactive: string;
  readonly empty: string;
  readonly ink: string;
  readonly halo: string;
  /** Step to highlight. */
  readonly cursor: number | null;
}

function parseRgb(colour: string): Rgb {
  const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return [r, g, b];
}

/** RGBA pixels [players, columns] with the highest layer on top: the share of active steps as a blend from grey to the arm's colour. */
function tapePixels(
  tape: Tape,
  totalSteps: number,
  columns: number,
  on: Rgb,
  off: Rgb,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(columns * tape.players * 4);
  for (let column = 0; column < columns; column++) {
    const from = Math.floor((column * totalSteps) / columns);
    if (from >= tape.steps) break;
    const shares = activeShares(tape, from, Math.max(from + 1, Math.floor(((column + 1) * totalSteps) / columns)));
    for (let player = 0; player < tape.players; player++) {
      const at = ((tape.players - 1 - player) * columns + column) * 4;
      for (let c = 0; c < 3; c++) pixels[at + c] = off[c] + (on[c] - off[c]) * shares[player];
      pixels[at + 3] = 255;
    }
  }
  return pixels;
}

/** Width and height in CSS pixels; the canvas is scaled to the screen's density. */
export function drawTape(canvas: HTMLCanvasElement, width: number, height: number, paint: TapePaint): void {
  const density = Math.min(3, window.devicePixelRatio || 1);
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  const context = canvas.getContext('2d');
  if (!context || canvas.width === 0) return;
  const { tape, totalSteps } = paint;
  const columns = Math.max(1, Math.min(totalSteps, canvas.width));
  const strip = new OffscreenCanvas(columns, tape.players);
  const pixels = tapePixels(tape, totalSteps, columns, parseRgb(paint.colour), parseRgb(paint.inactive));
  strip.getContext('2d')?.putImageData(new ImageData(pixels, columns, tape.players), 0, 0);

  context.imageSmoothingEnabled = false;
  const rowHeight = canvas.height / tape.players;
  const gap = Math.max(1, Math.round(density * 0.75));
  for (let row = 0; row < tape.players; row++) {
    const top = Math.round(row * rowHeight);
    const size = Math.round((row + 1) * rowHeight) - top - gap;
    context.fillStyle = paint.empty;
    context.fillRect(0, top, canvas.width, size);
    context.drawImage(strip, 0, row, columns, 1, 0, top, canvas.width, size);
  }
  if (paint.probability) drawProbability(context, canvas.width, canvas.height, density, paint, paint.probability);
  if (paint.cursor !== null) {
    const x = ((paint.cursor + 0.5) / totalSteps) * canvas.width;
    context.fillStyle = paint.ink;
    context.fillRect(Math.round(x - density / 2), 0, Math.max(1, Math.round(density)), canvas.height);
  }
}

function drawProbability(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  density: number,
  paint: TapePaint,
  probability: (step: number) => number,
): void {
  const inset = 2 * density;
  context.beginPath();
  for (let i = 0; i <= 200; i++) {
    const step = (i / 200) * (paint.totalSteps - 1);
    const x = ((step + 0.5) / paint.totalSteps) * width;
    const y = inset + (1 - probability(step)) * (height - 2 * inset);
    if (i === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.lineJoin = 'round';
  context.strokeStyle = paint.halo;
  context.lineWidth = 4 * density;
  context.stroke();
  context.strokeStyle = paint.ink;
  context.lineWidth = 1.75 * density;
  context.stroke();
}
