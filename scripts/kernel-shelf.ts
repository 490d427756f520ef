/** Keeps what was found about kernels in a file per device, in the folder of everything that this project caches. */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { KernelShelf } from '../src/study/kernels/kernel-shelf.ts';
import { parseTuningRecord } from '../src/study/kernels/tuning-record.ts';
import { fetchedFolder } from './hub-transfer.ts';
import { writeWhole } from './output-file.ts';

/** @param folder absent: that of this user */
export function fileShelf(folder = fetchedFolder('kernels')): KernelShelf {
  const fileOf = (key: string) =>
    path.join(folder, `${createHash('sha256').update(key).digest('hex').slice(0, 16)}.json`);
  return {
    async load(key) {
      const text = await readFile(fileOf(key), 'utf8').catch(() => null);
      const record = text === null ? null : parseTuningRecord(text);
      return record?.key === key ? record : null;
    },
    async save(record) {
      await mkdir(folder, { recursive: true });
      // Two processes may write at a time: a reader sees the one or the other.
      await writeWhole(fileOf(record.key), JSON.stringify(record, null, 1));
    },
  };
}
