/** The words of lesson 5 in German. */
import { germanCount } from '../../../core/counted.ts';
import { percent } from '../../../core/number-format.ts';
import type { Side } from '../../facts.ts';
import { parts } from '../../part-words.de.ts';
import { course } from '../messages.de.ts';
import type { PrunedArm, PRUNING_LESSON_WORDS } from './messages.ts';

const { points } = course;

const AHEAD: Record<Exclude<Side, 'tooFew'>, string> = {
  higher: '**CopRA liegt deutlich vorn.**',
  lower: '**LoRA liegt deutlich vorn.**',
  unclear: '**Keiner liegt deutlich vorn.**',
};

const LOST: Record<Side, string> = {
  higher:
    'Von da an verliert CopRA, gemittelt über alle entfernten Anteile, deutlich weniger, obwohl es nie ohne einzelne Zahlen trainiert hat.',
  lower:
    'Von da an verliert CopRA, gemittelt über alle entfernten Anteile, deutlich mehr: Es hat ohne ganze Schichten trainiert, nie ohne einzelne Zahlen.',
  unclear: 'Von da an verliert, gemittelt über alle entfernten Anteile, keiner deutlich mehr.',
  tooFew:
    'Wer von da an, gemittelt über alle entfernten Anteile, mehr verliert, lässt sich mit so wenigen Seeds nicht sagen.',
};

const KEPT: Record<Side, string> = {
  higher:
    'CopRA behält deutlich mehr. Dafür trainiert es: Seine Schichten haben jede Art von Gesellschaft kennengelernt.',
  lower:
    'CopRA behält deutlich weniger, obwohl seine Schichten im Training jede Art von Gesellschaft kennengelernt haben.',
  unclear:
    'Die beiden unterscheiden sich nicht deutlich, obwohl die Schichten von CopRA im Training jede Art von Gesellschaft kennengelernt haben.',
  tooFew: 'Wer mehr behält, lässt sich mit so wenigen Seeds nicht sagen.',
};

const ofArm = ({ name, gain, kept }: PrunedArm, images: number): string =>
  kept === null
    ? `${name} gewinnt ${points(gain)}, zu wenig für einen Anteil davon`
    : `${name} gewinnt ${points(gain)} und behält davon mit der Hälfte der Schichten **${percent(kept)}**; bei jeder der beiden Hälften macht ein einzelnes Bild ${points(1 / images / gain)} ihres eigenen Anteils aus`;

export const lessonPruning: typeof PRUNING_LESSON_WORDS = {
  title: 'Pruning: Was kann weg?',
  summary: 'Entferne Schichten, Projektionen oder einzelne Zahlen und zähle, was bleibt.',
  gain: {
    title: 'Messen, was bleibt',
    text: String.raw`
Pruning entfernt nach dem Training einen Teil eines Adapters. Wer alles entfernt, behält das Backbone, das schon eine gewisse Genauigkeit hat. Das gerechte Maß ist daher der **behaltene Gewinn**:

$$\frac{\text{Genauigkeit nach Pruning} - \text{Zero-Shot}}{\text{Genauigkeit ganz} - \text{Zero-Shot}}$$

100 % heißt, dass nichts verloren ging, 0 %, dass der Adapter ebenso gut fehlen könnte. Unter 0 % schadet er.`,
  },
  layers: {
    title: 'Ganze Schichten entfernen',
    text: `
Das erste Diagramm entfernt die Adapter ganzer Schichten oder behält, unter „Alle … zeigen“, nur die einer Projektion (q, k oder v). „Schichten 1, 3, 5 …“ und „Schichten 2, 4, 6 …“ behalten die Hälfte der Schichten.

Unter **${parts.hand}** schaltest du selbst einzelne Schichten aus. Die Balken darunter sagen, was von jedem Arm übrig ist, und die Testbilder, die falsch werden, erscheinen neben denen, die richtig werden.`,
    question: 'Jede zweite Schicht ist ausgeschaltet. Wer behält mehr vom Gewinn?',
    choices: ['LoRA', 'CopRA', 'Beide gleich viel'],
    outcome: (
      kept,
      accuracies,
      seeds,
      side,
    ) => `Ist jede zweite Schicht ausgeschaltet, behält LoRA **${percent(kept[0])}** seines Gewinns und CopRA **${percent(kept[1])}** (Mittel über beide Hälften und ${germanCount(seeds, 'Seed', 'Seeds')}).

${KEPT[side]} Aber ein Anteil sagt nicht, wie groß der Gewinn ist. Mit allem an hat LoRA ${percent(accuracies[0])} und CopRA
${percent(accuracies[1])}. Einen großen Teil von weniger zu behalten ist nicht dasselbe, wie mehr zu haben; vergleiche auch die Genauigkeiten in der Datentabelle.`,
  },
  weights: {
    title: 'Einzelne Zahlen entfernen',
    text: String.raw`
Das zweite Diagramm setzt die kleinsten Einträge auf null, auf drei Arten: die kleinsten aller $A$ und $B$ zusammen (das obere Feld), die in jedem $A$ und jedem $B$ und die des Updates $\Delta W = s\,BA$. Die Achse ist der entfernte Anteil.`,
    question: 'Neun Zehntel sind entfernt, die kleinsten aller A und B zusammen. Wer liegt deutlich vorn?',
    choices: ['CopRA', 'LoRA', 'Keiner'],
    outcome: (accuracies, difference, here, start) =>
      `Sind 90 % auf null gesetzt, die kleinsten aller A und B zusammen, hat LoRA **${percent(accuracies[0])}** und CopRA **${percent(accuracies[1])}**. ${
        here === 'tooFew'
          ? 'Wer vorn liegt, lässt sich mit so wenigen Seeds nicht sagen.'
          : `CopRA − LoRA: ${course.signed(difference.mean)}, ${course.interval(difference)}. ${AHEAD[here]}`
      }${start ? `\n\nIst nichts entfernt, beträgt der Unterschied ${course.signed(start.difference)}. ${LOST[start.kept]}` : ''}`,
  },
  run: {
    title: 'Pruning am eigenen Adapter',
    button: 'Einen Seed je Arm trainieren, 200 Schritte, dann Pruning',
    text: `
Ein Seed je Arm, 200 Schritte: etwa eine Minute ohne GPU. Das Pruning selbst braucht kein Training, nur Auswertung.`,
    question: 'Wie sicher kannst du dir beim behaltenen Gewinn eines kurzen Laufs sein?',
    choices: ['So sicher wie bei der Genauigkeit', 'Weniger sicher, weil man durch den Gewinn teilt'],
    outcome: (own) =>
      `**Weniger sicher.** Beim behaltenen Gewinn teilt man durch den Gewinn. Je kleiner der ist, desto mehr verschiebt ein einzelnes Testbild den Anteil. ${own}`,
    own: (arms, images) => `Dein Lauf, ein Seed und ${images} Testbilder:

${arms.map((arm) => `- ${ofArm(arm, images)}.`).join('\n')}`,
  },
};
