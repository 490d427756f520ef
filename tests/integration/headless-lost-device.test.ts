/** A graphics card that is lost without a browser. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { saidWithCheckpoint } from '../../scripts/headless-checkpoint.ts';
import { openEngine, withProgress } from '../../scripts/headless.ts';
import { installDawn } from '../../src/engine/dawn-node.ts';
import { DeviceLostError } from '../../src/engine/errors.ts';
import { stepByStep, testClip, testPopulation } from '../../src/engine/passes/test-models.ts';
import { runStudy } from '../../src/study/run/run-study.ts';
import { inputsOf, trainingOnly } from '../support/tiny-study.ts';

const population = testPopulation(testClip(), { runs: 2, probability: 0.7 });

/** What is said in the terminal. */
let said: string[] = [];
beforeEach(() => {
  said = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
});
afterEach(() => vi.restoreAllMocks());
beforeAll(() => installDawn());

describe('a graphics card that is lost in a study without a browser', () => {
  test('is opened again, which the terminal says, and training ends where it would have', async () => {
    const asked = vi.spyOn(GPUAdapter.prototype, 'requestDevice');
    const engine = await openEngine('webgpu');
    const undisturbed = await stepByStep(engine, population);
    const recovered = await stepByStep(engine, population, (step) => {
      if (step === 2) void (asked.mock.results[0].value as Promise<GPUDevice>).then((device) => device.destroy());
    });
    expect(recovered).toEqual(undisturbed);
    expect(asked).toHaveBeenCalledTimes(2);
    expect(said).toEqual([
      expect.stringMatching(/connection to the GPU was lost .*is being opened again/),
      expect.stringContaining('opened again and the study goes on where it was'),
    ]);
    engine.dispose();
  });

  test('is not waited for when Ctrl-C is pressed: the study ends with what is done', async () => {
    const asked = vi.spyOn(GPUAdapter.prototype, 'requestDevice');
    const engine = await openEngine('webgpu');
    const inputs = inputsOf(engine, trainingOnly());
    vi.spyOn(navigator.gpu, 'requestAdapter').mockResolvedValue(null);
    const device = await (asked.mock.results[0].value as Promise<GPUDevice>);
    const study = withProgress(runStudy(inputs), inputs.control, (event) => {
      if (event.type === 'progress' && event.phase === 'train') device.destroy();
    });
    await vi.waitUntil(() => said.some((line) => line.includes('up to two minutes')), { timeout: 30_000 });
    const pressed = performance.now();
    process.emit('SIGINT');
    expect((await study).status).toBe('stopped');
    expect(performance.now() - pressed).toBeLessThan(2000);
    engine.dispose();
  });

  test('for good leaves a checkpoint, and the error says how the study goes on from it', async () => {
    const file = path.join(await mkdtemp(path.join(tmpdir(), 'copra-lost-')), 'result.json.checkpoint');
    const lost = new DeviceLostError('No card came back.');
    expect(saidWithCheckpoint(lost, file)).toBe(lost);
    await writeFile(file, '');
    expect(saidWithCheckpoint(lost, file)).toMatchObject({
      message: `No card came back. ${file} holds the training so far. Add --resume to go on with it.`,
    });
    const other = new Error('Another study.');
    expect(saidWithCheckpoint(other, file)).toBe(other);
    await rm(path.dirname(file), { recursive: true });
  });
});
