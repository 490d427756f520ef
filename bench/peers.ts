/**
 * The WASM engine beside others on the same processor: onnxruntime-web (forward) and PyTorch (forward and training). Contenders take turns, each in
 * a process of its own that reads its own clocks, because onnxruntime-web's number of threads is that of its process. All start from the same
 * weights and images, and their scores and losses are compared before anything is timed.
 *
 * onnxruntime-web (150 MB) is no dependency of the project: the benchmark installs it into its own cache. PyTorch is Debian's python3-torch and
 * counts only with a fast BLAS (libopenblas0), without which it multiplies at 2 to 4 GFLOP/s.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NPM } from '../scripts/npm.mjs';
import { errorText } from '../src/core/error-text.ts';
import type { Engine } from '../src/engine/engine.ts';
import { openNodeEngine } from '../src/engine/node.ts';
import { createEngineContender } from './engine-contender.ts';
import type { Fixture } from './fixture.ts';
import { onnxTower } from './onnx-model.ts';
import { startPeer, type Answer, type PeerProcess } from './peer-process.ts';
import type { Report } from './report.ts';
import type { Row } from './table.ts';
import { emojiClipProblem, vitB32Problem, type StepProblem } from './step-problem.ts';
import { median } from './timing.ts';
import { classFeatures, INTERPRETERS, patchesOf, writeTorchProblem } from './torch-problem.ts';

const ONNX = 'onnxruntime-web@1.30.0';
const CACHE = path.join(import.meta.dirname, '../node_modules/.cache/copra/peers');
/** GFLOP/s on one thread below which PyTorch has no BLAS worth the name. */
const LEAST_GIGAFLOPS = 10;
/** Largest difference of scores, which reach ±100, and of losses. */
const TOLERANCE = 2e-2;

interface Case {
  readonly name: string;
  readonly problem: StepProblem;
  readonly images: number;
}

interface Contender {
  readonly name: string;
  readonly unit: () => Promise<Answer>;
}

function installOnnx(): string | null {
  if (existsSync(path.join(CACHE, 'node_modules/onnxruntime-web'))) return null;
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(path.join(CACHE, 'package.json'), '{ "private": true }\n');
  const install = ['install', '--no-audit', '--no-fund', '--ignore-scripts', ONNX];
  const options = { cwd: CACHE, encoding: 'utf8', shell: NPM.shell } as const;
  const { status, stderr, error } = spawnSync(NPM.program, install, options);
  if (status === 0) return null;
  return `${ONNX} could not be installed: ${(error ? error.message : stderr).trim().split('\n').at(-1)}`;
}

/** Starts PyTorch, or says why it is no peer here. */
async function startTorch(folder: string, threads: number): Promise<PeerProcess | string> {
  let why = 'no python3 with PyTorch';
  const script = path.join(import.meta.dirname, 'torch_peer.py');
  // Debian's OpenBLAS has threads of its own, which PyTorch does not count.
  const environment = { OPENBLAS_NUM_THREADS: String(threads), OMP_NUM_THREADS: String(threads) };
  for (const interpreter of INTERPRETERS) {
    try {
      const peer = await startPeer(interpreter, [script, folder, String(threads)], environment);
      const gigaflops = Number(peer.hello.gigaflops);
      if (gigaflops >= LEAST_GIGAFLOPS) return peer;
      peer.end();
      return `PyTorch multiplies at ${gigaflops.toFixed(1)} GFLOP/s here: it lacks a fast BLAS (libopenblas0)`;
    } catch (error) {
      why = errorText(error).split('\n').at(-1) ?? why;
    }
  }
  return why;
}

async function timed(run: () => Promise<readonly number[]>): Promise<Answer> {
  const usage = process.cpuUsage();
  const start = performance.now();
  const values = await run();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(usage);
  return { wall, cpu: (user + system) / 1000, values };
}

function engineUnits(engine: Engine, problem: StepProblem, images: number): { forward: Contender; step: Contender } {
  engine.load(problem.backbone);
  const objective = classFeatures(problem);
  const evaluator = engine.createEvaluator({ objective, layout: problem.layout, scale: problem.scale });
  const set = evaluator.imageSet(patchesOf(problem, images), new Int32Array(images));
  const frozen = { adapter: problem.initial[0], gates: new Uint8Array(problem.layout.pairs.length) };
  const name = `this engine, ${engine.info.device}`;
  const trained = createEngineContender(name, engine, { ...problem, objective, batches: [[problem.batches[0][0]]] });
  return {
    forward: {
      name,
      unit: () =>
        timed(async () => {
          const { logits } = await evaluator.evaluate([frozen], set, { logits: true });
          return logits ? [...logits.subarray(0, 64)] : [];
        }),
    },
    step: { name, unit: () => timed(async () => [await trained.step(0)]) },
  };
}

async function inTurns(contenders: readonly Contender[], rounds: number) {
  const answers = contenders.map((): Answer[] => []);
  for (let round = -2; round < rounds; round++)
    for (const [i, { unit }] of contenders.entries()) {
      const answer = await unit();
      if (round >= 0) answers[i].push(answer);
    }
  return answers.map((all, i) => ({
    name: contenders[i].name,
    wall: median(all.map(({ wall }) => wall)),
    least: Math.min(...all.map(({ cpu }) => cpu)),
    cpu: median(all.map(({ cpu }) => cpu)),
  }));
}

/** @throws Error when a contender computes something else than the first. */
async function checkAgreement(contenders: readonly Contender[], steps: number): Promise<void> {
  for (let step = 0; step < steps; step++) {
    const [expected, ...others] = await Promise.all(contenders.map(({ unit }) => unit()));
    others.forEach(({ values }, i) => {
      const worst = Math.max(...values.map((value, j) => Math.abs(value - expected.values[j])));
      if (values.length === expected.values.length && worst <= TOLERANCE) return;
      throw new Error(`${contenders[i + 1].name} differs from ${contenders[0].name} by ${worst}.`);
    });
  }
}

async function rowsOf(what: string, contenders: readonly Contender[], rounds: number, threads: number): Promise<Row[]> {
  await checkAgreement(contenders, 2);
  const timings = await inTurns(contenders, rounds);
  return timings.map(({ name, wall, cpu, least }) => ({
    what,
    threads,
    contender: name,
    'median ms': wall,
    'cpu ms': cpu,
    'least cpu ms': least,
    'engine / it (median)': timings[0].wall / wall,
    'engine / it (cpu)': timings[0].cpu / cpu,
    'engine / it (least cpu)': timings[0].least / least,
  }));
}

async function measureCase(
  test: Case,
  threads: number,
  rounds: number,
  hasOnnx: boolean,
  missing: Set<string>,
): Promise<Row[]> {
  const { problem, images, name } = test;
  const folder = mkdtempSync(path.join(tmpdir(), 'copra-peers-'));
  const engine = await openNodeEngine('wasm', { threads });
  const peers: PeerProcess[] = [];
  try {
    const { features } = classFeatures(problem);
    const { forward, step } = engineUnits(engine, problem, images);
    const [forwards, steps] = [[forward], [step]];
    writeTorchProblem(folder, problem, images, features);
    const torch = await startTorch(folder, threads);
    if (typeof torch === 'string') missing.add(torch);
    else {
      peers.push(torch);
      const title = `PyTorch ${String(torch.hello.version)}`;
      forwards.push({ name: title, unit: () => torch.ask('forward') });
      steps.push({ name: title, unit: () => torch.ask('step') });
    }
    if (hasOnnx) {
      const { vision } = problem.backbone;
      const shape = [images, vision.config.tokens - 1, vision.patchEmbedding.inFeatures];
      writeFileSync(path.join(folder, 'model.onnx'), onnxTower(problem.backbone, features, images));
      writeFileSync(path.join(folder, 'patches.bin'), new Uint8Array(patchesOf(problem, images).buffer));
      const files = ['model.onnx', 'patches.bin'].map((file) => path.join(folder, file));
      const script = path.join(import.meta.dirname, 'onnx-peer.mjs');
      const onnx = await startPeer(process.execPath, [script, CACHE, ...files, shape.join(), String(threads)]);
      peers.push(onnx);
      forwards.push({ name: ONNX.replace('@', ' '), unit: () => onnx.ask('forward') });
    }
    return [
      ...(await rowsOf(`forward, ${name} × ${images}`, forwards, rounds, threads)),
      ...(await rowsOf(`training step, ${name}, batch ${problem.batch}`, steps, rounds, threads)),
    ];
  } finally {
    peers.forEach((peer) => peer.end());
    engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function benchPeers(
  report: Report,
  fixture: Fixture,
  threads: readonly number[],
  quick: boolean,
): Promise<void> {
  const missing = new Set<string>();
  const why = installOnnx();
  if (why) missing.add(why);
  const cases: [Case, number][] = [
    [{ name: 'Emoji-CLIP', problem: emojiClipProblem(fixture, 1), images: 256 }, quick ? 5 : 21],
    [{ name: 'ViT-B/32', problem: vitB32Problem(quick ? 2 : 12), images: 8 }, quick ? 3 : 7],
  ];
  const rows: Row[] = [];
  for (const [test, rounds] of cases)
    for (const n of threads) rows.push(...(await measureCase(test, n, rounds, !why, missing)));
  const absent = [...missing].map((reason) => `Missing: ${reason}.\n`).join('');
  report.add(
    'beside its peers',
    `Frozen vision towers forward (no adapters), and steps with LoRA (Emoji-CLIP r=4 on q, k, v, o; ViT-B/32 r=2 on q, k, v).\n${absent}` +
      'Ratios above 1: the engine takes longer. On a machine with other work trust the processor times.',
    rows,
  );
}
