/**
 * Measures the time and memory that data sets take: `node scripts/node-run.mjs scripts/measure-data.ts [--images N] [--megabytes N]
 * [--format NAME] [--side PIXELS]`. Writes Markdown to standard output; --side is that of the decoded images. Every row is measured in its own process.
 * Files are created in a temporary folder, zip and tar by the system's programs where they exist; sharp decodes images in place of the browser.
 */
import { execFileSync, fork } from 'node:child_process';
import { openAsBlob } from 'node:fs';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parquetWriteBuffer } from 'hyparquet-writer';
import sharp from 'sharp';
import { buildDataset, previewRecords } from '../src/data/dataset/dataset.ts';
import { prepareImages } from '../src/data/dataset/prepare.ts';
import { openReader } from '../src/data/dataset/reader.ts';
import { optionsOf } from './options.mjs';

const USAGE =
  'Usage: node scripts/node-run.mjs scripts/measure-data.ts [--images N] [--megabytes N] [--format NAME] [--side PIXELS]';

const CLASSES = 10;
const PICTURES = 64;
const CUTS = 16;
const KEPT = 2_000;

/** The work of one measuring process. */
interface Job {
  readonly folder: string;
  readonly names: readonly string[];
  /** Side of the decoded images in pixels. */
  readonly side: number;
}

interface Measured {
  readonly plan: number;
  readonly previews: number;
  readonly study: number;
  readonly images: number;
  readonly kept: number;
  /** Peak bytes above the start: of all array buffers, which is what the readers hold, and of the process including decoder and garbage. */
  readonly buffers: number;
  readonly resident: number;
}

/** A photograph-like JPEG of about the given size, different for every number. */
async function picture(i: number, bytes: number): Promise<Buffer> {
  const side = Math.max(32, Math.round(Math.sqrt(bytes * 2.1)));
  const noise = { type: 'gaussian' as const, mean: 90 + ((i * 37) % 90), sigma: 40 };
  const image = sharp({ create: { width: side, height: side, channels: 3, background: 'grey', noise } });
  return image.jpeg({ quality: 80 }).toBuffer();
}

async function makeFiles(folder: string, count: number, bytes: number): Promise<Map<string, string>> {
  // a few dozen different pictures, distinguished by an appended number (see decode), take seconds instead of minutes to create
  const pictures = await Promise.all(Array.from({ length: PICTURES }, (_, i) => picture(i, bytes)));
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

/** Shifts a picture by the number in its tail before cropping, so that no image duplicates another. */
const decodeTo =
  (side: number) =>
  async (bytes: Uint8Array): Promise<Uint8Array> => {
    const tail = Buffer.from(bytes.subarray(-8)).toString('latin1');
    const cut = Math.floor(Number(/\d*$/.exec(tail)?.[0] ?? 0) / PICTURES);
    const { width, height } = await sharp(bytes).metadata();
    const [left, top] = [cut % CUTS, Math.floor(cut / CUTS) % CUTS];
    const image = await sharp(bytes)
      .rotate()
      .extract({ left, top, width: width - CUTS, height: height - CUTS })
      .flatten({ background: 'white' })
      .resize(side, side, { fit: 'cover' })
      .removeAlpha()
      .toColourspace('srgb')
      .raw()
      .toBuffer();
    return new Uint8Array(image);
  };

/** Plan, previews, and what a study of KEPT images reads. */
async function measure({ folder, names, side }: Job): Promise<Measured> {
  const decode = decodeTo(side);
  sharp.cache(false);
  await decode(await picture(0, 2000));
  const files = await Promise.all(
    names.map(async (name) => {
      const blob = await openAsBlob(path.join(folder, name));
      return { path: name, size: blob.size, blob };
    }),
  );
  const before = process.memoryUsage();
  let [buffers, resident] = [0, 0];
  const sample = (): void => {
    const { arrayBuffers, rss } = process.memoryUsage();
    buffers = Math.max(buffers, arrayBuffers - before.arrayBuffers);
    resident = Math.max(resident, rss - before.rss);
  };
  const sampler = setInterval(sample, 20);
  const start = performance.now();
  const reader = await openReader({ kind: 'files', files });
  const planned = performance.now();
  const prepare = (records: readonly number[], imageSize: number, unique: boolean) =>
    prepareImages(records, reader.read(records), { decode, imageSize, unique, pathOf: String });
  await prepare(previewRecords(reader.plan, 8), side, false);
  const shown = performance.now();
  const { dataset } = await buildDataset({ prepare }, reader.plan, {
    imageSize: side,
    seed: 1,
    promptOf: String,
    maxImages: KEPT,
  });
  const done = performance.now();
  clearInterval(sampler);
  sample();
  return {
    plan: planned - start,
    previews: shown - planned,
    study: done - shown,
    images: reader.plan.images.length,
    kept: dataset?.pixels.length ?? 0,
    buffers,
    resident,
  };
}

const inChild = (bundle: string, job: Job): Promise<Measured> =>
  new Promise((resolve, reject) => {
    const child = fork(bundle, { env: { ...process.env, MEASURE: JSON.stringify(job) }, execArgv: [] });
    child.on('message', (message) => resolve(message as Measured));
    child.on('exit', (code) => code !== 0 && reject(new Error(`the measurement ended with ${code}`)));
  });

/** Bundles this script as plain JavaScript: otherwise the bundler would count towards the memory of the measured processes. */
async function bundled(): Promise<{ file: string; remove: () => Promise<void> }> {
  const runner = path.join(path.dirname(process.argv[1]), 'node-run.mjs');
  const { bundleForNode } = (await import(/* @vite-ignore */ pathToFileURL(runner).href)) as {
    bundleForNode: (entry: string) => Promise<{ file: string; remove: () => Promise<void> }>;
  };
  return bundleForNode(process.argv[1]);
}

async function main(): Promise<void> {
  const { values } = optionsOf(USAGE, {
    options: {
      images: { type: 'string', default: '10000', about: 'images of the data set' },
      megabytes: { type: 'string', default: '1000', about: 'size of the data set' },
      format: { type: 'string', about: 'measures this form alone' },
      side: { type: 'string', default: '224', about: 'side of an image in pixels' },
    },
  });
  const [count, megabytes, side] = [values.images, values.megabytes, values.side].map(Number);
  const bundle = await bundled();
  const folder = await mkdtemp(path.join(tmpdir(), 'copra-measure-'));
  try {
    const sets = await makeFiles(folder, count, (megabytes * 1e6) / count);
    console.log(
      '| format | size | images | plan | 8 previews a class | study of 2,000 images | kept | buffers | resident |',
    );
    console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
    for (const [name, list] of sets) {
      if (values.format !== undefined && name !== values.format) continue;
      const names = list.split(' ');
      const sizes = await Promise.all(names.map((file) => stat(path.join(folder, file))));
      const size = sizes.reduce((sum, { size: bytes }) => sum + bytes, 0);
      const { plan, previews, study, images, kept, buffers, resident } = await inChild(bundle.file, {
        folder,
        names,
        side,
      });
      const mega = (bytes: number) => `${Math.round(bytes / 1e6).toLocaleString('en-GB')} MB`;
      const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
      console.log(
        `| ${[name, mega(size), images.toLocaleString('en-GB'), ...[plan, previews, study].map(seconds), ...[kept, buffers, resident].map(mega)].join(' | ')} |`,
      );
    }
  } finally {
    await rm(folder, { recursive: true });
    await bundle.remove();
  }
}

if (process.env.MEASURE) {
  process.send?.(await measure(JSON.parse(process.env.MEASURE) as Job), undefined, undefined, () => process.exit(0));
} else {
  // not awaited: the runner, imported again for its bundler, would wait for itself
  main().catch((cause: unknown) => {
    console.error(cause);
    process.exitCode = 1;
  });
}
