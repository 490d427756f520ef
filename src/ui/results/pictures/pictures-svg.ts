/** The pictures shown, with who is right, as an SVG of its own. */
import { shownClasses } from '../../../data/bundled/shown-classes.ts';
import { percent } from '../../../core/number-format.ts';
import { markupText } from '../../../core/markup.ts';
import { requireTruePixels } from '../../../data/image/true-pixels.ts';
import type { TestPictures } from '../../../state/pictures/request.ts';
import type { Picture } from '../../../study/predictions/pictures.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import type { ChartTheme } from '../../charts/theme.ts';
import { markOf, verdictsOf } from './picture-words.ts';

const COLUMNS = 4;
const TILE = 224;
const SIDE = 56;
const LINE = 16;
const FONT_SIZE = 12;
const TOP = 44;

/** Between a text and the next picture. */
const GAP = 10;

/** Share of the room that a text may take in any font. */
const SPARE = 0.75;

const MARKS = { right: ['✓', '--good'], wrong: ['✗', '--bad'], tied: ['–', '--ink-2'] } as const;

/** A text of at most `width`, with an ellipsis where it would be longer. @param measure width of a text */
export function cut(text: string, width: number, measure: (text: string) => number): string {
  if (measure(text) <= width) return text;
  const letters = Array.from(text);
  while (letters.length > 0 && measure(`${letters.join('').trimEnd()}…`) > width) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}

/** Measures texts in a font, in pixels. Where the browser draws on no canvas, no text is too long. */
function measuring(family: string): (weight: number) => (text: string) => number {
  const context = document.createElement('canvas').getContext('2d');
  return (weight) => (text) => {
    if (!context) return 0;
    context.font = `${weight} ${FONT_SIZE}px ${family}`;
    return context.measureText(text).width;
  };
}

/** A text keeps to its width where a file is opened with another, wider font than the page's, which has no room to spare. */
const heldTo = (width: number, room: number): string =>
  width > SPARE * room ? `textLength="${Math.min(width, room).toFixed(1)}" lengthAdjust="spacingAndGlyphs"` : '';

/** @param pixels [size, size, 3] uint8 RGB. @throws Error where the browser does not tell the page what is on a canvas */
export function dataUrl(pixels: Uint8Array, size: number): string {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  const context = canvas.getContext('2d');
  if (!context) return '';
  requireTruePixels();
  const image = context.createImageData(size, size);
  for (let from = 0, to = 0; from < pixels.length; from += 3, to += 4) {
    image.data.set(pixels.subarray(from, from + 3), to);
    image.data[to + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas.toDataURL();
}

export function picturesSvg(
  result: StudyResult,
  pictures: readonly Picture[],
  images: TestPictures | null,
  theme: ChartTheme,
  { title, meta }: { readonly title: string; readonly meta: string },
): string {
  const { arms } = result.config;
  const classes = shownClasses(result);
  const rows = 1 + Math.max(1, ...pictures.map((picture) => verdictsOf(picture, arms).length));
  const height = Math.max(SIDE, rows * LINE) + 22;
  /** What stands under the pointer where a text is cut. */
  const whole = (content: string) => `<title>${markupText(content)}</title>`;
  const text = (x: number, y: number, content: string, extra = '', full = content) =>
    `<text x="${x}" y="${y}" fill="${theme.colour('--ink')}" ${extra}>${markupText(content)}${full === content ? '' : whole(full)}</text>`;
  const measure = measuring(theme.font);
  const width = 16 + COLUMNS * TILE;
  const room = TILE - SIDE - 2 * GAP;
  const tiles = pictures.map((picture, i) => {
    const [x, y] = [16 + (i % COLUMNS) * TILE, TOP + Math.floor(i / COLUMNS) * height];
    const pixels = images?.at(picture.place);
    const image = pixels
      ? `<image x="${x}" y="${y}" width="${SIDE}" height="${SIDE}" href="${dataUrl(pixels, images?.size ?? 1)}"/>`
      : '';
    const verdicts = verdictsOf(picture, arms).map(({ name, right, runs, certainty }, row) => {
      const [sign, colour] = MARKS[markOf(right)];
      const mark = `<tspan fill="${theme.colour(colour)}">${sign}</tspan>`;
      const numbers = ` ${runs ? `${runs.join('/')} ` : ''}${percent(certainty, 0)}`;
      const shown = cut(name, room - measure(400)(`${sign} ${numbers}`), measure(400));
      const told = markupText(`${shown}${numbers}`);
      const held = heldTo(measure(400)(`${sign} ${shown}${numbers}`), room);
      return `<text x="${x + SIDE + GAP}" y="${y + 12 + (row + 1) * LINE}" fill="${theme.colour('--ink')}" ${held}>${mark} ${told}${shown === name ? '' : whole(name)}</text>`;
    });
    const label = classes[picture.label];
    const shown = cut(label, room, measure(600));
    const bold = `font-weight="600" ${heldTo(measure(600)(shown), room)}`;
    const name = text(x + SIDE + GAP, y + 12, shown, bold, label);
    return `${image}${name}${verdicts.join('')}`;
  });
  const end = TOP + Math.ceil(pictures.length / COLUMNS) * height;
  const total = end + LINE;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}" font-family="${markupText(theme.font)}" font-size="${FONT_SIZE}">`,
    `<rect width="${width}" height="${total}" fill="${theme.colour('--surface')}"/>`,
    text(16, 26, title, 'font-size="15" font-weight="600"'),
    ...tiles,
    text(16, end, meta),
    '</svg>',
  ].join('');
}
