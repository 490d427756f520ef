/** The strips of pictures of the bundled tasks (src/data/bundled/task-strip.ts), of artwork that has just been drawn. */
import sharp from 'sharp';
import type { AtlasIndex, ReadFile } from '../../src/data/bundled/atlas.ts';
import { loadTestImages } from '../../src/data/bundled/bundled.ts';
import { stripFile, stripPlaces } from '../../src/data/bundled/task-strip.ts';
import { BUNDLED_TASKS } from '../../src/data/bundled/tasks.ts';

/** @param read the files of the artwork, its index among them */
export function drawStrips(
  { size }: Pick<AtlasIndex, 'size'>,
  read: ReadFile,
): Promise<{ readonly file: string; readonly bytes: Uint8Array }[]> {
  return Promise.all(
    BUNDLED_TASKS.map(async (task) => {
      const { pixels, labels, motifs } = await loadTestImages(task, null, read);
      if (!motifs) throw new Error(`The images of “${task.name}” have no motifs.`);
      const places = stripPlaces({ labels, motifs }, task.classes.length);
      const stride = 3 * size;
      const strip = new Uint8Array(places.length * size * stride); // [size, pictures, size, 3]
      for (let y = 0; y < size; y++)
        places.forEach((place, i) => {
          const from = (place * size + y) * stride;
          strip.set(pixels.subarray(from, from + stride), (y * places.length + i) * stride);
        });
      // What a study sees, but for differences that nobody does: losslessly they would take two thirds more.
      const bytes = await sharp(strip, { raw: { width: places.length * size, height: size, channels: 3 } })
        .webp({ nearLossless: true, quality: 20, effort: 6 })
        .toBuffer();
      return { file: stripFile(task.id), bytes };
    }),
  );
}
