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
import type { Engine } from '../../../src/engine/engine.ts';
import { taskOf, VIT_BATCH as MEASURED_BATCH } from '../../../src/engine/measure/tasks.ts';
import { openNodeEngine } from '../../../src/engine/node.ts';
import { projectFile } from '../../project-file.ts';
import type { PartTime } from '../processes.ts';
import { TorchSchema, type PeerCase, type Peers } from '../report.ts';
import { measureCases, type CaseToMeasure, type Contender } from './peer-turns.ts';

const VIT_BATCH = 32;
/** Share of what is left that a step of ViT-B/32 may be estimated to take. */
const WORTH_BEGINNING = 0.3;
/** Share of what is left that PyTorch may take to say who it is. */
const SHARE_OF_STARTING = 0.5;

interface Case {
  readonly id: PeerCase['id'];
  readonly name: string;
  readonly problem: () => Promise<StepProblem>;
}

/** The one that is judged comes first. */
const CASES: readonly Case[] = [
  {
    id: 'vit-b32',
    name: `ViT-B/32, one run, batch ${VIT_BATCH}`,
    problem: () => Promise.resolve(vitB32Problem(12, VIT_BATCH)),
  },
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

/** PyTorch trains one run at a time. @param left seconds within which it has to answer */
function torchContender(peer: PeerProcess, way: 'eager' | 'compiled', runs: number, left: PartTime['left']): Contender {
  const { version, peft } = v.parse(TorchSchema, peer.hello);
  return {
    name: `PyTorch ${way} ${version}, ${peft === null ? 'plain LoRA' : `PEFT ${peft}`}`,
    async steps(count) {
      const { wall, values, error } = await peer.ask(`${way} ${count * runs}`, left());
      if (typeof error === 'string') throw new Error(error);
      return { wall, loss: values[0] };
    },
  };
}

async function startTorch(folder: string, left: PartTime['left']): Promise<PeerProcess> {
  const script = projectFile('bench', 'torch_card.py');
  const reasons: string[] = [];
  for (const interpreter of INTERPRETERS) {
    try {
      return await startPeer(interpreter, [script, folder], {}, SHARE_OF_STARTING * left());
    } catch (error) {
      reasons.push(errorText(error).split('\n').at(-1) ?? '');
    }
  }
  throw new Error(`no PyTorch: ${reasons[0]}`);
}

/** Why a case would take too long; null: it would not. */
async function tooLong(id: PeerCase['id'], engine: Engine, left: number): Promise<string | null> {
  if (id !== 'vit-b32') return null;
  const peak = await engine.inspector?.peakGflops().catch(() => null);
  if (!peak) return null;
  const seconds = ((VIT_BATCH / MEASURED_BATCH) * taskOf('vit-step').flops) / (1e9 * peak);
  if (seconds <= WORTH_BEGINNING * left) return null;
  return `a step would take ${Math.round(seconds)} s or more, and ${Math.round(left)} are left`;
}

export async function measurePeers(time: PartTime, tell: (partial: Peers) => void): Promise<Peers> {
  const engine = await openNodeEngine('webgpu');
  const missing: string[] = [];
  const ends: (() => void)[] = [];
  let torch: Peers['torch'] = null;
  /** Why PyTorch is no peer here. */
  let reason: string | null = null;

  /** Null where PyTorch is no peer. */
  const torchOf = async (problem: StepProblem): Promise<PeerProcess | null> => {
    if (reason !== null) return null;
    const folder = mkdtempSync(path.join(tmpdir(), 'copra-card-'));
    ends.push(() => rmSync(folder, { recursive: true, force: true }));
    writeTorchProblem(folder, problem, problem.batch, classFeatures(problem).features);
    try {
      const peer = await startTorch(folder, time.left);
      ends.unshift(() => peer.end());
      torch = v.parse(TorchSchema, peer.hello);
      if (torch.device === 'cpu') throw new Error('PyTorch computes on the processor here, and is no peer of a card');
      return peer;
    } catch (error) {
      reason = errorText(error);
      missing.push(reason);
      return null;
    }
  };

  const cases = CASES.map(({ id, name, problem: make }): CaseToMeasure => ({
    id,
    name,
    async open() {
      const why = await tooLong(id, engine, time.left());
      if (why !== null) throw new Error(why);
      const problem = await make();
      const peer = await torchOf(problem);
      const of = (way: 'eager' | 'compiled') =>
        peer ? [torchContender(peer, way, problem.initial.length, time.left)] : [];
      const own = engineContender(engine, problem);
      return { first: [own, ...of('eager')], later: of('compiled'), close: () => own.dispose() };
    },
  }));
  try {
    const found = await measureCases(cases, time, (partial) => tell({ torch, ...partial }), missing);
    return { torch, ...found };
  } finally {
    for (const end of ends) end();
    engine.dispose();
  }
}
