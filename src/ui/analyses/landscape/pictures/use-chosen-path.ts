import { useMemo, useState } from 'react';
import {
  ofPair,
  pathKinds,
  pathPictures,
  type PathKind,
  type PathPictures,
} from '../../../../study/analyses/landscape/path-pictures.ts';
import type { ArmConfig } from '../../../../study/config/config.ts';
import type { Option } from '../../../controls/Choice.tsx';
import { pathWord } from '../path-word.ts';
import { PATH_PICTURES_WORDS } from './messages.ts';
import type { PathFigureParts } from './path-plot.ts';

const ALL = 'all';

/** The path that the reader looks at, of which arm and between which seeds, and what else they can choose. */
export interface ChosenPath {
  readonly kinds: readonly PathKind[];
  readonly kind: PathKind;
  readonly setKind: (word: string) => void;
  /** Those with pictures along paths of this kind. */
  readonly arms: readonly ArmConfig[];
  /** Absent where no arm has pictures. */
  readonly arm?: ArmConfig;
  readonly setArm: (id: string) => void;
  /** All pairs of seeds, and each alone. */
  readonly pairs: readonly Option<string>[];
  /** One of `pairs`. */
  readonly pair: string;
  readonly setPair: (id: string) => void;
  /** The seeds of the pair, joined by commas; null: all pairs. */
  readonly seeds: string | null;
  /** Of the arm. */
  readonly pairCount: number;
  /** The arm's pictures along the path; null where it has none. */
  readonly shown: PathPictures | null;
}

/** What was chosen is kept while another result lacks it. */
export function useChosenPath(parts: PathFigureParts): ChosenPath {
  const { landscape, config } = parts;
  const kinds = useMemo(() => pathKinds(landscape), [landscape]);
  const [wantedKind, setKind] = useState<string>();
  const kind = kinds.find((known) => pathWord(known) === wantedKind) ?? kinds[0];
  const known = useMemo(
    () =>
      new Map(
        config.arms.flatMap(({ id }) => {
          const pictures = pathPictures(parts, kind, id);
          return pictures ? [[id, pictures] as const] : [];
        }),
      ),
    [parts, config.arms, kind],
  );
  const arms = config.arms.filter(({ id }) => known.has(id));
  const [wantedArm, setArm] = useState<string>();
  const arm = arms.find(({ id }) => id === wantedArm) ?? arms.at(0);
  const all = (arm && known.get(arm.id)) ?? null;
  const [wantedPair, setPair] = useState<string>(ALL);
  const pairs: readonly Option<string>[] = [
    { id: ALL, name: PATH_PICTURES_WORDS.allPairs },
    ...(all?.pairs ?? []).map((one) => ({ id: one.seeds.join(), name: PATH_PICTURES_WORDS.pair(one.seeds) })),
  ];
  const pair = pairs.some(({ id }) => id === wantedPair) ? wantedPair : ALL;
  const seeds = pair === ALL ? null : pair;
  const shown = useMemo(() => all && ofPair(all, seeds), [all, seeds]);
  return {
    kinds,
    kind,
    setKind,
    arms,
    arm,
    setArm,
    pairs,
    pair,
    setPair,
    seeds,
    pairCount: all?.pairs.length ?? 0,
    shown,
  };
}
