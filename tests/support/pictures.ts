/** Small pictures of own classes, made for a test. */
import { mkdir } from 'node:fs/promises';
import sharp from 'sharp';

/** A plain square with a white dot, another for every number. */
export const picture = (i: number, background: string) => {
  const dot = Buffer.from(
    `<svg width="64" height="64"><circle cx="${20 + 3 * (i % 8)}" cy="${32 + 2 * (i >> 3)}" r="${6 + (i % 8)}" fill="white"/></svg>`,
  );
  return sharp({ create: { width: 64, height: 64, channels: 3, background } }).composite([{ input: dot }]);
};

/** A folder with one sub-folder of eight pictures per class. */
export async function makeFolder(folder: string, classes: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, background] of Object.entries(classes)) {
    await mkdir(`${folder}/${name}`, { recursive: true });
    for (let i = 0; i < 8; i++) await picture(i, background).png().toFile(`${folder}/${name}/${i}.png`);
  }
  return folder;
}
