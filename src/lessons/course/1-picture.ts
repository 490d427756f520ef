import { counted } from '../../core/counted.ts';
import { percent } from '../../core/number-format.ts';
import { mean } from '../../core/statistics.ts';
import { armFacts, NOTHING_TO_READ } from '../facts.ts';
import type { Lesson, LessonView } from '../lesson.ts';
import { classFacts, turnedByTraining } from '../picture-facts.ts';

function decideOutcome({ result }: LessonView): string {
  const zeroShot = result?.task.zeroShot;
  if (!result || !zeroShot) return NOTHING_TO_READ;
  return `Before any training the model is right about **${percent(zeroShot.accuracy)}** of the ${result.task.test} test pictures. Guessing among ${counted(result.task.classes.length, 'class', 'classes')} would be right about ${percent(result.task.chance)}.

Look at single pictures: how sure it is says little about whether it is right.`;
}

function learnedOutcome({ result }: LessonView): string {
  const turned = turnedByTraining(result, 'lora');
  const lora = armFacts(result, 'lora');
  if (!result?.task.zeroShot || !turned || !lora || lora.accuracies.length === 0) return NOTHING_TO_READ;
  const { name, pictures, right, lost, won } = turned;
  return `Of the ${pictures} pictures below, the backbone is right about ${right}. After training, most runs of ${name} win **${won}** that it had wrong, and lose **${lost}** that it had right.

So a number like “${percent(result.task.zeroShot.accuracy)} before, ${percent(mean(lora.accuracies))} after” hides a trade. (These pictures were chosen to show cases of every kind; the two percentages are over all ${result.task.test} test pictures.)`;
}

function mistakesOutcome({ result }: LessonView): string {
  const [before, after] = [classFacts(result, null), classFacts(result, 'lora')];
  if (!before || !after) return NOTHING_TO_READ;
  const { best, worst, mistake, name } = after;
  return `${name} is least often right about **${worst.name}** (${percent(worst.right)}) and most often about **${best.name}** (${percent(best.right)}). Its most frequent mistake takes ${mistake.of} for ${mistake.taken}: ${mistake.times} of the ${mistake.answers} answers that all its runs
gave to pictures of ${mistake.of}. The backbone had most trouble with ${before.worst.name} (${percent(before.worst.right)}).

Mistakes are not spread evenly: they sit between classes that look alike, or that share their pictures.`;
}

export const PICTURE: Lesson = {
  id: 'picture',
  title: 'What the picture says',
  summary: 'Watch a model decide, find its mistakes, and show it a picture of your own.',
  minutes: 6,
  steps: [
    {
      id: 'decide',
      title: 'See it decide',
      part: 'pictures',
      text: `
The model on this page looks at a picture and says which of nine classes it shows: food, animals, flags and so on. It gives every class a share of its belief, all together 100 %, and answers with the largest.

The pictures are emoji in **negative** colours, which it was never shown. Under **See it decide** every tile is a test picture, and ✓ or ✗ says who is right about it: the model
as it was (the *backbone*), and two trained versions of it.`,
      prediction: {
        question: 'Before any training on negatives, about how many of the pictures does the backbone get right?',
        choices: ['One in nine, as by guessing', 'About a third', 'More than half'],
        conceal: ['pictures', 'confusion', 'summary', 'curves'],
        outcome: decideOutcome,
      },
    },
    {
      id: 'learned',
      title: 'What training changes',
      part: 'pictures',
      text: `
Now compare the marks of a tile from left to right: first the backbone, then the trained versions. **LoRA** and **CopRA** are two ways to train; the next lessons explain them. Choose other
pictures above the tiles, and open one: it shows what everybody answers, and how sure they are.`,
      prediction: {
        question: 'Does training ever make a picture wrong that was right before?',
        choices: ['No, it only adds', 'Yes, some', 'Yes, as many as it wins'],
        conceal: ['pictures', 'confusion'],
        outcome: learnedOutcome,
      },
    },
    {
      id: 'mistakes',
      title: 'Which mistakes?',
      part: 'confusion',
      text: `
A share of right answers does not say what the wrong ones are. The matrix does: a row is what the picture shows, a column what the model said. Right answers lie on the diagonal; everything beside it is a mistake, and a press on a cell
leads to its pictures.`,
      prediction: {
        question: 'Which class does LoRA get right least often?',
        choices: ['flags', 'food drink', 'people body', 'symbols'],
        conceal: ['confusion'],
        outcome: mistakesOutcome,
      },
    },
    {
      id: 'camera',
      title: 'Show it something of yours',
      part: 'own',
      text: `
Under **Try your own** you can drop a picture, paste one, choose a file, or hold something into the camera. The backbone and both trained versions answer side by side. The picture stays on this device.

Try an emoji on your phone, a cup, and your own face.`,
      prediction: {
        question: 'What does the model say of something that is in none of its nine classes?',
        choices: ['That it does not know', 'One of the nine, whatever it is', 'Nothing'],
        conceal: [],
        outcome: () => `
**One of the nine.** The shares are divided among the classes that it is offered, so they add up to 100 % even where all of them are wrong. A high share means “rather this than the others”, not “I know this”.

You can offer it more: type a word of your own beside the classes, and it gets its part of the belief. That works because this model reads words as well as pictures.`,
      },
    },
  ],
};
