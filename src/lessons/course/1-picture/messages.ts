/** The words of lesson 1. */
import { catalogue } from '../../../core/language/catalogue.ts';
import { counted } from '../../../core/counted.ts';
import { percent } from '../../../core/number-format.ts';
import { PART_WORDS } from '../../part-words.ts';
import type { ClassFacts, TurnedByTraining } from '../../picture-facts.ts';

/** What is decided about; null while nothing is on the page. */
export interface DecidedTask {
  readonly name: string;
  readonly classes: number;
  /** It is that of the saved result, with its backbone. */
  readonly isSaved: boolean;
}

export const PICTURE_LESSON_WORDS = catalogue('lessonPicture', {
  title: 'What the picture says',
  summary: 'Watch a model decide, find its mistakes, and show it a picture of your own.',
  decide: {
    title: 'See it decide',
    text: (task: DecidedTask | null): string => `
The model on this page looks at a picture and says which of ${task ? counted(task.classes, 'class', 'classes') : 'several classes'} it shows${task?.isSaved ? ': food, animals, flags and so on' : ''}. It gives every class a share of its belief, all together 100 %, and answers with the largest.

${task?.isSaved ? 'The pictures are emoji in **negative** colours, which it was never shown. ' : task ? `The pictures are those of the task “${task.name}”. ` : ''}Under **${PART_WORDS.pictures}** every tile is a test picture, and ✓ or ✗ says who is right about it: the model
as it was (the *backbone*), and two trained versions of it.`,
    question: 'Before any training on such pictures, about how many of them does the backbone get right?',
    /** One of them is right, whatever pictures are shown. Of two classes, half is what guessing gives. */
    choices: (classes: number | null): readonly string[] => {
      const most = classes === 2 ? 'three quarters' : 'half';
      return [
        classes === null ? 'No more than by guessing' : `One in ${classes} or fewer, as by guessing`,
        `Clearly more, but less than ${most}`,
        `More than ${most}`,
      ];
    },
    outcome: (
      accuracy: number,
      pictures: number,
      classes: number,
      chance: number,
    ): string => `Before any training the model gets **${percent(accuracy)}** of the ${pictures} test pictures right. Guessing among ${counted(classes, 'class', 'classes')} would get ${percent(chance)} right.

The percentage on a tile is the share that the **true** class gets. Where the backbone gives it more than half, it is right in any case; below that, see how often another class gets more.`,
  },
  learned: {
    title: 'What training changes',
    text: `
The marks of a tile are, from top to bottom, those of the backbone and of the trained versions. **LoRA** and **CopRA** are two ways to train; the next lessons explain them. Once you have
answered, choose other pictures above the tiles, and open one: it shows what everybody answers, and the share that they give the true class.`,
    question: 'Does training ever make a picture wrong that was right before?',
    choices: ['No, it only adds', 'Yes, but fewer than it wins', 'Yes, as many as it wins or more'],
    /** @param before accuracy of the backbone @param after mean accuracy of the trained runs @param tested test pictures */
    outcome: (
      { name, pictures, right, lost, won }: TurnedByTraining,
      before: number,
      after: number,
      tested: number,
    ): string => `Of all ${pictures} pictures under **${PART_WORDS.pictures}**, the backbone gets ${right} right. After training, **${won}** that it had wrong are right in most runs of ${name}, and **${lost}** that it had right are wrong in most.

${lost > 0 && won > 0 ? `So a number like “${percent(before)} before, ${percent(after)} after” hides a trade.` : `Over all ${tested} test pictures the accuracy is ${percent(before)} before and ${percent(after)} after.`}${pictures < tested ? ` (These pictures were chosen to show cases of every kind; the two percentages are over all ${tested} test pictures.)` : ''}`,
  },
  mistakes: {
    title: 'Which mistakes?',
    text: `
A share of right answers does not say what the wrong ones are. The matrix does: a row is what the picture shows, a column what the model said. Right answers lie on the diagonal; everything beside it is a mistake, and a press on a cell
leads to its pictures.`,
    question: 'Which class does LoRA get right least often?',
    outcome: (
      name: string,
      { best, worst, mistake }: ClassFacts,
      before: ClassFacts,
    ): string => `${name} is least often right about **${worst.name}** (${percent(worst.right)}) and most often about **${best.name}** (${percent(best.right)}). ${mistake ? `It most often takes “${mistake.of}” for “${mistake.taken}”: in ${mistake.times} of the ${mistake.answers} answers that all its runs gave to pictures of “${mistake.of}”. ` : ''}The backbone had most trouble with “${before.worst.name}” (${percent(before.worst.right)}).

Mistakes are not spread evenly: they sit between classes that look alike, or that share their pictures.`,
  },
  camera: {
    title: 'Show it something of yours',
    text: `
Under **${PART_WORDS.own}** you can drop a picture, paste one, choose a file, or hold something into the camera. The backbone and both trained versions answer side by side. The picture stays on this device.

Try an emoji on your phone, a cup, and your own face.`,
    question: 'What does the model say of something that is in none of its classes?',
    choices: ['That it does not know', 'One of its classes, whatever it is', 'Nothing'],
    outcome: `
**One of its classes.** The shares are divided among the classes that it is offered, so they add up to 100 % even where all of them are wrong. A high share means “rather this than the others”, not “I know this”.

You can offer it more: type a word of your own beside the classes, and it gets its part of the belief. That works because this model reads words as well as pictures.`,
  },
});
