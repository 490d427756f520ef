/** Who answers about a picture of the reader's own: the backbone, every arm, and a merge, with layers off and between two seeds. Pure. */
import { areOfOneKind, isLowRank } from '../../copra/adapter-kinds.ts';
import type { AdapterLayout, Player } from '../../core/adapter-layout.ts';
import { withDecimalPoint } from '../../core/number-format.ts';
import type { Averaging, HeldAdapter, PictureVariant } from '../../study/predictions/question.ts';
import type { ArmConfig } from '../../study/config/config.ts';
import { PRESET_WORDS } from '../../study/presets/messages.ts';
import { playerKey } from '../summary/prune-by-hand.ts';
import { RESPONDENT_WORDS } from './messages.ts';

/** An adapter that can be asked. */
export interface OwnAdapter extends HeldAdapter {
  readonly name: string;
  /** Id of its arm and its seed, of a run of the study; null for an opened or merged adapter. */
  readonly run: { readonly arm: string; readonly seed: number } | null;
}

/** What the reader has set. */
export interface OwnSettings {
  /** The seeds at λ = 0 and λ = 1. */
  readonly seeds: readonly [first: number, second: number];
  readonly lambda: number;
  readonly averaging: Averaging;
  /** Keys of layers (prune-by-hand.ts). */
  readonly off: ReadonlySet<string>;
  /** Ids of the adapters to merge. */
  readonly ticked: ReadonlySet<string>;
}

/** One of those who answer side by side. */
export interface Respondent {
  readonly id: string;
  readonly name: string;
  /** Which adapters it is made of, in words; empty for the backbone. */
  readonly detail: string;
  /** Null for the backbone and merges. */
  readonly arm: string | null;
  /** As set. */
  readonly variant: PictureVariant;
  /** The same with every layer on; null where that is no other. */
  readonly whole: PictureVariant | null;
}

/** Seeds of runs at hand, rising. */
export const seedsOf = (adapters: readonly OwnAdapter[]): number[] =>
  [...new Set(adapters.flatMap(({ run }) => (run ? [run.seed] : [])))].sort((a, b) => a - b);

/** What is set, completed for these adapters: the first two seeds at hand where none are chosen, or they are not at hand. */
export function settingsFor(chosen: Partial<OwnSettings>, adapters: readonly OwnAdapter[]): OwnSettings {
  const seeds = seedsOf(adapters);
  const [first = 0, second = first] = seeds;
  return {
    lambda: 0,
    averaging: 'factors',
    off: new Set(),
    ticked: new Set(),
    ...chosen,
    seeds: chosen.seeds?.every((seed) => seeds.includes(seed)) ? chosen.seeds : [first, second],
  };
}

/** All layers that some adapter has: vision first, bottom to top. */
export function layersOf(adapters: readonly { readonly layout: Pick<AdapterLayout, 'players'> }[]): Player[] {
  const all = new Map(adapters.flatMap(({ layout }) => layout.players.map((player) => [playerKey(player), player])));
  const rank = ({ tower, layer }: Player): number => (tower === 'vision' ? 0 : 1e6) + layer;
  return [...all.values()].sort((a, b) => rank(a) - rank(b));
}

/** "0.35" */
export const lambdaText = (lambda: number): string => withDecimalPoint(String(Math.round(100 * lambda) / 100));

/** An adapter of a run of the study. */
type RunAdapter = OwnAdapter & { readonly run: NonNullable<OwnAdapter['run']> };

const isOfArm =
  (arm: string) =>
  (adapter: OwnAdapter): adapter is RunAdapter =>
    adapter.run?.arm === arm;

/** @param own runs of the arm */
function ofArm(
  own: readonly RunAdapter[],
  settings: OwnSettings,
): (Pick<Respondent, 'detail'> & Pick<PictureVariant, 'parts'>) | null {
  const { seeds, lambda } = settings;
  const at = (seed: number) => own.find(({ run }) => run.seed === seed);
  const [first, second] = [at(seeds[0]) ?? own.at(0), at(seeds[1])];
  if (!first) return null;
  if (!second || second === first || lambda === 0)
    return { detail: RESPONDENT_WORDS.seed(first.run.seed), parts: [{ adapter: first.id, weight: 1 }] };
  if (lambda === 1)
    return { detail: RESPONDENT_WORDS.seed(second.run.seed), parts: [{ adapter: second.id, weight: 1 }] };
  return {
    detail: RESPONDENT_WORDS.between(lambdaText(lambda), first.run.seed, second.run.seed),
    parts: [
      { adapter: first.id, weight: 1 - lambda },
      { adapter: second.id, weight: lambda },
    ],
  };
}

/** LoRA and DoRA adapters have no form in common. */
export const isMergeable = (adapters: readonly OwnAdapter[]): boolean =>
  areOfOneKind(adapters.map(({ layout }) => layout));

/** DoRA adapters have no average of updates. */
const methodOf = (adapters: readonly OwnAdapter[], averaging: Averaging): Averaging =>
  adapters.every(isLowRank) ? averaging : 'factors';

/** The backbone first, then arms in the order of the study, then the merge of ticked adapters. */
export function respondentsOf(
  arms: readonly ArmConfig[],
  adapters: readonly OwnAdapter[],
  settings: OwnSettings,
): readonly Respondent[] {
  const { averaging, off: keys, ticked } = settings;
  const off = layersOf(adapters).filter((player) => keys.has(playerKey(player)));
  const respondent = (
    named: Pick<Respondent, 'id' | 'name' | 'detail' | 'arm'>,
    parts: PictureVariant['parts'],
  ): Respondent => {
    const used = adapters.filter(({ id }) => parts.some(({ adapter }) => adapter === id));
    const variant: PictureVariant = { parts, method: methodOf(used, averaging), off };
    return { ...named, variant, whole: off.length > 0 ? { ...variant, off: [] } : null };
  };
  const frozen: Respondent = {
    id: 'backbone',
    name: RESPONDENT_WORDS.backbone,
    detail: '',
    arm: null,
    variant: { parts: [], method: averaging, off: [] },
    whole: null,
  };
  const trained = arms.flatMap((arm) => {
    const made = ofArm(adapters.filter(isOfArm(arm.id)), settings);
    return made
      ? [respondent({ id: `arm ${arm.id}`, name: PRESET_WORDS.arm(arm), detail: made.detail, arm: arm.id }, made.parts)]
      : [];
  });
  const chosen = adapters.filter(({ id }) => ticked.has(id));
  const merged =
    chosen.length > 1 && isMergeable(chosen)
      ? [
          respondent(
            {
              id: 'merge',
              name: RESPONDENT_WORDS.mergeOf(chosen.length),
              detail: RESPONDENT_WORDS.averaging[methodOf(chosen, averaging)],
              arm: null,
            },
            chosen.map(({ id }) => ({ adapter: id, weight: 1 / chosen.length })),
          ),
        ]
      : [];
  return [frozen, ...trained, ...merged];
}

/** What is asked of the worker, and where the answers of each respondent lie in it. */
export function variantsOf(respondents: readonly Respondent[]): readonly PictureVariant[] {
  return respondents.flatMap(({ variant, whole }) => (whole ? [variant, whole] : [variant]));
}
