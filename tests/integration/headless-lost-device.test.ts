/** A graphics card that is lost without a browser. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { saidWithCheckpoint } from '../../scripts/headless-checkpoint.ts';
import { openEngine } from '../../scripts/headless.ts';
import { installDawn } from '../../src/engine/dawn-node.ts';
import { DeviceLostError } from '../../src/engine/errors.ts';
import { stepByStep, testClip, testPopulation } from '../../src/engine/passes/test-models.ts';

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
