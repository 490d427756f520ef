/** Time and peak memory of reading a checkpoint of CLIP ViT-B/32's shapes (605 MB of F32) from local storage, as a study does. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readFile } from 'node:fs/promises';
import type { ByteSource } from '../src/platform/byte-source.ts';
import { diskBytes } from '../src/model/hub/storage-node.ts';
import { loadBackbone } from '../src/model/load-backbone.ts';
import type { Report } from './report.ts';
import type { Row } from './table.ts';
import { writeCheckpoint } from './vit-b32-checkpoint.ts';

export async function benchLoading(report: Report): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'copra-loading-'));
  try {
    report.add(
      'loading',
      'A CLIP ViT-B/32 checkpoint with random weights, read tensor by tensor; peaks beyond what was taken before.',
      [await measureLoading(folder)],
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureLoading(folder: string): Promise<Row> {
  const bytes = writeCheckpoint(path.join(folder, 'model.safetensors'));
  writeFileSync(path.join(folder, 'config.json'), '{"model_type":"clip"}');
  globalThis.gc?.();
  const before = process.memoryUsage();
  let peakBuffers = 0;
  let peakResident = 0;
  const sample = () => {
    const { arrayBuffers, rss } = process.memoryUsage();
    peakBuffers = Math.max(peakBuffers, arrayBuffers - before.arrayBuffers);
    peakResident = Math.max(peakResident, rss - before.rss);
  };
  const watched = (source: ByteSource): ByteSource => ({
    ...source,
    read(begin, end) {
      const read = source.read(begin, end);
      sample();
      return read;
    },
  });
  const from = performance.now();
  const busy = process.cpuUsage();
  const read = async (file: string) =>
    file === 'config.json' ? new Uint8Array(await readFile(path.join(folder, file))).buffer : null;
  await loadBackbone(read, { open: (file) => Promise.resolve(watched(diskBytes(path.join(folder, file)))) });
  const seconds = (performance.now() - from) / 1000;
  const { user, system } = process.cpuUsage(busy);
  sample();
  return {
    'size, MB': bytes / 1e6,
    seconds,
    'processor seconds': (user + system) / 1e6,
    'peak of buffers / size': peakBuffers / bytes,
    'peak of resident memory / size': peakResident / bytes,
  };
}
