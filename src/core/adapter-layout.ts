/**
 * Where every LoRA factor of an adapter lies inside ONE flat Float32Array.
 *
 * An adapter is a plain vector, so that interpolating, merging, pruning, averaging and AdamW are vector operations.
 * The layout is the only thing that knows which part of it is which factor.
 */

export type TowerName = 'vision' | 'text';
/** In storage order. */
export const TOWERS = ['vision', 'text'] as const satisfies readonly TowerName[];

/** The linear maps of a transformer block that LoRA may adapt, in storage order. */
export const PROJECTIONS = ['q', 'k', 'v', 'o', 'fc1', 'fc2'] as const;
export type Projection = (typeof PROJECTIONS)[number];

/** A layer of a tower: the unit that CopRA drops and a player of the cooperative game. */
export interface Player {
  readonly tower: TowerName;
  /** From 0, which is nearest the input. */
  readonly layer: number;
}

/** One adapted projection: A is [rank, inFeatures], B is [outFeatures, rank], both row-major; ΔW = scale · B · A. */
export interface LoraPair extends Player {
  readonly projection: Projection;
  readonly inFeatures: number;
  readonly outFeatures: number;
  readonly aOffset: number;
  readonly bOffset: number;
  /** Offset of the magnitude changes, [outFeatures]; null in layouts without magnitudes. */
  readonly magnitudeOffset: number | null;
}

/** A trained classifier head, stored after the factors: weight [classes, features], then bias [classes]. Never gated. */
export interface HeadLayout {
  readonly classes: number;
  readonly features: number;
  readonly weightOffset: number;
  readonly biasOffset: number;
}

export interface AdapterLayout {
  readonly rank: number;
  /**
   * DoRA (Liu et al. 2024, arXiv 2402.09353): an adapted map is diag(m / n)(W + scale · B · A), where n holds the row norms of W + scale ·
   * B · A. The adapter stores m as its change from the row norms of W, so an all-zero adapter is the backbone, as without magnitudes.
   */
  readonly dora: boolean;
  /** Vision layers first, then text layers; inside a layer in PROJECTIONS order. */
  readonly pairs: readonly LoraPair[];
  /** Layers that carry at least one pair, vision first, bottom to top. */
  readonly players: readonly Player[];
  /** For every pair, the index of its player. */
  readonly playerOfPair: readonly number[];
  readonly head: HeadLayout | null;
  /** Length of the flat vector. */
  readonly size: number;
}

/** The facts about a tower that a layout needs. */
export interface TowerShape {
  readonly layers: number;
  readonly width: number;
  readonly mlpWidth: number;
}

export interface AdapterTargets {
  readonly rank: number;
  /** Default: false. */
  readonly dora?: boolean;
  readonly towers: readonly TowerName[];
  readonly projections: readonly Projection[];
}

/** An adapted projection without its offsets: which map it is, and its size. */
export type PairShape = Omit<LoraPair, 'aOffset' | 'bOffset' | 'magnitudeOffset'>;

/** Lays out the given projections at one rank, in storage order. @throws RangeError when the rank is not a positive integer, or there are no projections. */
export function layoutOfPairs(
  shapes: readonly PairShape[],
  rank: number,
  head: { classes: number; features: number } | null = null,
  dora = false,
): AdapterLayout {
  if (!Number.isInteger(rank) || rank < 1) throw new RangeError(`LoRA rank must be a positive integer, got ${rank}.`);
  if (shapes.length === 0) throw new RangeError('LoRA adapts nothing: choose at least one tower and one projection.');
  const sorted = [...shapes].sort(
    (a, b) =>
      TOWERS.indexOf(a.tower) - TOWERS.indexOf(b.tower) ||
      a.layer - b.layer ||
      PROJECTIONS.indexOf(a.projection) - PROJECTIONS.indexOf(b.projection),
  );
  const players: Player[] = [];
  const playerOfPair: number[] = [];
  let offset = 0;
  const pairs = sorted.map(({ tower, layer, projection, inFeatures, outFeatures }): LoraPair => {
    const last = players.at(-1);
    if (last?.tower !== tower || last.layer !== layer) players.push({ tower, layer });
    playerOfPair.push(players.length - 1);
    const aOffset = offset;
    const bOffset = aOffset + rank * inFeatures;
    offset = bOffset + outFeatures * rank;
    const magnitudeOffset = dora ? offset : null;
    if (dora) offset += outFeatures;
    return { tower, layer, projection, inFeatures, outFeatures, aOffset, bOffset, magnitudeOffset };
  });
  let headLayout: HeadLayout | null = null;
  if (head) {
    const { classes, features } = head;
    const weightOffset = offset;
    const biasOffset = weightOffset + classes * features;
    offset = biasOffset + classes;
    headLayout = { classes, features, weightOffset, biasOffset };
  }
  return { rank, dora, pairs, players, playerOfPair, head: headLayout, size: offset };
}

/** Sizes of a projection's map: [out, in] = [outFeatures, inFeatures]. */
export function pairShape(tower: TowerName, layer: number, projection: Projection, shape: TowerShape): PairShape {
  return {
    tower,
    layer,
    projection,
    inFeatures: projection === 'fc2' ? shape.mlpWidth : shape.width,
    outFeatures: projection === 'fc1' ? shape.mlpWidth : shape.width,
  };
}

/**
 * Lays out the factors of an adapter.
 * @throws RangeError when the rank is not a positive integer, or when nothing would be adapted.
 */
export function createAdapterLayout(
  shapes: Partial<Record<TowerName, TowerShape>>,
  targets: AdapterTargets,
  head: { classes: number; features: number } | null = null,
): AdapterLayout {
  const projections = PROJECTIONS.filter((projection) => targets.projections.includes(projection));
  const pairs: PairShape[] = [];
  for (const tower of TOWERS) {
    const shape = shapes[tower];
    if (!shape || !targets.towers.includes(tower)) continue;
    for (let layer = 0; layer < shape.layers; layer++)
      for (const projection of projections) pairs.push(pairShape(tower, layer, projection, shape));
  }
  return layoutOfPairs(pairs, targets.rank, head, targets.dora);
}

/** A layout with maps of size 1, where only the number of layers matters. */
export const layoutOfLayers = (layers: Readonly<Record<TowerName, number>>, targets: AdapterTargets): AdapterLayout =>
  createAdapterLayout(
    {
      vision: { layers: layers.vision, width: 1, mlpWidth: 1 },
      text: { layers: layers.text, width: 1, mlpWidth: 1 },
    },
    targets,
  );

/** Where A [rank, in] and B [out, rank] of every pair lie in the flat vector. */
export const factorRanges = ({ pairs, rank }: AdapterLayout): { readonly from: number; readonly to: number }[] =>
  pairs.flatMap(({ aOffset, bOffset, inFeatures, outFeatures }) => [
    { from: aOffset, to: aOffset + rank * inFeatures },
    { from: bOffset, to: bOffset + outFeatures * rank },
  ]);

/** Expands gates over players (layers) to gates over pairs, which the engine expects. */
export function gatesOfPlayers(layout: AdapterLayout, playerGates: ArrayLike<number>): Uint8Array {
  if (playerGates.length !== layout.players.length)
    throw new RangeError(`Expected ${layout.players.length} layer gates, got ${playerGates.length}.`);
  return Uint8Array.from(layout.playerOfPair, (player) => (playerGates[player] ? 1 : 0));
}

/** Gates with every pair on. */
export function allGates(layout: AdapterLayout): Uint8Array {
  return new Uint8Array(layout.pairs.length).fill(1);
}
