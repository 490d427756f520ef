/** A result as one picture to post: its finding, the chart of it, and a code that leads to the study. */
import { requireTruePixels } from '../../data/image/true-pixels.ts';
import type { ChartTheme } from '../charts/theme.ts';
import { wordsInLines } from '../words-in-lines.ts';
import { SHARE_WORDS } from './messages.ts';
import { QUIET, type QrPath } from './qr-path.ts';

/** Pixels: what messengers and feeds show whole. */
const [WIDTH, HEIGHT] = [1200, 630];
const PAD = 48;
const CODE = 260;
/** A long finding has smaller letters, so that it is there whole. */
const HEADLINES = [
  { size: 40, line: 50, most: 2 },
  { size: 30, line: 38, most: 3 },
] as const;
const CHART_TOP = 176;
const FOOT = 22;

interface Card {
  readonly headline: string;
  /** Over what it is: task, seeds, test images. */
  readonly facts: string;
  /** The chart with its legend, as SVG; null where there is none. */
  readonly chart: string | null;
  /** Of a link to the study; null where it has no room in a code. */
  readonly code: QrPath | null;
  /** What the code is for. */
  readonly invitation: string;
}

/** Words in lines of at most `width`; what does not fit in the last line ends with an ellipsis. @param measure width of a text */
export function wrapped(text: string, width: number, most: number, measure: (text: string) => number): string[] {
  const lines = wordsInLines(text, width, measure);
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), `${lines[most - 1]} …`];
}

async function imageOf(svg: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  return image;
}

/** @throws Error where the browser draws on no canvas, or does not tell the page what is on it */
export async function drawCard({ headline, facts, chart, code, invitation }: Card, theme: ChartTheme): Promise<Blob> {
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d');
  if (!context) throw new Error(SHARE_WORDS.card.noCanvas);
  requireTruePixels();
  context.fillStyle = theme.colour('--surface');
  context.fillRect(0, 0, WIDTH, HEIGHT);
  const write = (text: string, x: number, y: number, font: string, colour: `--${string}`): void => {
    context.font = `${font} ${theme.font}`;
    context.fillStyle = theme.colour(colour);
    context.fillText(text, x, y);
  };
  const set = HEADLINES.map(({ size, line, most }) => {
    context.font = `650 ${size}px ${theme.font}`;
    return { size, line, lines: wrapped(headline, WIDTH - 2 * PAD, most, (text) => context.measureText(text).width) };
  });
  const { size, line: height, lines } = set.find(({ lines: own }) => own.join(' ') === headline) ?? set[set.length - 1];
  lines.forEach((line, i) => write(line, PAD, PAD + size + i * height, `650 ${size}px`, '--ink'));
  write(facts, PAD, HEIGHT - PAD + FOOT / 2, `400 ${FOOT}px`, '--ink-2');
  if (chart) {
    const image = await imageOf(chart);
    const [across, down] = [WIDTH - 3 * PAD - CODE, HEIGHT - CHART_TOP - PAD - 2 * FOOT];
    const scale = Math.min(across / image.width, down / image.height);
    context.drawImage(image, PAD, CHART_TOP, scale * image.width, scale * image.height);
  }
  if (code) {
    const module = CODE / (code.size + 2 * QUIET);
    const [left, top] = [WIDTH - PAD - CODE, CHART_TOP];
    // Dark on light in either theme, as scanners expect.
    context.fillStyle = '#fff';
    context.fillRect(left, top, CODE, CODE);
    context.save();
    context.translate(left + QUIET * module, top + QUIET * module);
    context.scale(module, module);
    context.fillStyle = '#000';
    context.fill(new Path2D(code.path));
    context.restore();
    write(invitation, left, top + CODE + 32, '400 20px', '--ink-2');
  }
  return canvas.convertToBlob({ type: 'image/png' });
}
