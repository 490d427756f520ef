/** The words of lesson 7. */
import { catalogue } from '../../../core/language/catalogue.ts';
import { counted } from '../../../core/counted.ts';
import type { Sample } from '../../../core/clusters.ts';
import type { ScopedInterval } from '../../../core/crossed-interval.ts';
import { listed } from '../../../core/listed.ts';
import { percent } from '../../../core/number-format.ts';
import { scopeText } from '../../../study/readings/words.ts';
import { against, type Against, type Side } from '../../facts.ts';
import type { MapFacts } from '../../map-facts.ts';
import { COURSE_WORDS } from '../messages.ts';

/** Of a difference that says something of other seeds. */
export type ToldSide = Exclude<Side, 'tooFew'>;

const BY_LUCK = 'Without any difference, one such interval in twenty would exclude it too.';

const SIDES: Record<ToldSide, string> = {
  higher: `It excludes zero: that speaks for a difference in favour of CopRA, for this task and these settings. ${BY_LUCK}`,
  lower: `It excludes zero: that speaks for a difference in favour of LoRA, for this task and these settings. ${BY_LUCK}`,
  unclear: 'It includes zero: these seeds do not settle it.',
};

/** Of the mean of one arm. */
export interface OwnInterval extends ScopedInterval {
  /** Whether it may be narrower: the answers to single images are not known. */
  readonly isAtMost: boolean;
}

const KNOWN: Record<Against, (isProbably: boolean) => string> = {
  higher: (isProbably) =>
    `So the difference is **${isProbably ? 'probably ' : ''}known better**: what both arms share, hard pictures first of all, cancels.`,
  lower: () =>
    'So the difference is **known less well**: what both arms share and cancels is less than what each adds.',
  same: () => 'So both are known **equally well**.',
};

/** @param difference over the same */
const beside = (alone: OwnInterval, difference: ScopedInterval): string => {
  const [own, half] = [alone, difference].map(({ low, high }) => (high - low) / 2);
  const [has, atMost] = alone.isAtMost ? ['an interval of at most', 'at most '] : ['the interval', ''];
  return `For comparison, LoRA’s own mean has ${has} ${percent(alone.low)} to ${percent(alone.high)}, ${scopeText(difference)} as well. The difference is known to ± ${COURSE_WORDS.points(half)}, the mean to ${atMost}± ${COURSE_WORDS.points(own)}. ${KNOWN[against(own, half)](alone.isAtMost)} `;
};

/** Arms and measure of a map, by their names. */
interface MapNames {
  readonly baseline: string;
  readonly other: string;
  readonly measure: string;
}

/** How far apart the seeds of an arm lie, compared with the sampling error of their accuracy. */
export interface ArmBesideSampling {
  readonly name: string;
  readonly isCloser: boolean;
}

const AGAINST_SAMPLING = {
  closer: `The seeds lie closer together than the sampling error of the pictures would suggest, because all of them are tested on the *same* pictures:
a hard picture is hard for every seed.`,
  wider: `The seeds lie no closer together than the sampling error of the pictures would suggest, although all of them are tested on the *same* pictures:
here the luck of training counts at least as much as the choice of pictures.`,
  none: 'One seed has no spread: how much of its accuracy is luck, more seeds would have to say.',
};

const besideSampling = (arms: readonly ArmBesideSampling[] | null): string => {
  if (arms === null) return AGAINST_SAMPLING.none;
  const [closer, wider] = [true, false].map((side) =>
    arms.flatMap(({ name, isCloser }) => (isCloser === side ? [name] : [])),
  );
  if (wider.length === 0) return AGAINST_SAMPLING.closer;
  if (closer.length === 0) return AGAINST_SAMPLING.wider;
  return `The seeds of ${listed(closer)} lie closer together than the sampling error of the pictures would suggest, because all of them are tested on the *same* pictures. Those of ${listed(wider)} lie no closer together, although they are, too: there the luck of training counts at least as much as the choice of pictures.`;
};

/** Empty where each picture is its own motif, as far as anybody knows. */
const ofMotifs = ({ images, motifs, effective }: Sample, error: number): string =>
  motifs !== null && motifs < images
    ? `But they show only ${counted(motifs, 'motif')}, most of them in several styles, and pictures of one motif tend to be right or wrong together. So they tell as much as about ${counted(Math.round(effective), 'independent picture')}, and the sampling error is **${COURSE_WORDS.points(error)}**. `
    : '';

/** The cells of a map that have an accuracy, beside those that have another measure. */
interface InAccuracy extends Pick<MapFacts['whole'], 'cells' | 'better'> {
  /** The share of the other measure that is clearly better, against that in accuracy. */
  readonly share: Against;
}

const SHARES: Record<Against, string> = {
  higher: '**a larger share**',
  lower: '**a smaller share**',
  same: '**the same share**',
};

/** How far apart the seeds of an arm lie, compared with another study. */
export interface ArmSpread {
  readonly name: string;
  readonly spread: Against;
}

const AGAINST_SAVED: Record<Against, string> = {
  lower: '**closer together**',
  higher: '**farther apart**',
  same: '**as far apart**',
};

/** One word for both arms where they are alike. */
const besideSaved = ([first, ...others]: readonly ArmSpread[]): string =>
  others.every(({ spread }) => spread === first.spread)
    ? `Your seeds lie ${AGAINST_SAVED[first.spread]} in both arms.`
    : `Your seeds lie ${listed([first, ...others].map(({ name, spread }) => `${AGAINST_SAVED[spread]} for ${name}`))}.`;

/** Means of an arm over its seeds. */
export interface ArmBesideControl {
  readonly name: string;
  /** Of the gain, without every other layer. */
  readonly kept: number;
  /** With every layer on. */
  readonly accuracy: number;
}

/** What CopRA − control says of the ramp. */
const RAMP: Record<ToldSide, (isControlAhead: boolean) => string> = {
  higher: () => 'It excludes zero: the ramp adds something here that dropping layers at one rate does not.',
  lower: () =>
    'It excludes zero: in this measure the control keeps more. So that CopRA is ahead of LoRA is no evidence for its ramp.',
  unclear: (isControlAhead) =>
    isControlAhead
      ? 'It includes zero, and the control is clearly ahead of LoRA itself: dropping at one rate does as much, as far as these seeds tell.'
      : 'It includes zero: these seeds do not tell which of the two changes helps.',
};

export const HONEST_WORDS = catalogue('lessonHonest', {
  title: 'Where does CopRA help?',
  summary: 'A map of regimes, and how to tell a pattern from luck.',
  /** Shown while no cell of the map is done. */
  noCells:
    'No cell of the map can be compared yet, and none came with the page. **Run … cells here** under the map computes them one after the other, some minutes each; or go on, and come back to this step later.',
  /** What the corners of the map say of a measure; of everything but the means, a star is what counts. */
  corners: (
    { baseline, other, measure }: MapNames,
    { whole, done, corners }: MapFacts,
  ): string => `${other} − ${baseline}, ${measure}, corner by corner:

${corners
  .filter(({ cells }) => cells > 0)
  .map(
    ({ words, mean, better, worse, cells }) =>
      `- ${words}: mean **${COURSE_WORDS.signed(mean)}**; ${other} clearly better in ${better} of ${counted(cells, 'cell')}, clearly worse in ${worse}`,
  )
  .join('\n')}

*Clearly* means: the cell has a star, because its 95 % interval excludes 0. ${
    whole.cells === done
      ? `Of all ${counted(done, 'cell')} that are done`
      : `Of the ${whole.cells} of ${counted(done, 'cell')} that can be compared so (in the others too few seeds have this figure)`
  }, ${other} is clearly better in **${whole.better}** and clearly worse in **${whole.worse}**.`,
  regimes: {
    title: 'Predict the map',
    text: String.raw`
“CopRA is better” and “CopRA is worse” can both be true, of different **regimes**. The map runs the same comparison at several numbers of training images (upwards) and learning rates (across).

Two things to think with. CopRA’s layers are off at random until three quarters of the steps are over, so on average each learns in about

$$1 - \tfrac12 \cdot 0.75 = 62.5\,\%$$

of the steps: at a low learning rate it may not get far enough. And switching layers off is a kind of dropout, which holds back memorising: a danger that grows as pictures get few.`,
    question: 'In which corner is CopRA’s test accuracy, on average, not higher than LoRA’s?',
    choices: [
      'Few pictures, low rate',
      'Few pictures, high rate',
      'Many pictures, low rate',
      'Many pictures, high rate',
    ],
    /** @param corners what they say @param behind those in which the mean of the other arm is not higher */
    outcome: (
      corners: string,
      { other }: MapNames,
      behind: readonly string[],
      column: MapFacts['column'],
    ): string => `${corners}

${
  behind.length === 0
    ? `The mean of ${other} is higher in every corner.`
    : `The mean of ${other} is not higher at ${behind.map((words) => `**${words}**`).join('; nor at ')}.`
}${
      column
        ? ` A corner is a mean of several cells. The column farthest from 0 is ${column.words}, with a mean of **${COURSE_WORDS.signed(column.mean)}**; over the other ${counted(column.others.cells, 'cell')} the mean is ${COURSE_WORDS.signed(column.others.mean)}.`
        : ''
    }`,
  },
  map: {
    title: 'Ask the map something else',
    text: `
Accuracy with every layer on is one measure. Another: with every other layer switched off after training, what share of the gain over the untouched model is kept? Once you have answered, the map shows “gain kept, every other layer kept”; the menu over it has the other measures.`,
    question: 'Of the cells that can be compared so, in what share does CopRA keep clearly more?',
    choices: ['The same share as in accuracy', 'A larger share', 'A smaller share'],
    /** @param corners what they say @param before null without cells with an accuracy @param byChance how many of the intervals would exclude 0 without any difference */
    outcome: (
      corners: string,
      whole: MapFacts['whole'],
      before: InAccuracy | null,
      byChance: number,
    ): string => `${corners}

${
  before
    ? `That is ${whole.better} of ${whole.cells}, against ${before.better} of ${before.cells} in accuracy: ${SHARES[before.share]}. `
    : ''
}Compare the two readings. “CopRA helps” has no answer without *in what* and *where*. And of ${counted(whole.cells, 'interval')}, ${byChance < 1 ? 'fewer than one' : `about ${counted(Math.round(byChance), 'interval')}`} would exclude 0 even if the arms never differed:
one star alone says little. Neighbours that agree say hardly more, since they share seeds, test pictures and training pictures, and so their luck. Other seeds and other pictures do.`,
  },
  pictures: {
    title: 'How many pictures?',
    text: String.raw`
An accuracy is a share of test pictures. Other test pictures would have given another share. For $n$ independent pictures and accuracy $a$, the sampling error is about

$$\sqrt{\frac{a(1-a)}{n}}$$

Charts of accuracies say under their picture how many images and seeds they rest on, and so does the map.`,
    question: 'At about 60 % accuracy and 100 pictures, how large is the sampling error?',
    choices: ['0.5 points', '1.5 points', '5 points'],
    /** @param errors sampling errors of the accuracy: by the formula, with the pictures as they depend on each other, and with a hundred independent ones */
    outcome: (
      pictures: Sample,
      accuracy: number,
      errors: Readonly<Record<'ofFormula' | 'here' | 'ofHundred', number>>,
    ): string => `The result shown tests on **${pictures.images} pictures**. For LoRA’s ${percent(accuracy)} that gives $\\sqrt{a(1-a)/n}$ = **${COURSE_WORDS.points(errors.ofFormula)}**. ${ofMotifs(pictures, errors.here)}With 100 independent pictures it would be about ${COURSE_WORDS.points(errors.ofHundred)}.
A difference of two points between two methods, each tested once on 100 pictures, says next to nothing.`,
  },
  seeds: {
    title: 'How many seeds?',
    text: `
Training depends on luck: the initial numbers and the order of the pictures. Both come from the seed. One seed shows one draw; the **spread over seeds** shows how much of it is luck.

Bands, and ± behind a mean, are mostly standard deviations over seeds (or over pairs of seeds). They describe how single runs differ. The error of the *mean* is smaller, by the square root of the number of seeds. In the cells of the map ± is half of the 95 % interval; the small i beside the title of a figure says what it has.`,
    question: 'How far apart are the accuracies of LoRA’s seeds in the result shown, from the lowest to the highest?',
    choices: ['Less than 3 points', '3 to 10 points', 'More than 10 points'],
    /** @param spreads of the arms, a sentence each @param range from LoRA's lowest seed to its highest; null: one seed @param arms how they compare with the sampling error; null: there is one seed */
    outcome: (spreads: string, range: number | null, arms: readonly ArmBesideSampling[] | null): string =>
      `${spreads}${range === null ? '' : ` From LoRA’s lowest seed to its highest it is **${COURSE_WORDS.points(range)}**.`} ${besideSampling(arms)}`,
  },
  paired: {
    title: 'Compare in pairs',
    text: `
Both arms use the same seeds, in every study and in every cell of the map: equal seeds share initial numbers, pictures and their order. So compare seed by seed and look at the differences.`,
    question: 'How well is the difference of the arms known, compared with the accuracy of one of them?',
    choices: ['Less well: both arms have an error', 'Better: what both share cancels', 'As well'],
    /** @param side of CopRA against LoRA @param alone LoRA's own mean with its interval over the same; null where there is none */
    outcome: (
      difference: ScopedInterval,
      side: ToldSide,
      alone: OwnInterval | null,
    ): string => `CopRA − LoRA, seed by seed: **${COURSE_WORDS.signed(difference.mean)}**, ${COURSE_WORDS.interval(difference)}. ${SIDES[side]}

${alone ? beside(alone, difference) : 'LoRA’s own mean has no such interval here to compare it with. '}Every cell of the map is such a paired difference. The page shows one that speaks against CopRA as plainly as one that speaks for it: **Plenty of data** among the presets is a study in which LoRA is the more accurate of the two.`,
  },
  control: {
    title: 'Look for the control',
    text: `
CopRA changes LoRA in two ways at once: layers are switched off, and the chance that one is on rises along a **ramp**. A **control** has one change without the other. *Constant layer drop* switches layers off from the first step to the last, always at the same rate, at which as many are on as in CopRA on average.

The saved study **Controls** has it beside LoRA and CopRA, with equal seeds, pictures and steps.`,
    question: 'With every other layer switched off after training, which of the two keeps more of its gain?',
    choices: ['CopRA, because of its ramp', 'The control, without a ramp', 'Neither clearly'],
    /** @param arms LoRA, CopRA and the control @param difference CopRA − control, of what is kept @param isControlAhead whether the control clearly keeps more than LoRA */
    outcome: (
      arms: readonly ArmBesideControl[],
      difference: ScopedInterval,
      side: ToldSide,
      isControlAhead: boolean,
    ): string => {
      const [, copra, control] = arms;
      return `${listed(arms.map(({ name, kept }) => `${name} keeps **${percent(kept)}**`))}. ${copra.name} − ${control.name}, seed by seed: **${COURSE_WORDS.signed(difference.mean)}**, ${COURSE_WORDS.interval(difference)}. ${RAMP[side](isControlAhead)}

With every layer on, ${copra.name} reaches ${percent(copra.accuracy)} and ${control.name} ${percent(control.accuracy)}. A method that is ahead of its baseline is not yet ahead of a simpler explanation: look for the control, and where there is none, add it as an arm of your own.`;
    },
  },
  run: {
    title: 'Make an unclear plot',
    button: 'Train five seeds per arm, 60 steps',
    text: `
Five seeds per arm, but only 60 steps and 100 test pictures: about a minute without a GPU. Read what it can tell and what it cannot.`,
    question: 'Will the seeds lie closer together or farther apart than in the saved result?',
    choices: ['Closer in both arms', 'Farther apart in both arms', 'Different in the two arms, or unchanged'],
    /** @param spreads of the arms in the saved result, a sentence each @param arms how far apart the seeds of the run lie, beside that */
    compared: (spreads: string, arms: readonly ArmSpread[]): string =>
      `In the saved result: ${spreads} ${besideSaved(arms)}`,
  },
  checklist: {
    title: 'Six questions for any plot',
    text: `
1. In which regime? How many pictures, steps, which learning rate; and who chose them, on what?
2. How many seeds, and is their spread shown?
3. How many test pictures, of how many different things, and what sampling error follows?
4. Were all methods given the same steps, data and seeds?
5. Which numbers are *not* shown? Look for the measure, and for the regime, in which the favoured method loses.
6. What would have had to happen for the author to conclude the opposite?

Ask them of this page too. Every number of the saved result, with its error, is in docs/results.md.`,
  },
});
