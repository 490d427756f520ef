/** A candidate of a search as an arm, and as a study of the page beside LoRA and CopRA. */
import * as v from 'valibot';
import { ArmSchema, plainArm, type ArmConfig, type StudyConfig } from '../config/config.ts';
import type { Regime } from './regimes.ts';
import type { SearchedCandidate, Take, Taken } from './schedule-search.ts';

/** Longest name of an arm. */
const MAX_NAME = 60;

/** Id of the arm of a candidate. */
export const armIdOf = ({ candidate, take }: Taken): string => (take === 'last' ? candidate : `${candidate}-mean`);

/** The change is of an arm of the regime, checked as an arm: it may come from a file of anyone. @throws v.ValiError for settings that no arm has */
export function armOf({ config }: Regime, { id, name, method, change }: SearchedCandidate, take: Take): ArmConfig {
  const taken = take === 'average' ? { take } : {};
  return plainArm(
    v.parse(ArmSchema, {
      ...config.arms[1],
      method,
      ...change,
      ...taken,
      id: armIdOf({ candidate: id, take }),
      name: name.slice(0, MAX_NAME),
    }),
  );
}

/** The study of the regime with the candidate behind its own arms; those alone for a candidate that is one of them. */
export function candidateStudy(regime: Regime, candidate: SearchedCandidate, take: Take): StudyConfig {
  const arm = armOf(regime, candidate, take);
  const { config } = regime;
  if (config.arms.some(({ id }) => id === arm.id)) return config;
  return { ...config, arms: [...config.arms, arm] };
}
