/** The two kinds of adapters, LoRA and DoRA: what holds for the updates of either, and which go together. */
import type { AdapterLayout } from '../core/adapter-layout.ts';

type Kind = Pick<AdapterLayout, 'dora'>;

/** Whether updates are scale · B · A: of low rank, and linear in B. Those of DoRA are neither, because the rows of W are scaled too. */
export const hasLowRankUpdates = ({ dora }: Kind): boolean => !dora;

/** The same of what has an adapter: a run, a respondent. */
export const isLowRank = ({ layout }: { readonly layout: Kind }): boolean => hasLowRankUpdates(layout);

/** Whether all are LoRA adapters or all are DoRA adapters: others have no form in common, because converting a LoRA adapter to magnitudes requires the frozen weights. */
export const areOfOneKind = ([first, ...others]: readonly Kind[]): boolean =>
  others.every(({ dora }) => dora === first.dora);
