import type { SeedValue } from '../../../core/crossed-interval.ts';
import { mean } from '../../../core/statistics.ts';
import { differencesBySeed, seedDifference } from '../../../copra/seed-differences.ts';
import { midpointMeasure } from '../../../study/result/measures/paths.ts';
import { testSample } from '../../../study/result/measures/sample.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { armFacts, betweenSeeds, ofSeedsOfAll, sideOfInterval } from '../../facts.ts';
import type { Lesson, LessonRun, LessonView } from '../../lesson.ts';
import { hasRun, runConfig } from '../../run-settings.ts';
import { MERGING_LESSON_WORDS } from './messages.ts';

const RUN: LessonRun = {
  label: () => MERGING_LESSON_WORDS.train.button,
  settings: 'steps=150&validate-every=50&seeds=0-2',
};

const meanOf = (values: readonly SeedValue[]): number => mean(values.map(({ value }) => value));

/** What both rules give with an arm, and what the choice between them costs it for every pair of seeds. */
function byRule(result: StudyResult, arm: string) {
  const [factors, updates] = (['factor', 'product'] as const).map((path) => midpointMeasure(path).values(result, arm));
  const gap = differencesBySeed(factors, updates);
  // The rule that is the better one on average, less the other.
  const costs = meanOf(gap) < 0 ? differencesBySeed(updates, factors) : gap;
  return { factors: meanOf(factors), updates: meanOf(updates), costs };
}

function rulesOutcome({ result }: LessonView): string | null {
  const [one, other] = [armFacts(result, 'lora'), armFacts(result, 'copra')];
  if (!result || !one || !other) return null;
  const shared = ofSeedsOfAll(result);
  const [lora, copra] = [byRule(shared, one.arm), byRule(shared, other.arm)];
  const difference = seedDifference(lora.costs, copra.costs, testSample(shared));
  if (!difference) return null;
  return MERGING_LESSON_WORDS.rules.outcome(lora, copra, difference, sideOfInterval(difference));
}

function mergeOutcome({ saved }: LessonView): string {
  const pairs = betweenSeeds(armFacts(saved, 'lora'));
  return MERGING_LESSON_WORDS.merge.outcome(pairs, runConfig(RUN).training.steps);
}

export const MERGING: Lesson = {
  id: 'merging',
  words: () => MERGING_LESSON_WORDS,
  minutes: 10,
  steps: [
    { id: 'clients', words: () => MERGING_LESSON_WORDS.clients },
    {
      id: 'rules',
      words: () => MERGING_LESSON_WORDS.rules,
      part: 'landscape',
      prediction: {
        words: () => MERGING_LESSON_WORDS.rules,
        conceal: ['landscape', 'path-pictures', 'pictures', 'summary'],
        outcome: rulesOutcome,
      },
    },
    {
      id: 'train',
      words: ({ adapters }) => {
        const { title, text } = MERGING_LESSON_WORDS.train;
        return { title, text: text(adapters.runs >= 2 ? adapters.runs : null) };
      },
      part: 'run',
      needs: ['adapters'],
      run: RUN,
      done: (view) => hasRun(RUN, view),
    },
    {
      id: 'merge',
      words: () => MERGING_LESSON_WORDS.merge,
      part: 'adapters',
      needs: ['adapters'],
      takesRun: true,
      prediction: {
        words: () => MERGING_LESSON_WORDS.merge,
        conceal: [],
        outcome: mergeOutcome,
      },
      done: ({ adapters }, { choice }) => choice !== null && adapters.merged > 0,
    },
    { id: 'tasks', words: () => MERGING_LESSON_WORDS.tasks, part: 'task', needs: ['task', 'adapters'] },
  ],
};
