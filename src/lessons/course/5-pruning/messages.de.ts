/** The words of lesson 5 in German. */
import { germanCount } from '../../../core/counted.ts';
import { percent } from '../../../core/number-format.ts';
import type { Side } from '../../facts.ts';
import { LESSON_WORDS_DE } from '../../messages.de.ts';
import type { PRUNING_LESSON_WORDS } from './messages.ts';

const SIDES: Record<Side, string> = {
  higher: 'Gemittelt über alle entfernten Anteile liegt CopRA deutlich vorn: Es kann auch einzelne Zahlen entbehren.',
  lower:
    'Gemittelt über alle entfernten Anteile liegt CopRA deutlich zurück: Es hat gelernt, ohne ganze Schichten auszukommen, nicht ohne einzelne Zahlen.',
  unclear:
    'Gemittelt über alle entfernten Anteile unterscheiden sich die beiden nicht deutlich: CopRA hat gelernt, ohne ganze Schichten auszukommen, nicht ohne einzelne Zahlen.',
};

export const PRUNING_LESSON_WORDS_DE: typeof PRUNING_LESSON_WORDS = {
  title: 'Pruning: Was kann weg?',
  summary: 'Entferne Schichten, Projektionen oder einzelne Zahlen und zähle, was bleibt.',
  gain: {
    title: 'Messen, was bleibt',
    text: String.raw`
Pruning entfernt nach dem Training einen Teil eines Adapters. Wer alles entfernt, behält das Backbone, das schon eine gewisse Genauigkeit hat. Das gerechte Maß ist daher der **behaltene Gewinn**:

$$\frac{\text{Genauigkeit gekürzt} - \text{Genauigkeit Zero-Shot}}{\text{Genauigkeit ganz} - \text{Genauigkeit Zero-Shot}}$$

100 % heißt, dass nichts verloren ging, 0 %, dass der Adapter ebenso gut fehlen könnte. Unter 0 % schadet er.`,
  },
  layers: {
    title: 'Ganze Schichten entfernen',
    text: `
Das erste Diagramm entfernt die Adapter ganzer Schichten oder behält nur die einer Projektion (q, k oder v). „Jede zweite Schicht“ entfernt die Hälfte von ihnen.

Unter **${LESSON_WORDS_DE.parts.hand}** schaltest du selbst einzelne Schichten aus. Die Balken darunter sagen, was von jedem Arm übrig ist, und die Testbilder, die falsch werden, erscheinen neben denen, die richtig werden.`,
    question: 'Jede zweite Schicht ist ausgeschaltet. Wer behält mehr vom Gewinn?',
    choices: ['LoRA', 'CopRA', 'Beide gleich viel'],
    outcome: (
      kept,
      accuracies,
      seeds,
    ) => `Ist jede zweite Schicht ausgeschaltet, behält LoRA **${percent(kept[0])}** seines Gewinns und CopRA **${percent(kept[1])}** (Mittel über beide Hälften und ${germanCount(seeds, 'Seed', 'Seeds')}).

Dafür trainiert CopRA: Seine Schichten haben jede Art von Gesellschaft kennengelernt. Aber die Gewinne sind nicht gleich groß. Mit allem an hat LoRA ${percent(accuracies[0])} und CopRA
${percent(accuracies[1])}. Einen großen Teil von weniger zu behalten ist nicht dasselbe, wie mehr zu haben; vergleiche auch die Genauigkeiten in der Datentabelle.`,
  },
  weights: {
    title: 'Einzelne Zahlen entfernen',
    text: String.raw`
Das zweite Diagramm setzt die kleinsten Einträge auf null: die von $A$ und $B$ oder die des Updates $\Delta W = s\,BA$. Die Achse ist der entfernte Anteil.`,
    question: 'Neun Zehntel der Einträge von A und B sind entfernt. Liegt CopRA wieder vorn?',
    choices: ['Ja, deutlich', 'Nein', 'LoRA liegt weit vorn'],
    outcome: (accuracies, side) =>
      `Sind 90 % der Einträge von A und B auf null gesetzt, hat LoRA **${percent(accuracies[0])}** und CopRA **${percent(accuracies[1])}**. ${SIDES[side]}`,
  },
  run: {
    title: 'Kürze deinen eigenen',
    button: 'Einen Seed je Arm trainieren, 200 Schritte, und kürzen',
    text: `
Ein Seed je Arm, 200 Schritte: etwa eine Minute ohne GPU. Das Pruning selbst braucht kein Training, nur Auswertung.`,
    question: 'Wie sicher kannst du dir nach nur 200 Schritten eines behaltenen Gewinns sein?',
    choices: ['So sicher wie der Genauigkeit', 'Weniger sicher, weil der Gewinn klein ist'],
    outcome: (own) =>
      `**Weniger sicher.** Beim behaltenen Gewinn teilt man durch den Gewinn. Je kleiner der ist, desto mehr verschiebt ein einzelnes Testbild den Anteil. ${own}`,
    own: (
      kept,
    ) => `Dein Lauf, ein Seed und 200 Testbilder: Mit der Hälfte der Schichten behält LoRA ${percent(kept[0])} seines Gewinns, CopRA ${percent(kept[1])}. Nach 200 Schritten ist der Gewinn selbst klein, daher ändern ein oder zwei
Bilder diese Anteile um mehrere Punkte.`,
  },
};
