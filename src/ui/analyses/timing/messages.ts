/** The words of the figure of times. */
import { comparison } from '../../../study/readings/messages.ts';
import { counted } from '../../../core/counted.ts';
import { catalogue } from '../../../core/language/catalogue.ts';

export const TIMING_WORDS = catalogue('timing', {
  help: [
    'In the study all runs train together, and their times cannot be told apart. So some steps of every run are done again, one run at a time, with the gates of that step. The runs of a seed take turns; each step is done five times, and the least of the times counts. Bands are one standard deviation over seeds.',
    'An inactive layer needs no gradient, so a step of CopRA is cheaper while layers are off. Every image still passes all layers. Preparing images is left out: it is the same in all arms. Times hold for this device.',
  ],
  awaited: 'The time of a step of every arm appears here when training is done.',
  off: 'Switch on Time of a step under Analyses to see how long a step of every arm takes.',
  stepAxis: 'training step',
  step: (step: string): string => `step ${step}`,
  timeAxis: 'milliseconds of a step',
  milliseconds: (time: string): string => `${time}\u00a0ms`,
  head: ['Arm', 'Step', 'Milliseconds', '±'],
  caption: {
    step: (arms: string): string => `A step of a run on its own takes, in milliseconds: ${arms}`,
    differences: (differences: string): string => `95\u00a0% interval of the difference over seeds: ${differences}`,
    over: (steps: number, spread: string, device: string): string =>
      `means over ${counted(steps, 'step')} from all of the training, ${spread}, on ${device}`,
  },
  comparison: comparison('Trained on its own', 'takes less time for a step', 'the time of a step'),
});
