/** The sentence under the figure along training. Empty while there is nothing to read. */
import { COMPARISONS, comparisonMessage } from '../../../copra/readings/message.ts';
import { comparedArms } from '../../../state/summary/findings.ts';
import { timelineReading, type AtStep, type TimelineArm } from '../../../copra/readings/timeline.ts';
import {
  keptSteps,
  timelineDifference,
  timelineInterval,
  type TimelineFigure,
} from '../../../study/result/measures/timeline.ts';
import { testSample } from '../../../study/result/measures/sample.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { timelineSteps } from '../../../study/run/snapshots.ts';
import { joined } from '../../results/left-out.ts';
import { readArms } from '../../results/read-arms.ts';
import { TIMELINE_WORDS } from './messages.ts';

/** Says that some of the steps are missing. */
function missingSteps({ timeline, config }: StudyResult): string {
  const asked = timelineSteps(config, config.analyses.timeline?.steps ?? 0).length + 1;
  const whole = (timeline?.runs ?? []).filter(({ steps }) => steps.at(-1) === config.training.steps);
  const known = Math.min(...whole.map(({ steps }) => steps.length));
  return known >= asked ? '' : TIMELINE_WORDS.missingSteps(asked, known);
}

/** How the midpoints of two arms differ at the end; empty without both. */
export function timelineMessage(result: StudyResult): string {
  const arms = comparedArms(result.config);
  const [first, second] = (arms ?? []).map(({ id }) => ({ arm: id, step: keptSteps(result, id).at(-1) }));
  if (!arms || first.step === undefined || second.step === undefined || !result.timeline?.pairs.length) return '';
  const ends = [first, second].map(({ arm, step = 0 }) => ({ arm, step }));
  const difference = timelineDifference(result, 'midpoint', ends[0], ends[1]);
  return comparisonMessage(COMPARISONS.timeline, [arms[0].name, arms[1].name], difference);
}

export function timelineCaption(result: StudyResult): string {
  const { timeline } = result;
  if (!timeline || timeline.runs.length === 0) return '';
  const reading = readArms(result, timeline.runs, (arms) => {
    const [baseline] = arms;
    return timelineReading(
      arms
        .filter(({ results }) => results.length > 0)
        .map(({ id, name, results }): TimelineArm => {
          const steps = keptSteps(result, id);
          const against = (figure: TimelineFigure): AtStep[] =>
            id === baseline.id
              ? []
              : steps.map((step) => ({
                  step,
                  interval: timelineDifference(result, figure, { arm: baseline.id, step }, { arm: id, step }),
                }));
          const pairs = timeline.pairs.filter(({ arm }) => arm === id);
          return {
            name,
            aboveEnds:
              pairs.length > 0
                ? steps.map((step) => ({ step, interval: timelineInterval(result, id, 'above ends', step) }))
                : [],
            midpoint: against('midpoint'),
            everyOther: against('every other'),
            seeds: results.length,
            pairs: pairs.length,
          };
        }),
      testSample(result),
    );
  });
  return joined(reading, missingSteps(result));
}
