/** The strips of pictures of the bundled tasks show test images of these tasks, in colours that nobody tells from theirs. */
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { loadTestImages } from '../../src/data/bundled/bundled.ts';
import { STRIP_PER_CLASS, stripFile, stripPlaces } from '../../src/data/bundled/task-strip.ts';
import { BUNDLED_TASKS } from '../../src/data/bundled/tasks.ts';
import { readBuiltAtlas as read } from '../../src/data/bundled/test-atlas.ts';
import { readBytes } from '../support/files.ts';

const SIZE = 32;

/** Every page loads one before anything is pressed. */
const MOST_BYTES = 30_000;

/** Of 255 levels of a colour. */
const MOST_OFF = 8;

it.each(BUNDLED_TASKS.map((task) => [task.id, task] as const))('%s', async (id, task) => {
  const file = readBytes(`public/atlas/${stripFile(id)}`);
  expect(file.length).toBeLessThan(MOST_BYTES);
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
  const pictures = STRIP_PER_CLASS * task.classes.length;
  expect([info.width, info.height, info.channels]).toEqual([pictures * SIZE, SIZE, 3]);

  const { pixels, labels, motifs } = await loadTestImages(task, null, read);
  const places = stripPlaces({ labels, motifs: motifs! }, task.classes.length);
  expect(places.map((place) => labels[place])).toEqual(
    Array.from({ length: pictures }, (_, i) => Math.floor(i / STRIP_PER_CLASS)),
  );
  const stride = 3 * SIZE;
  let most = 0;
  for (const [i, place] of places.entries())
    for (let y = 0; y < SIZE; y++)
      for (let x = 0; x < stride; x++) {
        const [shown, seen] = [data[(y * pictures + i) * stride + x], pixels[(place * SIZE + y) * stride + x]];
        most = Math.max(most, Math.abs(shown - seen));
      }
  expect(most).toBeLessThanOrEqual(MOST_OFF);
});
