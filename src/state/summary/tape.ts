/** The activation tape of one run: which layers' LoRA was active at which step. */
import { createGateSampler } from '../../copra/gate-sampler.ts';
import { unpackBits } from '../../platform/bits.ts';
import { layoutOfLayers } from '../../core/adapter-layout.ts';
import type { ArmConfig, StudyConfig } from '../../study/config/config.ts';
import type { RunResult } from '../../study/result/result.ts';
import type { BackboneCard } from '../models/backbones.ts';

export interface Tape {
  readonly players: number;
  /** Steps filled so far. */
  readonly steps: number;
  /** [capacity, players], 0/1, row-major; only the first `steps` rows are meaningful. Shared between successive tapes of a run. */
  readonly cells: Uint8Array;
}

/**
 * Reads RunResult.gates. Null when the text is not a valid tape: a damaged file must not break the page.
 * @param players null: nothing tells how many there are
 */
export function decodeTape(base64: string, steps: number, players: number | null): Tape | null {
  if (players === null || players < 1) return null;
  try {
    return { players, steps, cells: unpackBits(base64, steps * players, 'The activation tape') };
  } catch {
    return null;
  }
}

/** Bits are padded to whole bytes: in a tape of fewer steps, a further player fits into the padding. */
const TELLING_STEPS = 8;

/** Number of players of a stored tape, from its length; null where that does not tell. */
export function playersOfTape(base64: string, steps: number): number | null {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  const bits = ((base64.length * 3) / 4 - padding) * 8;
  return steps < TELLING_STEPS ? null : Math.floor(bits / steps);
}

/**
 * Regenerates the tape of a run. Gates depend only on the seed, the step and the arm's settings, so a link need not contain them.
 * @param steps completed steps, out of `totalSteps`
 */
export function redrawTape(
  arm: ArmConfig,
  backbone: BackboneCard,
  seed: number,
  steps: number,
  totalSteps: number,
): Tape {
  const layout = layoutOfLayers(backbone.layers, arm);
  const players = layout.players.length;
  const sample = createGateSampler(arm, layout, totalSteps, seed);
  const cells = new Uint8Array(steps * players);
  for (let step = 0; step < steps; step++) cells.set(sample(step).players, step * players);
  return { players, steps, cells };
}

const MAX_REDRAWN_STEPS = 20_000;

/**
 * The tape stored with a result. A link contains none, so its gates are regenerated from the seed.
 * @param backbone null: it is not known here
 */
export function storedTape(run: RunResult, config: StudyConfig, backbone: BackboneCard | null): Tape | null {
  if (run.steps < 1) return null;
  const arm = config.arms.find(({ id }) => id === run.arm);
  const known = arm && backbone ? { arm, backbone } : null;
  if (run.gates) {
    const players = known ? layoutOfLayers(known.backbone.layers, known.arm).players.length : null;
    return decodeTape(run.gates, run.steps, players ?? playersOfTape(run.gates, run.steps));
  }
  if (!known || run.steps > MAX_REDRAWN_STEPS) return null;
  return redrawTape(known.arm, known.backbone, run.seed, run.steps, config.training.steps);
}

/** Writes gates [n, players] from step `fromStep` on; grows the storage by doubling. */
export function extendTape(tape: Tape | null, fromStep: number, gates: Uint8Array, players: number): Tape {
  const steps = fromStep + gates.length / players;
  const old = tape && tape.players === players ? tape.cells : new Uint8Array(0);
  let cells = old;
  if (old.length < steps * players) {
    cells = new Uint8Array(Math.max(steps * players, 2 * old.length, 256 * players));
    cells.set(old);
  }
  cells.set(gates, fromStep * players);
  return { players, steps: Math.max(steps, tape?.steps ?? 0), cells };
}

/** Share of the steps [from, to) in which each player was active. */
export function activeShares(tape: Tape, from: number, to: number): Float32Array {
  const shares = new Float32Array(tape.players);
  const end = Math.min(to, tape.steps);
  for (let step = from; step < end; step++) {
    for (let player = 0; player < tape.players; player++) shares[player] += tape.cells[step * tape.players + player];
  }
  return shares.map((sum) => sum / Math.max(1, end - from));
}

/** [players]: the gates of one step, or the last recorded ones if the step is later. */
export function gatesAt(tape: Tape, step: number): Uint8Array {
  const row = Math.min(Math.max(0, step), tape.steps - 1) * tape.players;
  return tape.cells.slice(row, row + tape.players);
}
