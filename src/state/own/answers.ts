/** The answers of all respondents about one picture, in the order in which they are shown. Pure. */
import { percent } from '../../core/number-format.ts';
import type { PictureAnswers } from '../../study/predictions/question.ts';
import type { Respondent } from './respondents.ts';
import { RESPONDENT_WORDS } from './messages.ts';

/** Classes shown of each answer. */
const MOST = 5;

export interface Guess {
  readonly name: string;
  /** Probability. */
  readonly share: number;
}

export interface OwnAnswer extends Pick<Respondent, 'id' | 'name' | 'detail' | 'arm'> {
  /** [classes], in their order: probabilities; null for one that cannot answer. */
  readonly all: readonly Guess[] | null;
  /** The most probable classes, most probable first; null for one that cannot answer. */
  readonly top: readonly Guess[] | null;
  /** The most probable class with every layer on; null when no layer is off. */
  readonly whole: Guess | null;
}

const guessesOf = (classes: readonly string[], shares: Float32Array): Guess[] =>
  classes.map((name, i) => ({ name, share: shares[i] }));

const topOf = (guesses: readonly Guess[]): Guess[] => guesses.toSorted((a, b) => b.share - a.share).slice(0, MOST);

/** What respondents say of one picture. @param probabilities of variantsOf(respondents), in their order */
export function answersOf(
  respondents: readonly Respondent[],
  { classes, probabilities }: Pick<PictureAnswers, 'classes' | 'probabilities'>,
): readonly OwnAnswer[] {
  let at = 0;
  return respondents.map(({ id, name, detail, arm, whole }) => {
    const own = probabilities[at++];
    const full = whole ? probabilities[at++] : null;
    const all = own && guessesOf(classes, own);
    return {
      id,
      name,
      detail,
      arm,
      all,
      top: all && topOf(all),
      whole: full && topOf(guessesOf(classes, full))[0],
    };
  });
}

/** "Backbone: objects, 44 %. LoRA: food drink, 71 %." */
export const spokenAnswers = (answers: readonly OwnAnswer[]): string =>
  answers
    .map(({ name, top }) =>
      top ? `${name}: ${top[0].name}, ${percent(top[0].share, 0)}.` : RESPONDENT_WORDS.noAnswer(name),
    )
    .join(' ');
