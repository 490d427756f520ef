/**
 * Time from a fetched model in the browser's private file system to a ready engine, in Chromium: CLIP ViT-B/32's shapes (605 MB of F32), random
 * weights.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { requireBuild, withChromium } from '../scripts/with-chromium.ts';
import { counted } from '../src/core/counted.ts';
import { PRESETS } from '../src/study/presets/presets.ts';
import type { ThreadRequest } from '../src/engine/devices/wasm/threads.ts';
import type { ModelManifest } from '../src/model/hub/manifest.ts';
import type { JobReply } from '../src/platform/worker-job.ts';
import type { WorkerResponse } from '../src/worker/protocol.ts';
import { startLocalHub } from '../tests/support/hub/local-hub.ts';
import { COMMIT, folderModel, type HubModel } from '../tests/support/hub/models.ts';
import type { Report } from './report.ts';
import { writeCheckpoint } from './vit-b32-checkpoint.ts';

const NAME = 'bench/vit-base-patch32';

interface Seconds {
  readonly fetch: number;
  /** Reading from the private file system into memory, with every tensor checked; one per round. */
  readonly read: readonly number[];
  /** From "run" to "started" with a single test image: weights read and uploaded, prompts encoded; one per round. */
  readonly start: readonly number[];
}

interface Addresses {
  readonly models: string;
  readonly study: string;
  /** Of the threads that the page lends the study worker. */
  readonly thread: string;
  readonly hub: string;
}

/** Runs in the page, using only the built workers. */
async function inPage([addresses, name, config, rounds]: [Addresses, string, object, number]): Promise<Seconds> {
  const seconds = async (work: () => Promise<void>): Promise<number> => {
    const from = performance.now();
    await work();
    return (performance.now() - from) / 1000;
  };
  // Workers send beats too, which are no replies.
  const replies = <T extends { type: string }>(
    worker: Worker,
    message: object,
    isLast = ({ type }: T): boolean => type === 'done' || type === 'failed',
  ) =>
    new Promise<T>((resolve, reject) => {
      worker.onerror = (event) => reject(new Error(event.message));
      worker.onmessage = ({ data }: MessageEvent<T>) => {
        if (isLast(data)) resolve(data);
      };
      worker.postMessage(message);
    });

  const models = new Worker(addresses.models, { type: 'module' });
  let backbone = '';
  const fetch = await seconds(async () => {
    const job = { type: 'job', job: { type: 'fetch', text: name, hub: addresses.hub } };
    const reply = await replies<JobReply<ModelManifest, unknown>>(models, job);
    if (reply.type !== 'done') throw new Error(reply.type === 'failed' ? reply.message : reply.type);
    backbone = reply.answer.id;
  });
  models.terminate();

  const [read, start]: number[][] = [[], []];
  for (let round = 0; round < rounds; round++) {
    const worker = new Worker(addresses.study, { type: 'module' });
    const threads: Worker[] = [];
    worker.addEventListener('message', (event: MessageEvent<Partial<ThreadRequest>>) => {
      if (!event.data.copraThread) return;
      event.stopImmediatePropagation();
      const [port] = event.ports;
      const thread = new Worker(addresses.thread, { type: 'module' });
      threads.push(thread);
      thread.onmessage = () => port.postMessage(null);
      thread.postMessage(event.data.copraThread);
    });
    const opened = await replies<WorkerResponse<'open'>>(worker, {
      type: 'open',
      id: 1,
      backend: 'wasm',
      page: { wasLeft: false, isAppleTouch: false },
    });
    if (opened.type === 'failed') throw new Error(opened.message);
    // Not an adapter, which the worker reports as soon as it has the backbone.
    const none = { config: new TextEncoder().encode('{}').buffer, weights: new ArrayBuffer(0) };
    const given = { ...config, backbone };
    read.push(
      await seconds(async () => {
        const reply = await replies<WorkerResponse<'read-adapter'>>(
          worker,
          { type: 'read-adapter', id: 2, config: given, files: none },
          ({ type }) => type === 'failed',
        );
        if (reply.type === 'failed' && !/adapter/i.test(reply.message)) throw new Error(reply.message);
      }),
    );
    start.push(
      await seconds(async () => {
        const reply = await replies<WorkerResponse<'run'>>(
          worker,
          { type: 'run', id: 3, config: given, dataset: null },
          (message) => message.type === 'failed' || (message.type === 'event' && message.event.type === 'started'),
        );
        if (reply.type === 'failed') throw new Error(reply.message);
      }),
    );
    for (const thread of threads) thread.terminate();
    worker.terminate();
  }
  return { fetch, read, start };
}

function assetOf(dist: string, pattern: RegExp): string {
  const name = readdirSync(path.join(dist, 'assets')).find((file) => pattern.test(file));
  if (!name) throw new Error(`There is no ${pattern.source} in "${dist}".`);
  return `assets/${name}`;
}

async function measure(page: Page, dist: string, url: string, hub: string, rounds: number): Promise<Seconds> {
  // Any file on the page's origin: only workers and the private file system are needed.
  await page.goto(`${url}favicon.svg`);
  const addresses = {
    models: url + assetOf(dist, /^models\.worker-.*\.js$/),
    study: url + assetOf(dist, /^worker-.*\.js$/),
    thread: url + assetOf(dist, /^thread\.worker-.*\.js$/),
    hub,
  };
  const [{ config }] = PRESETS;
  const study = { ...config, analyses: { ...config.analyses, testImages: 1 } };
  return page.evaluate(inPage, [addresses, NAME, study, rounds] as [Addresses, string, object, number]);
}

/** The files of a hub's CLIP ViT-B/32 with random weights. */
function vitB32(): HubModel['files'] {
  const folder = mkdtempSync(path.join(tmpdir(), 'copra-browser-loading-'));
  try {
    writeCheckpoint(path.join(folder, 'model.safetensors'));
    const config = { model_type: 'clip', text_config: { eos_token_id: 1 } };
    return {
      'config.json': new TextEncoder().encode(JSON.stringify(config)),
      'tokenizer.json': folderModel('public/backbones/emoji-clip').files['tokenizer.json'],
      'model.safetensors': new Uint8Array(readFileSync(path.join(folder, 'model.safetensors'))),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param files of the hub's model, those of a CLIP ViT-B/32 with random weights unless given */
export async function benchBrowserLoading(
  report: Pick<Report, 'add'>,
  dist: string,
  rounds: number,
  files: HubModel['files'] = vitB32(),
): Promise<void> {
  requireBuild(dist);
  const hub = await startLocalHub({ [NAME]: { commit: COMMIT, files } });
  const measured = withChromium(dist, async (browser, url) => {
    const { fetch, read, start } = await measure(await browser.newPage(), dist, url, hub.url, rounds);
    report.add(
      'loading in the browser',
      `A CLIP ViT-B/32 with random weights, ${Math.round(files['model.safetensors'].length / 1e6)} MB, in Chromium ${browser.version()}; the fastest of ${counted(rounds, 'round')}, and all.`,
      [
        { what: 'fetched from a hub on this machine, hashed and checked, s', fastest: fetch, all: '' },
        ...(
          [
            ['from the private file system to memory, s', read],
            ['from Run to ready for images: on the device, prompts encoded, s', start],
          ] as const
        ).map(([what, each]) => ({
          what,
          fastest: Math.min(...each),
          all: each.map((seconds) => seconds.toFixed(1)).join(', '),
        })),
      ],
    );
  });
  try {
    await measured;
  } finally {
    await hub.close();
  }
}
