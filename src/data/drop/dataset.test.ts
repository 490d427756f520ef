import { describe, expect, it } from 'vitest';
import { buildDataset, listDrop, type BuildOptions } from './dataset.ts';
import { decodeAll } from './decode-all.ts';
import { decodeImages, type WorkerLike } from './decode-client.ts';
import type { DecodeReply } from './messages.ts';
import type { DroppedFile } from './walk.ts';

const imageSize = 2;
/** "Decodes" a file to its number in every channel; files that say "broken" fail. */
const decodeFake = async (blob: Blob) => {
  const text = await blob.text();
  if (text === 'broken') throw new Error('The source image could not be decoded.');
  return new Uint8Array(imageSize * imageSize * 3).fill(Number(text));
};
const decode: typeof decodeImages = (source, size) =>
  source.kind === 'files'
    ? decodeAll(
        source.paths,
        (_, i) => Promise.resolve(source.blobs[i]),
        decodeFake,
        size,
        () => {},
      )
    : Promise.reject(new Error());
const options: BuildOptions = { imageSize, seed: 1, promptOf: (name) => `a picture of ${name}`, decode };
const drop = (contents: Record<string, string>): DroppedFile[] =>
  Object.entries(contents).map(([path, text]) => ({ path, size: text.length, blob: new Blob([text]) }));
const numbered = (from: number, count: number, folder: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${folder}/${i}.png`, String(from + i)]));

describe('buildDataset', () => {
  it('decodes, splits and names what failed', async () => {
    const listing = await listDrop(
      drop({ ...numbered(1, 6, 'p/cat'), ...numbered(50, 6, 'p/dog'), 'p/dog/bad.png': 'broken' }),
    );
    const { dataset, problems } = await buildDataset(listing, listing.plan, options);
    expect(problems.map(({ message }) => message)).toEqual([
      '"p/dog/bad.png" left out: it cannot be decoded (The source image could not be decoded).',
    ]);
    expect(dataset).toMatchObject({
      name: 'p',
      classes: ['cat', 'dog'],
      prompts: ['a picture of cat', 'a picture of dog'],
    });
    expect(dataset?.labels).toHaveLength(12);
    expect(dataset?.pixels).toHaveLength(12 * 12);
    dataset?.labels.forEach((label, i) => expect(dataset.pixels[i * 12] >= 50).toBe(label === 1));
  });

  it('leaves out exact copies', async () => {
    const listing = await listDrop(
      drop({ ...numbered(1, 5, 'cat'), ...numbered(1, 3, 'cat/copy'), ...numbered(50, 6, 'dog') }),
    );
    const { dataset, problems } = await buildDataset(listing, listing.plan, options);
    expect(problems[0].message).toMatch(/^3 images are exact copies of others/);
    expect(dataset?.labels).toHaveLength(11);
  });

  it('gives no data set but says why when too little is left', async () => {
    const broken = await listDrop(
      drop({ 'cat/1.png': 'broken', ...numbered(1, 3, 'cat/x'), ...numbered(50, 6, 'dog') }),
    );
    const result = await buildDataset(broken, broken.plan, options);
    expect(result.dataset).toBe(null);
    expect(result.problems.at(-1)?.message).toMatch(/"cat" has 3 usable images, 4 are needed/);
    const nothing = await listDrop(drop({ 'a.txt': 'x' }));
    expect((await buildDataset(nothing, nothing.plan, options)).dataset).toBe(null);
  });

  it('names twenty failures and counts the rest', async () => {
    const bad = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`cat/${i}.png`, 'broken']));
    const listing = await listDrop(drop({ ...bad, ...numbered(50, 6, 'dog') }));
    const { problems } = await buildDataset(listing, listing.plan, options);
    expect(problems.filter(({ path }) => path?.startsWith('cat/'))).toHaveLength(20);
    expect(problems.map(({ message }) => message).join()).toMatch(/10 more images could not be decoded/);
  });
});

describe('the decode client', () => {
  const source = { kind: 'files', paths: [], blobs: [] } as const;
  function fake(react: (worker: WorkerLike, say: (reply: DecodeReply) => void) => void) {
    const state = { terminated: false };
    const worker: WorkerLike = {
      onmessage: null,
      onerror: null,
      onmessageerror: null,
      terminate: () => (state.terminated = true),
      postMessage: () =>
        react(worker, (data) => void worker.onmessage?.call(worker as Worker, { data } as MessageEvent)),
    };
    return { state, start: () => worker };
  }

  it('reports progress, hands the images over and ends the worker', async () => {
    const images = { pixels: new Uint8Array(0), indices: new Int32Array(0), problems: [] };
    const { state, start } = fake((_, say) => {
      say({ type: 'progress', done: 1, total: 2 });
      say({ type: 'decoded', images });
    });
    const progress: number[][] = [];
    expect(await decodeImages(source, 2, { onProgress: (...args) => progress.push(args) }, start)).toBe(images);
    expect(progress).toEqual([[1, 2]]);
    expect(state.terminated).toBe(true);
  });

  it('ends the worker when aborted, when it fails and when it crashes', async () => {
    const aborter = new AbortController();
    const silent = fake(() => aborter.abort(new Error('changed my mind')));
    await expect(decodeImages(source, 2, { signal: aborter.signal }, silent.start)).rejects.toThrow('changed my mind');
    expect(silent.state.terminated).toBe(true);
    const failing = fake((_, say) => say({ type: 'failed', message: 'no canvas' }));
    await expect(decodeImages(source, 2, {}, failing.start)).rejects.toThrow('no canvas');
    const crashing = fake((worker) => void worker.onerror?.call(worker as Worker, {} as ErrorEvent));
    await expect(decodeImages(source, 2, {}, crashing.start)).rejects.toThrow(/decoder stopped/);
    expect(crashing.state.terminated).toBe(true);
  });
});
