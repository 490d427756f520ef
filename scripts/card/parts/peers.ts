/** Training steps of the engine and of PyTorch on the same card, in turns, from the same weights and images. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import { loadFixture } from '../../../bench/bundled-fixture.ts';
import { createEngineContender } from '../../../bench/engine-contender.ts';
import { startPeer, type PeerProcess } from '../../../bench/peer-process.ts';
import { emojiClipProblem, vitB32Problem, type StepProblem } from '../../../bench/step-problem.ts';
import { classFeatures, INTERPRETERS, writeTorchProblem } from '../../../bench/torch-problem.ts';
import { errorText } from '../../../src/core/error-text.ts';
import { quantile } from '../../../src/core/statistics.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { taskOf } from '../../../src/engine/measure/tasks.ts';
import { openNodeEngine } from '../../../src/engine/node.ts';
import { projectFile } from '../../project-file.ts';
import type { PartTime } from '../processes.ts';
import { TorchSchema, type PeerCase, type Peers } from '../report.ts';

const VIT_BATCH = 32;
/** Milliseconds of a timed turn, roughly: short steps are taken several at a time, because waiting for them is not what is compared. */
const TURN = 40;
const MOST_STEPS = 32;
const ROUNDS = 9;
/** Largest difference of first losses. */
const TOLERANCE = 2e-2;
/** Share of what is left that the first steps of ViT-B/32 may be estimated to take. */
const WORTH_BEGINNING = 0.3;

interface Contender {
  readonly name: string;
  /** So many steps of all runs in a row; milliseconds, and the loss before the first. */
  readonly steps: (count: number) => Promise<{ readonly wall: number; readonly loss: number }>;
}

interface Case {
  readonly id: PeerCase['id'];
  readonly name: string;
  readonly problem: () => Promise<StepProblem>;
}

const CASES: readonly Case[] = [
  {
    id: 'emoji-1',
    name: 'Emoji-CLIP, one run, batch 32',
    problem: async () => emojiClipProblem(await loadFixture(), 1),
  },
  {
    id: 'emoji-4',
    name: 'Emoji-CLIP, four runs, batch 32',
    problem: async () => emojiClipProblem(await loadFixture(), 4),
  },
  {
    id: 'vit-b32',
    name: `ViT-B/32, one run, batch ${VIT_BATCH}`,
    problem: () => Promise.resolve(vitB32Problem(12, VIT_BATCH)),
  },
];

function engineContender(engine: Engine, problem: StepProblem): Contender & { readonly dispose: () => void } {
  engine.load(problem.backbone);
  const single = problem.batches.map(([first]) => [first]);
  const contender = createEngineContender('engine', engine, {
    ...problem,
    objective: classFeatures(problem),
    batches: single,
  });
  return {
    name: `engine, ${engine.info.device}`,
    async steps(count) {
      const from = performance.now();
      const [loss] = await Promise.all(Array.from({ length: count }, () => contender.step(0)));
      return { wall: performance.now() - from, loss };
    },
    dispose: () => contender.dispose(),
  };
}

/** PyTorch trains one run at a time. */
function torchContender(peer: PeerProcess, way: 'eager' | 'compiled', runs: number): Contender {
  const { version, peft } = v.parse(TorchSchema, peer.hello);
  return {
    name: `PyTorch ${way} ${version}, ${peft === null ? 'plain LoRA' : `PEFT ${peft}`}`,
    async steps(count) {
      const { wall, values, error } = await peer.ask(`${way} ${count * runs}`);
      if (typeof error === 'string') throw new Error(error);
      return { wall, loss: values[0] };
    },
  };
}

async function startTorch(folder: string): Promise<PeerProcess> {
  const script = projectFile('bench', 'torch_card.py');
  const reasons: string[] = [];
  for (const interpreter of INTERPRETERS) {
    try {
      return await startPeer(interpreter, [script, folder]);
    } catch (error) {
      reasons.push(errorText(error).split('\n').at(-1) ?? '');
    }
  }
  throw new Error(`no PyTorch: ${reasons[0]}`);
}

async function measured(contenders: readonly Contender[], left: () => number, missing: string[]) {
  const ready: { contender: Contender; warmUp: number; loss: number; count: number; times: number[] }[] = [];
  for (const contender of contenders) {
    try {
      const from = performance.now();
      const { loss } = await contender.steps(1);
      const warmUp = (performance.now() - from) / 1000;
      const expected = ready.at(0)?.loss ?? loss;
      if (!(Math.abs(loss - expected) <= TOLERANCE))
        throw new Error(`its first loss is ${loss} instead of ${expected}`);
      const { wall } = await contender.steps(1);
      const count = Math.max(1, Math.min(MOST_STEPS, Math.round(TURN / wall)));
      ready.push({ contender, warmUp, loss, count, times: [wall] });
    } catch (error) {
      missing.push(`${contender.name}: ${errorText(error)}`);
    }
    if (left() < 0) break;
  }
  for (let round = 0; round < ROUNDS && left() > 0; round++)
    for (const { contender, count, times } of ready) {
      const { wall } = await contender.steps(count);
      // The step that the count was found by was alone: it counts only where there is no time for others.
      if (round === 0) times.length = 0;
      times.push(wall / count);
    }
  return ready.map(({ contender, warmUp, loss, times }) => ({
    name: contender.name,
    median: quantile(times, 0.5),
    low: quantile(times, 0.25),
    high: quantile(times, 0.75),
    repetitions: times.length,
    warmUp,
    loss,
  }));
}

export async function measurePeers(time: PartTime, tell: (partial: Peers) => void): Promise<Peers> {
  const engine = await openNodeEngine('webgpu');
  const missing: string[] = [];
  const cases: PeerCase[] = [];
  let torch: Peers['torch'] = null;
  for (const [place, { id, name, problem: make }] of CASES.entries()) {
    const known = cases.find((one) => one.id === 'emoji-4')?.contenders.find((one) => one.name.startsWith('engine'));
    if (id === 'vit-b32' && known) {
      const seconds = ((known.median / 1000) * (VIT_BATCH / 8) * taskOf('vit-step').flops) / taskOf('step-4').flops;
      if (seconds > WORTH_BEGINNING * time.left()) {
        missing.push(
          `${name}: a step would take about ${Math.round(seconds)} s, and ${Math.round(time.left())} are left`,
        );
        continue;
      }
    }
    const until = time.left() * (1 - 1 / (CASES.length - place));
    const problem = await make();
    const folder = mkdtempSync(path.join(tmpdir(), 'copra-card-'));
    const own = engineContender(engine, problem);
    let peer: PeerProcess | null = null;
    try {
      writeTorchProblem(folder, problem, problem.batch, classFeatures(problem).features);
      try {
        peer = await startTorch(folder);
        torch = v.parse(TorchSchema, peer.hello);
        if (torch.device === 'cpu') throw new Error('PyTorch computes on the processor here, and is no peer of a card');
      } catch (error) {
        missing.push(`${name}: ${errorText(error)}`);
        peer?.end();
        peer = null;
      }
      const runs = problem.initial.length;
      const others = peer ? [torchContender(peer, 'eager', runs), torchContender(peer, 'compiled', runs)] : [];
      cases.push({ id, name, contenders: await measured([own, ...others], () => time.left() - until, missing) });
    } finally {
      own.dispose();
      peer?.end();
      rmSync(folder, { recursive: true, force: true });
    }
    tell({ torch, missing: [...missing], cases: [...cases] });
  }
  engine.dispose();
  return { torch, missing, cases };
}
