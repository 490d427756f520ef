/**
 * How long data sets take and how much memory: `node scripts/node-run.mjs scripts/measure-data.ts [images] [megabytes] [format]`, markdown to
 * the standard output. Every row is measured in a process of its own. The files are made in a temporary folder, zip and tar by the
 * programs of the system where they exist; images are decoded by sharp, which stands in for the browser.
 */
import { execFileSync, fork } from 'node:child_process';
import { openAsBlob } from 'node:fs';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parquetWriteBuffer } from 'hyparquet-writer';
import sharp from 'sharp';
import { buildDataset, previewRecords } from '../src/data/drop/dataset.ts';
import { prepareImages } from '../src/data/drop/prepare.ts';
import { openReader } from '../src/data/drop/reader.ts';

const CLASSES = 10;
const IMAGE_SIZE = 32;
const KEPT = 2_000;

interface Measured {
  readonly plan: number;
  readonly previews: number;
  readonly study: number;
  readonly images: number;
  readonly kept: number;
  readonly peak: number;
}

/** A photograph-like JPEG of about so many bytes, another for every number. */
async function picture(i: number, bytes: number): Promise<Buffer> {
  const side = Math.max(32, Math.round(Math.sqrt(bytes * 2.1)));
  const noise = { type: 'gaussian' as const, mean: 90 + ((i * 37) % 90), sigma: 40 };
  const image = sharp({ create: { width: side, height: side, channels: 3, background: 'grey', noise } });
  return image.jpeg({ quality: 80 }).toBuffer();
}

async function makeFiles(folder: string, count: number, bytes: number): Promise<Map<string, string>> {
  // some dozen different pictures, told apart by a tail that decoders ignore, take seconds instead of minutes to make
  const pictures = await Promise.all(Array.from({ length: 64 }, (_, i) => picture(i, bytes)));
  for (let c = 0; c < CLASSES; c++) await mkdir(path.join(folder, `images/class ${c}`), { recursive: true });
  const content = (i: number) => Buffer.concat([pictures[i % pictures.length], Buffer.from(String(i))]);
  for (let i = 0; i < count; i++)
    await writeFile(path.join(folder, `images/class ${i % CLASSES}/${i}.jpg`), content(i));
  const run = (command: string, ...args: string[]) => execFileSync(command, args, { cwd: folder, stdio: 'ignore' });
  run('zip', '-0', '-q', '-r', 'images.zip', 'images');
  run('tar', '-cf', 'images.tar', 'images');
  run('tar', '--use-compress-program=gzip -1', '-cf', 'images.tar.gz', 'images');
  await rm(path.join(folder, 'images'), { recursive: true });
  const rows = Array.from({ length: Math.min(count, Math.floor(3e8 / bytes)) }, (_, i) => i);
  const columnData = [
    { name: 'image', data: rows.map(content), type: 'BYTE_ARRAY' as const },
    { name: 'label', data: rows.map((i) => i % CLASSES), type: 'INT32' as const },
  ];
  await writeFile(
    path.join(folder, 'images.parquet'),
    new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 100 })),
  );
  const digits = Buffer.alloc(16 + 60_000 * 784);
  digits.set([0, 0, 8, 3]);
  [60_000, 28, 28].forEach((n, i) => digits.writeUInt32BE(n, 4 + 4 * i));
  for (let i = 16; i < digits.length; i++) digits[i] = (Math.imul(i, 0x9e3779b1) >>> 24) & (i % 3 ? 0xff : 0);
  const labels = Buffer.alloc(8 + 60_000);
  labels.set([0, 0, 8, 1, 0, 0, 60_000 >> 8, 60_000 & 255]);
  for (let i = 0; i < 60_000; i++) labels[8 + i] = i % 10;
  await writeFile(path.join(folder, 'train-images-idx3-ubyte'), digits);
  await writeFile(path.join(folder, 'train-labels-idx1-ubyte'), labels);
  const batch = Buffer.alloc(10_000 * 3073);
  for (let i = 0; i < batch.length; i++) batch[i] = i % 3073 === 0 ? (i / 3073) % 10 : Math.imul(i, 0x85ebca6b) >>> 24;
  for (let b = 1; b <= 5; b++) await writeFile(path.join(folder, `data_batch_${b}.bin`), batch);
  const csv = ['image,label', ...rows.slice(0, 2000).map((i) => `${content(i).toString('base64')},${i % CLASSES}`)];
  await writeFile(path.join(folder, 'images.csv'), csv.join('\n'));
  return new Map([
    ['zip, stored', 'images.zip'],
    ['tar', 'images.tar'],
    ['tar.gz', 'images.tar.gz'],
    ['parquet, row groups of 100', 'images.parquet'],
    ['CSV with base64', 'images.csv'],
    ['IDX (MNIST)', 'train-images-idx3-ubyte train-labels-idx1-ubyte'],
    ['CIFAR-10 binary', 'data_batch_1.bin data_batch_2.bin data_batch_3.bin data_batch_4.bin data_batch_5.bin'],
  ]);
}

const decode = async (bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(
    await sharp(bytes)
      .rotate()
      .flatten({ background: 'white' })
      .resize(IMAGE_SIZE, IMAGE_SIZE, { fit: 'cover' })
      .removeAlpha()
      .toColourspace('srgb')
      .raw()
      .toBuffer(),
  );

/** Plan, previews, and what a study of KEPT images reads; the peak is that of the process above its start. */
async function measure(folder: string, names: readonly string[]): Promise<Measured> {
  sharp.cache(false);
  await decode(await picture(0, 2000));
  const files = await Promise.all(
    names.map(async (name) => {
      const blob = await openAsBlob(path.join(folder, name));
      return { path: name, size: blob.size, blob };
    }),
  );
  const before = process.memoryUsage().rss;
  let peak = before;
  const sampler = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
  const start = performance.now();
  const reader = await openReader({ kind: 'files', files });
  const planned = performance.now();
  const prepare = (records: readonly number[], imageSize: number, unique: boolean) =>
    prepareImages(records, reader.read(records), { decode, imageSize, unique, pathOf: String });
  await prepare(previewRecords(reader.plan, 8), IMAGE_SIZE, false);
  const shown = performance.now();
  const { dataset } = await buildDataset({ prepare }, reader.plan, {
    imageSize: IMAGE_SIZE,
    seed: 1,
    promptOf: String,
    maxImages: KEPT,
  });
  const done = performance.now();
  clearInterval(sampler);
  peak = Math.max(peak, process.memoryUsage().rss);
  return {
    plan: planned - start,
    previews: shown - planned,
    study: done - shown,
    images: reader.plan.images.length,
    kept: dataset?.pixels.length ?? 0,
    peak: peak - before,
  };
}

const inChild = (bundle: string, folder: string, names: readonly string[]): Promise<Measured> =>
  new Promise((resolve, reject) => {
    const child = fork(bundle, { env: { ...process.env, MEASURE: JSON.stringify({ folder, names }) }, execArgv: [] });
    child.on('message', (message) => resolve(message as Measured));
    child.on('exit', (code) => code !== 0 && reject(new Error(`the measurement ended with ${code}`)));
  });

/** This script as plain JavaScript: the bundler that runs it would count as memory of the measured processes. */
async function bundled(): Promise<{ file: string; remove: () => Promise<void> }> {
  const runner = path.join(path.dirname(process.argv[1]), 'node-run.mjs');
  const { bundleForNode } = (await import(/* @vite-ignore */ pathToFileURL(runner).href)) as {
    bundleForNode: (entry: string) => Promise<{ file: string; remove: () => Promise<void> }>;
  };
  return bundleForNode(process.argv[1]);
}

async function main(): Promise<void> {
  const [count = 10_000, megabytes = 1000] = process.argv.slice(2, 4).map(Number);
  const only = process.argv[4];
  const bundle = await bundled();
  const folder = await mkdtemp(path.join(tmpdir(), 'copra-measure-'));
  try {
    const sets = await makeFiles(folder, count, (megabytes * 1e6) / count);
    console.log('| format | size | images | plan | 8 previews a class | study of 2,000 images | peak memory |');
    console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
    for (const [name, list] of sets) {
      if (only !== undefined && name !== only) continue;
      const names = list.split(' ');
      const sizes = await Promise.all(names.map((file) => stat(path.join(folder, file))));
      const size = sizes.reduce((sum, { size: bytes }) => sum + bytes, 0);
      const { plan, previews, study, images, peak } = await inChild(bundle.file, folder, names);
      const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
      console.log(
        `| ${name} | ${Math.round(size / 1e6).toLocaleString('en-GB')} MB | ${images.toLocaleString('en-GB')} | ${seconds(plan)} | ${seconds(previews)} | ${seconds(study)} | ${Math.round(peak / 1e6)} MB |`,
      );
    }
  } finally {
    await rm(folder, { recursive: true });
    await bundle.remove();
  }
}

if (process.env.MEASURE) {
  const { folder, names } = JSON.parse(process.env.MEASURE) as { folder: string; names: string[] };
  process.send?.(await measure(folder, names), undefined, undefined, () => process.exit(0));
} else {
  // not awaited: the runner, which is imported once more for its bundler, would wait for itself
  main().catch((cause: unknown) => {
    console.error(cause);
    process.exitCode = 1;
  });
}
