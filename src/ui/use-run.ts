import * as v from 'valibot';
import { useStore } from 'zustand/react';
import { reasonText } from '../core/error-text.ts';
import type { StoredModel } from '../model/hub/manifest.ts';
import { firstViolation } from '../platform/describe-issues.ts';
import { LESSON_WORDS } from '../lessons/messages.ts';
import { mayRun } from '../state/lessons/lessons-store.ts';
import { findBackbone } from '../state/models/backbones.ts';
import type { DatasetState } from '../state/dataset/dataset-store.ts';
import { canBeExact, playersOfArm } from '../study/analyses/shapley/players.ts';
import { MAX_EXACT } from '../study/analyses/shapley/settings.ts';
import { StudyConfigSchema, type ArmConfig, type StudyConfig } from '../study/config/config.ts';
import { secondsOf } from '../state/study/estimates.ts';
import { useModelsFor, useServices, useStudy } from './context.ts';
import { aboutTime } from './format.ts';
import { useLessons } from './lessons/use-lessons.ts';
import { PAGE_WORDS } from './messages.ts';

/** What a study on the reader's own images waits for; null where it waits for none. */
export function imagesProblem(
  { task }: Pick<StudyConfig, 'task'>,
  { phase }: Pick<DatasetState, 'phase'>,
): string | null {
  const words = PAGE_WORDS.problem;
  const problems: Record<DatasetState['phase'], string | null> = {
    empty: words.noImages,
    listing: words.preparing,
    planned: words.unprepared,
    preparing: words.preparing,
    failed: words.unusable,
    ready: null,
  };
  return task === 'dropped' ? problems[phase] : null;
}

/** Why this study cannot run, and what to do; null when it can. */
function problemOf(config: StudyConfig, data: DatasetState, models: readonly StoredModel[] | null): string | null {
  const words = PAGE_WORDS.problem;
  if (config.evaluated) return words.evaluation;
  if (config.incomplete) return words.newerSettings;
  const backbone = findBackbone(config.backbone, models);
  if (!backbone) return models === null ? words.lookingForBackbone : words.noBackbone(config.backbone);
  const { patchSize } = backbone.facts.vision;
  if (config.imageSize !== undefined && config.imageSize % patchSize !== 0) return words.inputSize(patchSize);
  const images = imagesProblem(config, data);
  if (images) return images;
  const { shapley } = config.analyses;
  const playersOf = (arm: ArmConfig) => playersOfArm(arm, shapley, backbone.layers);
  const large = config.arms.find((arm) => !canBeExact(playersOf(arm)));
  if (shapley.enabled && shapley.estimator === 'exact' && large) {
    const { vision, text } = playersOf(large);
    return words.tooManyPlayers(
      large.name,
      vision,
      text,
      shapley.players ?? 'layer',
      MAX_EXACT.players,
      MAX_EXACT.perTower,
    );
  }
  const parsed = v.safeParse(StudyConfigSchema, config);
  if (parsed.success) return null;
  const keys = parsed.issues[0].path?.map((part) => String(part.key)) ?? null;
  return words.outOfRange(keys, reasonText(firstViolation(parsed.issues).what));
}

/** Why no study may begin here at all; null where studies may. */
export const useRunRefusal = (): string | null => (useLessons(mayRun) ? null : LESSON_WORDS.runRefused);

/** Why a study cannot run, and what to do; null when it can. */
export function useRunProblem(config: StudyConfig): string | null {
  const { dataset } = useServices();
  const data = useStore(dataset);
  const stored = useModelsFor(config.backbone);
  const refusal = useRunRefusal();
  return refusal ?? problemOf(config, data, stored);
}

interface Run {
  readonly run: () => void;
  readonly problem: string | null;
  /** " · about 14 min", to stand behind the label; empty where it is not known. */
  readonly time: string;
}

/** The command behind every "Run" button. */
export function useRun(): Run {
  const { controller, dataset, estimates } = useServices();
  const config = useStudy((state) => state.config);
  const images = useStore(dataset, (state) => state.dataset);
  const seconds = useStore(estimates, (state) => secondsOf(state, config));
  return {
    run: () => void controller.run(config.task === 'dropped' ? images : null),
    problem: useRunProblem(config),
    time: seconds === null ? '' : ` · ${aboutTime(seconds)}`,
  };
}
