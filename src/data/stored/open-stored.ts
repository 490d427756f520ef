/** Opens a stored data set. It behaves like any other, so names, merges and splits can still be changed. */
import { nextTask } from '../../platform/next-task.ts';
import { resize } from '../../model/resize.ts';
import type { OpenedDataset } from '../dataset/dataset-client.ts';
import type { DatasetPlan } from '../dataset/plan.ts';
import { warning, type Problem } from '../files/problem.ts';
import { STORED_WORDS } from './messages.ts';
import type { StoredDataset } from './stored-dataset.ts';

/** Opens a stored data set with the interface of one whose files are available. */
export function openStored({ info, contents, pixels }: StoredDataset): OpenedDataset {
  const { imageSize: kept } = info;
  const { images, classes, layout, problems } = contents;
  const counts = classes.map(() => 0);
  for (const [, label] of images) counts[label]++;
  const sizes = new Map<string, number>();
  for (const [, , , , domain] of images) if (domain !== undefined) sizes.set(domain, (sizes.get(domain) ?? 0) + 1);
  const stride = kept * kept * 3;
  const plan: DatasetPlan = {
    name: info.name,
    layout,
    classes,
    counts,
    bytes: counts.map((count) => count * stride),
    images: images
      .map(([path, label, side, , domain], record) => ({
        record,
        path,
        label,
        side,
        ...(domain !== undefined && { domain }),
      }))
      .sort((a, b) => a.label - b.label),
    columns: [],
    labelColumn: null,
    domainColumn: null,
    domains: [...sizes].map(([name, count]) => ({ name, count })),
    readings: null,
    problems,
    fileProblems: [], // its images are all kept
  };
  return {
    plan,
    relabel: () => Promise.reject(new Error(STORED_WORDS.noOtherLabels)),
    async prepare(records, imageSize, _unique, { signal, onProgress } = {}) {
      const side = imageSize * imageSize * 3;
      const out = new Uint8Array(records.length * side);
      const breathe = everyFewMs();
      for (const [at, record] of records.entries()) {
        const image = pixels.subarray(record * stride, (record + 1) * stride);
        out.set(imageSize === kept ? image : resize(image, kept, kept, imageSize, imageSize, 'bicubic'), at * side);
        if (await breathe()) onProgress?.(at + 1, records.length);
        signal?.throwIfAborted();
      }
      return {
        pixels: out,
        records: Int32Array.from(records),
        groups: Int32Array.from(records, (record) => images[record][3]),
        problems: imageSize > kept ? [enlarged(records.length, kept, imageSize)] : [],
      };
    },
    close: () => {},
  };
}

function enlarged(count: number, from: number, to: number): Problem {
  return warning(null, STORED_WORDS.enlarged(count, from, to), count);
}

const SLICE_MS = 12;

/** Scaling runs on the page's thread, which must stay responsive. @returns whether it has paused */
function everyFewMs(): () => Promise<boolean> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < SLICE_MS) return false;
    await nextTask();
    began = performance.now();
    return true;
  };
}
