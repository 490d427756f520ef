/** The images of a bundled task as files: a folder per side and class, as the Python script reads them. */
import { strToU8 } from 'fflate';
import { squarePng } from '../../data/image/square-png.ts';
import type { LabelledImages, Task } from '../../data/task.ts';
import { csv } from '../csv/csv.ts';

/** What the script is told as --data. */
export const IMAGES_FOLDER = 'images';

const SIDES = ['train', 'validation', 'test'] as const;

/** "00012-of-00450-motif-37.png": the place of an image, by which the script has the order of the page, and what it shows. */
function fileName({ count, motifs }: LabelledImages, place: number): string {
  const [at, of] = [place, count].map((number) => String(number).padStart(5, '0'));
  return `${at}-of-${of}-motif-${motifs?.[place] ?? place}.png`;
}

/** Which training image has which style, for clients that differ in it. A style of which no image is trained on has a row without a path. */
export function groupsTable({ classes, styles, train }: Task): Record<string, Uint8Array<ArrayBuffer>> {
  if (!styles) return {};
  const paths = [...train.labels].map((label, place) => `${classes[label]}/${fileName(train, place)}`);
  const rows = styles.names.flatMap((name, style) => {
    const own = paths.filter((_, place) => styles.train[place] === style);
    return (own.length > 0 ? own : ['']).map((file) => [file, name]);
  });
  return { [`${IMAGES_FOLDER}/groups.csv`]: strToU8(csv(['path', 'group'], rows)) };
}

/** File name → PNG. */
export function imageFiles(task: Task): Record<string, Uint8Array<ArrayBuffer>> {
  const { classes, imageSize } = task;
  const stride = 3 * imageSize * imageSize;
  const files = SIDES.flatMap((side) => {
    const { labels, pixels } = task[side];
    return [...labels].map((label, place) => {
      const image = pixels.subarray(place * stride, (place + 1) * stride);
      const name = `${IMAGES_FOLDER}/${side}/${classes[label]}/${fileName(task[side], place)}`;
      return [name, squarePng(image, imageSize)] as const;
    });
  });
  return Object.fromEntries(files);
}
