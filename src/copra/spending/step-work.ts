/**
 * The arithmetic of one training step of a run, given its gates: multiplications and additions in the matrix products of blocks and adapters, as the
 * trainer computes them for a run on its own. Every image passes all blocks of the vision tower. The backward ends at the lowest active layer, and the text
 * tower is computed only where one of its layers is active. Norms, activation functions, the embedding and the optimizer are not counted.
 */
import { TOWERS, type LoraPair, type Projection, type TowerName } from '../../core/adapter-layout.ts';

/** What the work of a tower in a step follows from. */
export interface TowerWork {
  readonly layers: number;
  readonly width: number;
  readonly mlpWidth: number;
  /** Tokens of a sequence. */
  readonly tokens: number;
  /** Sequences of a step: images of a batch, or class prompts. */
  readonly sequences: number;
  /** Whether the last block computes one token behind its attention, as in a vision tower. */
  readonly lastIsPooled: boolean;
  /** Whether it is computed where nothing of it is active: images differ in every step, prompts do not. */
  readonly isAlwaysNeeded: boolean;
}

export type TowersWork = Readonly<Partial<Record<TowerName, TowerWork>>>;

/** Rows of one sequence: those of keys and values, and those of everything else. */
function rowsOf({ tokens, layers, lastIsPooled }: TowerWork, layer: number): { tokens: number; rows: number } {
  return { tokens, rows: lastIsPooled && layer === layers - 1 ? 1 : tokens };
}

/** Forward of one sequence through one block. */
function forwardWork(tower: TowerWork, layer: number): number {
  const { width, mlpWidth } = tower;
  const { tokens, rows } = rowsOf(tower, layer);
  const maps = 2 * width * width * (2 * tokens + 2 * rows) + 4 * rows * width * mlpWidth;
  return maps + 4 * rows * tokens * width; // Q Kᵀ, and P V
}

/**
 * Gradients of the inputs of one block for one sequence.
 * @param active its active projections @param needsInput whether a layer below is active
 */
function backwardWork(tower: TowerWork, layer: number, active: ReadonlySet<Projection>, needsInput: boolean): number {
  const { width, mlpWidth } = tower;
  const { tokens, rows } = rowsOf(tower, layer);
  const needsAttention = needsInput || (['q', 'k', 'v'] as const).some((projection) => active.has(projection));
  const needsContext = needsAttention || active.has('o');
  const needsHidden = needsContext || active.has('fc1');
  let work = 0;
  if (needsHidden) work += 2 * rows * width * mlpWidth; // through fc2
  if (needsContext) work += 2 * rows * width * mlpWidth; // through fc1
  if (needsAttention) work += 2 * rows * width * width + 8 * rows * tokens * width; // through o; of P, V, Q and K
  if (needsInput) work += 2 * width * width * (rows + 2 * tokens); // through q, k and v
  return work;
}

/** Forms W + sBA once, and for every row A x and the gradients of A and B. @param rows of the whole batch */
const adapterWork = ({ inFeatures, outFeatures }: LoraPair, rank: number, rows: number): number =>
  2 * rank * inFeatures * outFeatures + 4 * rows * rank * (inFeatures + outFeatures);

/**
 * @param pairs of the layout, with the sizes of the tower's maps
 * @param gates [pairs]
 * @returns multiplications and additions
 */
export function stepWork(
  towers: TowersWork,
  { rank, pairs }: { readonly rank: number; readonly pairs: readonly LoraPair[] },
  gates: ArrayLike<number>,
): number {
  let work = 0;
  for (const name of TOWERS) {
    const tower = towers[name];
    if (!tower) continue;
    const { layers, sequences } = tower;
    const active = Array.from({ length: layers }, () => new Set<Projection>());
    let lowest = layers;
    pairs.forEach((pair, i) => {
      if (pair.tower !== name || !gates[i]) return;
      active[pair.layer].add(pair.projection);
      lowest = Math.min(lowest, pair.layer);
      const { tokens, rows } = rowsOf(tower, pair.layer);
      const seen = pair.projection === 'k' || pair.projection === 'v' ? tokens : rows;
      work += adapterWork(pair, rank, sequences * seen);
    });
    if (lowest === layers && !tower.isAlwaysNeeded) continue;
    for (let layer = 0; layer < layers; layer++) {
      work += sequences * forwardWork(tower, layer);
      if (layer >= lowest) work += sequences * backwardWork(tower, layer, active[layer], layer > lowest);
    }
  }
  return work;
}
