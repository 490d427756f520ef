/** Pruning by hand: lists the layers and computes the remaining accuracy of every run. Pure. */
import { extremeCoalition } from '../../copra/pruning/coalition-search.ts';
import { gatesOfMask, maskOfGates } from '../../copra/shapley/coalitions.ts';
import { gatesOfPlayers, TOWERS, type Player } from '../../core/adapter-layout.ts';
import { mean, shareError } from '../../core/statistics.ts';
import { clearRetainedGain } from '../../copra/retained-gain.ts';
import type { CoalitionAccuracies } from '../../study/analyses/shapley/coalition-file.ts';
import type { GatedAdapter, GateScore, GateScores } from '../../study/run/gates-bench.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import type { StoredAdapter } from '../adapters/adapters-store.ts';
import { runOf } from '../../study/result/run-names.ts';

export const playerKey = ({ tower, layer }: Player): string => `${tower} ${layer}`;

/** Layers of any run by tower, bottom to top, vision first. */
export function towersOf(
  runs: readonly { readonly players: readonly Player[] }[],
): { tower: Player['tower']; players: Player[] }[] {
  const all = new Map(runs.flatMap(({ players }) => players.map((player) => [playerKey(player), player])));
  return TOWERS.flatMap((tower) => {
    const players = [...all.values()].filter((player) => player.tower === tower).sort((a, b) => a.layer - b.layer);
    return players.length > 0 ? [{ tower, players }] : [];
  });
}

/** A run with layers off. */
export interface HandScore extends Omit<GateScore, 'right'> {
  readonly arm: string;
  readonly seed: number;
  readonly images: number;
}

/** Gates over players: 0 for those that are off. */
const gatesOf = (players: readonly Player[], off: ReadonlySet<string>): Uint8Array =>
  Uint8Array.from(players, (player) => (off.has(playerKey(player)) ? 0 : 1));

/** Scores looked up in the tables. */
export function knownScores(tables: readonly CoalitionAccuracies[], off: ReadonlySet<string>): HandScore[] {
  return tables.map(({ arm, seed, images, players, accuracy }) => ({
    arm,
    seed,
    images,
    gated: accuracy[maskOfGates(gatesOf(players, off))],
    full: accuracy[accuracy.length - 1],
    none: accuracy[0],
  }));
}

/**
 * Whether tables say all that the adapters could: every arm has one, and every analysed run. A study that was stopped has them of its first arms, and one from
 * a file of the seeds that were added to it.
 * @param analysed runs with Shapley values
 */
export function areComplete(
  tables: readonly { readonly arm: string; readonly seed: number }[],
  adapters: readonly Pick<StoredAdapter, 'armId' | 'seed'>[],
  analysed: readonly { readonly arm: string; readonly seed: number }[],
): boolean {
  return adapters.every(
    ({ armId, seed }) =>
      tables.some(({ arm }) => arm === armId) &&
      (runOf(tables, armId, seed) !== undefined || runOf(analysed, armId, seed) === undefined),
  );
}

/** The worker's request, where there are no tables. */
export const gatedAdapters = (adapters: readonly StoredAdapter[], off: ReadonlySet<string>): GatedAdapter[] =>
  adapters.map(({ layout, scale, values }) => ({
    layout,
    scale,
    values,
    gates: gatesOfPlayers(layout, gatesOf(layout.players, off)),
  }));

/** Adapters with the same layers off. */
export interface HandQuestion {
  readonly adapters: readonly StoredAdapter[];
  readonly off: ReadonlySet<string>;
}

/** Whether these are among those, and not only others of the same arms and seeds. */
export const areAmong = (some: HandQuestion['adapters'], all: HandQuestion['adapters']): boolean =>
  some.every(({ values }) => all.some((other) => other.values === values));

export const isSameQuestion = (one: HandQuestion, other: HandQuestion): boolean =>
  one.adapters.length === other.adapters.length &&
  areAmong(one.adapters, other.adapters) &&
  one.off.size === other.off.size &&
  [...one.off].every((key) => other.off.has(key));

export const measuredScores = (adapters: readonly StoredAdapter[], { images, scores }: GateScores): HandScore[] =>
  adapters.map(({ armId, seed }, i) => ({ arm: armId, seed, images, ...scores[i] }));

export interface HandRow {
  readonly arm: string;
  readonly name: string;
  /** Mean over seeds. */
  readonly accuracy: number;
  /** Standard error of one run's accuracy due to the number of test images. */
  readonly samplingError: number;
  /** Accuracy with all layers on, and the change from it. */
  readonly full: number;
  readonly change: number;
  readonly retained: number | null;
  readonly images: number;
  /** Accuracy per seed. */
  readonly seeds: readonly { readonly seed: number; readonly accuracy: number }[];
}

/** One row per arm that was scored. @param effect design effect of accuracies */
export function handRows(arms: StudyConfig['arms'], scores: readonly HandScore[], effect: number): HandRow[] {
  return arms.flatMap(({ id, name }) => {
    const own = scores.filter(({ arm }) => arm === id).sort((a, b) => a.seed - b.seed);
    if (own.length === 0) return [];
    const [accuracy, full, none] = (['gated', 'full', 'none'] as const).map((key) =>
      mean(own.map((score) => score[key])),
    );
    const { images } = own[0];
    return [
      {
        arm: id,
        name,
        accuracy,
        samplingError: shareError(accuracy, images / effect),
        full,
        change: accuracy - full,
        retained: clearRetainedGain(accuracy, none, full, images / effect),
        images,
        seeds: own.map(({ seed, gated }) => ({ seed, accuracy: gated })),
      },
    ];
  });
}

/** Whether these layers are off in the best or the worst set of as many layers of an arm: it was chosen on the images that it is measured on. */
export const isExtreme = (tables: readonly CoalitionAccuracies[], off: ReadonlySet<string>): boolean =>
  tables.some(({ arm, players }) => {
    const kept = players.length - off.size;
    if (off.size === 0 || kept <= 0) return false;
    return (['best', 'worst'] as const).some((which) => {
      const extreme = extremeOff(tables, arm, kept, which);
      return extreme.size === off.size && [...extreme].every((layer) => off.has(layer));
    });
  });

/** The layers that are off in the best (worst) set of `kept` layers of an arm, over its seeds. */
export function extremeOff(
  tables: readonly CoalitionAccuracies[],
  arm: string,
  kept: number,
  which: 'best' | 'worst',
): Set<string> {
  const own = tables.filter((table) => table.arm === arm);
  const [{ players }] = own;
  const mask = extremeCoalition(
    own.map(({ accuracy }) => accuracy),
    kept,
    which,
  );
  const gates = gatesOfMask(mask, players.length);
  return new Set(players.flatMap((player, i) => (gates[i] ? [] : [playerKey(player)])));
}
