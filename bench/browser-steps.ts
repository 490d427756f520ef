/** JavaScript time of a training step on WebGPU in a Chromium worker, as in production. The adapter may be emulated; the JavaScript is not. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from '@playwright/test';
import { build } from 'vite';
import { tfjsResolve } from '../scripts/vite-shared.mjs';
import type { StepsAnswer } from './browser-steps.worker.ts';
import { WEBGPU_FLAGS } from '../scripts/chromium-flags.ts';
import { withChromium } from '../scripts/with-chromium.ts';
import type { Report } from './report.ts';

const WORKER = 'steps.js';

/** Builds the worker and an empty page in a separate folder. */
async function buildPage(outDir: string): Promise<void> {
  await build({
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    resolve: tfjsResolve,
    build: {
      outDir,
      target: 'es2023',
      lib: { entry: path.resolve('bench/browser-steps.worker.ts'), formats: ['es'], fileName: () => WORKER },
      reportCompressedSize: false,
    },
  });
  writeFileSync(path.join(outDir, 'index.html'), '<!doctype html><title>steps</title>');
}

/** Runs in the page. */
const answerOf = (address: string): Promise<StepsAnswer> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(address, { type: 'module' });
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }: MessageEvent<StepsAnswer>) => resolve(data);
  });

export async function benchBrowserSteps(report: Report): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'copra-browser-steps-'));
  await buildPage(folder);
  const measure = async (browser: Browser, url: string): Promise<void> => {
    const page = await browser.newPage();
    await page.goto(url);
    const answer = await page.evaluate(answerOf, url + WORKER);
    if ('error' in answer) throw new Error(`The step could not be measured in Chromium: ${answer.error}`);
    const { adapter, runs, repeated, newGates } = answer;
    report.add(
      'JavaScript of a step in the browser',
      `Emoji-CLIP's shapes, batch 2 (the emulated adapter is slow; JavaScript hardly depends on it), LoRA r=4 on q, k, v, o of 12 layers, ${runs} runs, in a worker of Chromium ${browser.version()}: milliseconds until\n` +
        'the step is recorded and submitted, the least of several.',
      [
        { adapter, step: 'gates that have come before', 'JavaScript ms': repeated },
        { adapter, step: 'new gates', 'JavaScript ms': newGates },
      ],
    );
  };
  await withChromium(folder, measure, WEBGPU_FLAGS).finally(() => rmSync(folder, { recursive: true, force: true }));
}
