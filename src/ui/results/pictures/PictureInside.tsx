/** A look inside on an opened picture: the backbone beside one run of every arm. */
import { useCallback, useMemo, useState } from 'react';
import { respondentsOf, seedsOf, type OwnAdapter } from '../../../state/own/respondents.ts';
import type { ArmConfig } from '../../../study/config/config.ts';
import type { PictureInput, PredictorSetting } from '../../../study/predictions/question.ts';
import { Choice } from '../../controls/Choice.tsx';
import { LookInside } from '../inside/LookInside.tsx';
import { RESULT_WORDS } from '../messages.ts';
import { PICTURE_WORDS } from './messages.ts';
import css from './pictures.module.css';

export interface PictureInsideProps {
  readonly arms: readonly ArmConfig[];
  readonly picture: PictureInput & { readonly kind: 'square' };
  readonly caption: string;
  readonly adapters: readonly OwnAdapter[];
  readonly setting: PredictorSetting;
}

export function PictureInside({ arms, picture, caption, adapters, setting }: PictureInsideProps) {
  const seeds = useMemo(() => seedsOf(adapters), [adapters]);
  const [wanted, setSeed] = useState<number | null>(null);
  const seed = seeds.find((one) => one === wanted) ?? seeds.at(0) ?? 0;
  const named = useCallback(
    () =>
      respondentsOf(arms, adapters, {
        seeds: [seed, seed],
        lambda: 0,
        averaging: 'factors',
        off: new Set(),
        ticked: new Set(),
      }),
    [arms, adapters, seed],
  );
  return (
    <div className={css.layers}>
      {seeds.length > 1 && (
        <Choice
          label={PICTURE_WORDS.opened.seedLookedInto}
          value={String(seed)}
          options={seeds.map((one) => ({ id: String(one), name: RESULT_WORDS.seed(one) }))}
          onChange={(id) => setSeed(Number(id))}
        />
      )}
      <LookInside {...{ picture, caption, arms, named, setting }} />
    </div>
  );
}
