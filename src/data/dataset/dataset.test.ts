import { describe, expect, it } from 'vitest';
import { buildDataset, previewRecords, type BuildOptions } from './dataset.ts';
import { openDataset, type WorkerLike } from './dataset-client.ts';
import type { DataReply, DataRequest } from './worker-messages.ts';
import { HiddenPixels } from '../image/true-pixels.ts';
import { prepareImages } from './prepare.ts';
import { openReader } from './reader.ts';
import type { DroppedFile } from '../files/walk.ts';

const imageSize = 2;
/** "Decodes" a file to its number in every channel; files that say "broken" fail. */
const decode = async (bytes: Uint8Array) => {
  const text = new TextDecoder().decode(bytes);
  if (text === 'broken') throw new Error('The source image could not be decoded.');
  return new Uint8Array(imageSize * imageSize * 3).fill(Number(text));
};
const options: BuildOptions = { imageSize, seed: 1, promptOf: (name) => `a picture of ${name}` };
const drop = (contents: Record<string, string>): DroppedFile[] =>
  Object.entries(contents).map(([path, text]) => ({ path, size: text.length, blob: new Blob([text]) }));
const numbered = (from: number, count: number, folder: string, step = 1) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${folder}/${i}.png`, String(from + i * step)]));

/** The data set as the page sees it, without the worker in between. */
async function open(contents: Record<string, string>) {
  const reader = await openReader({ kind: 'files', files: drop(contents) });
  const paths = new Map(reader.plan.images.map(({ record, path }) => [record, path]));
  return {
    plan: reader.plan,
    prepare: (records: readonly number[], size: number, unique: boolean) =>
      prepareImages(records, reader.read(records), {
        decode,
        imageSize: size,
        unique,
        pathOf: (record) => paths.get(record) ?? '?',
      }),
  };
}

describe('buildDataset', () => {
  it('decodes, splits and names what failed', async () => {
    const opened = await open({
      ...numbered(1, 6, 'p/cat', 7),
      ...numbered(90, 6, 'p/dog', 7),
      'p/dog/bad.png': 'broken',
    });
    const { dataset, problems } = await buildDataset(opened, opened.plan, options);
    expect(problems.map(({ message }) => message)).toEqual([
      '“p/dog/bad.png” left out: it cannot be decoded (The source image could not be decoded).',
    ]);
    expect(dataset).toMatchObject({
      name: 'p',
      classes: ['cat', 'dog'],
      prompts: ['a picture of cat', 'a picture of dog'],
    });
    expect(dataset?.labels).toHaveLength(12);
    expect(dataset?.pixels).toHaveLength(12 * 12);
    dataset?.labels.forEach((label, i) => expect(dataset.pixels[i * 12] >= 90).toBe(label === 1));
  });

  it('takes nothing at all from a browser that hides pixels', async () => {
    const reader = await openReader({ kind: 'files', files: drop(numbered(1, 6, 'p/cat')) });
    const hidden = new HiddenPixels('This browser hides pixels.');
    const decoding = { decode: () => Promise.reject(hidden), imageSize: 2, unique: true, pathOf: String };
    await expect(prepareImages([0, 1], reader.read([0, 1]), decoding)).rejects.toBe(hidden);
  });

  it('says that a browser hides pixels before it reads the rest', async () => {
    const hidden = new HiddenPixels('This browser hides pixels.');
    let read = 0;
    async function* contents() {
      for (const at of wanted) {
        read++;
        yield await Promise.resolve({ at, value: new Uint8Array(1) });
      }
    }
    const wanted = Array.from({ length: 1000 }, (_, i) => i);
    const decoding = { decode: () => Promise.reject(hidden), imageSize: 2, unique: true, pathOf: String };
    await expect(prepareImages(wanted, contents(), decoding)).rejects.toBe(hidden);
    expect(read).toBeLessThan(20);
  });

  it('names copies that have another class than the image that is used', async () => {
    const opened = await open({
      ...numbered(1, 5, 'cat', 9),
      ...numbered(1, 1, 'dog/copy', 9),
      ...numbered(90, 6, 'dog', 9),
    });
    const { problems } = await buildDataset(opened, opened.plan, options);
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^1 image is an exact copy/),
      expect.stringMatching(/^1 of these copies has another class .*: dog\/copy\/0\.png \(used as “cat”\)\. Check/),
    ]);
  });

  it('leaves out exact copies', async () => {
    const opened = await open({
      ...numbered(1, 5, 'cat', 9),
      ...numbered(1, 3, 'cat/copy', 9),
      ...numbered(90, 6, 'dog', 9),
    });
    const { dataset, problems } = await buildDataset(opened, opened.plan, options);
    expect(problems[0]).toMatchObject({ count: 3 });
    expect(problems[0].message).toMatch(/^3 images are exact copies of others/);
    expect(dataset?.labels).toHaveLength(11);
  });

  it('warns of images that look alike across splits that the folders give', async () => {
    const sides = { ...numbered(1, 6, 'train/cat', 12), ...numbered(120, 6, 'train/dog', 12) };
    const opened = await open({
      ...sides,
      ...numbered(100, 2, 'test/cat', 90),
      'test/dog/near.png': '133',
      'test/dog/x.png': '250',
    });
    const { dataset, problems } = await buildDataset(opened, opened.plan, options);
    expect(dataset).not.toBe(null);
    expect(problems.map(({ message }) => message).join()).toMatch(
      /1 image for validation or testing looks almost like one for training.*test\/dog\/near\.png and train\/dog\/1\.png/,
    );
  });

  it('goes on without a class that lost its images to damage', async () => {
    const bad = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`emu/${i}.png`, 'broken']));
    const opened = await open({ ...numbered(1, 6, 'cat', 7), ...numbered(90, 6, 'dog', 7), ...bad });
    const { dataset, problems } = await buildDataset(opened, opened.plan, options);
    expect(dataset?.classes).toEqual(['cat', 'dog']);
    expect(problems.at(-1)?.message).toMatch(/“emu” has only 0 images and is left out/);
  });

  it('makes the same of images that were decoded before, with and without such a class', async () => {
    const contents = { ...numbered(90, 6, 'dog', 7), ...numbered(1, 6, 'emu', 7) };
    const bad = Object.fromEntries(
      Array.from({ length: 5 }, (_, i) => [`cat/${i}.png`, i < 2 ? String(60 * i) : 'broken']),
    );
    const opened = await open({ ...bad, ...contents });
    const prepared = await opened.prepare(
      opened.plan.images.map(({ record }) => record),
      imageSize,
      true,
    );
    const once = { prepare: () => Promise.resolve(prepared) };
    const first = await buildDataset(once, opened.plan, options);
    expect(await buildDataset(once, opened.plan, options)).toEqual(first);
    first.dataset?.labels.forEach((label, i) => expect(first.dataset!.pixels[i * 12] >= 90).toBe(label === 0));
  });

  it('gives no data set but says why when too little is left', async () => {
    const broken = await open({ 'cat/1.png': 'broken', ...numbered(1, 3, 'cat/x', 9), ...numbered(90, 6, 'dog', 9) });
    const result = await buildDataset(broken, broken.plan, options);
    expect(result.dataset).toBe(null);
    expect(result.problems.at(-1)?.message).toMatch(/Fewer than two classes have at least 4 usable images/);
    const nothing = await open({ 'a.txt': 'x' });
    expect((await buildDataset(nothing, nothing.plan, options)).dataset).toBe(null);
  });

  it('names twenty failures and counts the rest', async () => {
    const bad = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`cat/${i}.png`, 'broken']));
    const opened = await open({ ...bad, ...numbered(90, 6, 'dog', 9) });
    const { problems } = await buildDataset(opened, opened.plan, options);
    expect(problems.filter(({ path }) => path?.startsWith('cat/'))).toHaveLength(20);
    expect(problems.map(({ message }) => message).join()).toMatch(/10 more images could not be decoded/);
  });

  it('reads no more images than are used, the first of every class for previews', async () => {
    const opened = await open({ ...numbered(0, 30, 'cat', 4), ...numbered(130, 30, 'dog', 4) });
    const asked: number[] = [];
    const prepare: typeof opened.prepare = (records, ...rest) => {
      asked.push(...records);
      return opened.prepare(records, ...rest);
    };
    await buildDataset({ prepare }, opened.plan, { ...options, maxImages: 16 });
    expect(asked).toHaveLength(16);
    expect(previewRecords(opened.plan, 3)).toHaveLength(6);
  });
});

describe('the data client', () => {
  const source = { kind: 'files', files: [] } as const;
  const images = { pixels: new Uint8Array(0), records: new Int32Array(0), groups: new Int32Array(0), problems: [] };
  function fake(react: (request: DataRequest, say: (reply: DataReply) => void, worker: WorkerLike) => void) {
    const state = { started: 0, ended: 0, heard: [] as DataRequest[] };
    const start = (): WorkerLike => {
      state.started++;
      const worker: WorkerLike = {
        onmessage: null,
        onerror: null,
        onmessageerror: null,
        terminate: () => void state.ended++,
        postMessage: (request: DataRequest) => {
          state.heard.push(request);
          react(request, (data) => void worker.onmessage?.call(worker as Worker, { data } as MessageEvent), worker);
        },
      };
      return worker;
    };
    return { state, start };
  }
  const plan = { classes: [] } as unknown as Extract<DataReply, { type: 'opened' }>['plan'];
  const answer = (request: DataRequest, say: (reply: DataReply) => void) => {
    if (request.type === 'open') say({ type: 'opened', job: request.job, plan });
    if (request.type !== 'prepare') return;
    say({ type: 'progress', job: request.job, done: 1, total: 2, waiting: 'busy' });
    say({ type: 'prepared', job: request.job, images });
  };

  it('opens once, reports progress and hands images over', async () => {
    const { state, start } = fake(answer);
    const opened = await openDataset(source, {}, start);
    expect(opened.plan).toBe(plan);
    const progress: unknown[][] = [];
    expect(await opened.prepare([1], 2, true, { onProgress: (...args) => progress.push(args) })).toBe(images);
    expect(progress).toEqual([[1, 2, 'busy']]);
    expect(state.started).toBe(1);
    opened.close();
    expect(state.ended).toBe(1);
    await expect(opened.prepare([1], 2, true)).rejects.toThrow('closed');
  });

  it('cancels the job that is aborted and keeps the worker for others', async () => {
    const aborter = new AbortController();
    const { state, start } = fake((request, say) => {
      if (request.type === 'prepare') aborter.abort(new Error('changed my mind'));
      else answer(request, say);
    });
    const opened = await openDataset(source, {}, start);
    await expect(opened.prepare([1], 2, true, { signal: aborter.signal })).rejects.toThrow('changed my mind');
    expect(state.heard.at(-1)).toEqual({ type: 'cancel', job: 1 });
    expect(state.ended).toBe(0);
    await expect(openDataset(source, { signal: aborter.signal }, start)).rejects.toThrow('changed my mind');
  });

  it('ends the worker that fails to open, and opens anew after a crash', async () => {
    const failing = fake(
      (request, say) => 'job' in request && say({ type: 'failed', job: request.job, message: 'gone' }),
    );
    await expect(openDataset(source, {}, failing.start)).rejects.toThrow('gone');
    expect(failing.state.ended).toBe(1);
    let crashes = 1;
    const crashing = fake((request, say, worker) => {
      if (request.type === 'prepare' && crashes-- > 0) worker.onerror?.call(worker as Worker, {} as ErrorEvent);
      else answer(request, say);
    });
    const opened = await openDataset(source, {}, crashing.start);
    await expect(opened.prepare([1], 2, true)).rejects.toThrow(/data worker stopped/);
    expect(await opened.prepare([1], 2, true)).toBe(images);
    expect(crashing.state.heard.map(({ type }) => type)).toEqual(['open', 'prepare', 'open', 'prepare']);
  });
});
