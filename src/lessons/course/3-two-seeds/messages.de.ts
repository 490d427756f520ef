/** The words of lesson 3 in German. */
import { germanCount } from '../../../core/counted.ts';
import { integer, percent } from '../../../core/number-format.ts';
import type { Against, BetweenSeeds, Side } from '../../facts.ts';
import { parts } from '../../part-words.de.ts';
import { course } from '../messages.de.ts';
import type { LossOfUpdates, TWO_SEEDS_WORDS } from './messages.ts';

const { points } = course;
const pairsOf = (count: number): string => germanCount(count, 'Seed-Paar', 'Seed-Paare');

const SIDES: Record<Side, string> = {
  higher: '**deutlich höher**',
  lower: '**deutlich niedriger**',
  unclear: 'nicht deutlich anders',
  tooFew: 'mit so wenigen Seeds nicht zu vergleichen',
};

const UPDATES: Record<LossOfUpdates, string> = {
  little:
    'Die beiden Updates vertragen sich also; was misslingt, ist das Mitteln ihrer *Faktoren*. Denk daran, wenn du liest, Adapter ließen sich „nicht mergen“: Es kommt darauf an, wie.',
  less: 'Wer Updates mittelt, verliert also weniger, als wer *Faktoren* mittelt, aber immer noch etwas: Die beiden Updates vertragen sich nur zum Teil.',
  'no less': 'Im gezeigten Ergebnis verliert also etwa ebenso viel oder mehr, wer Updates mittelt statt Faktoren.',
};

/** How a mixture compares with its ends. */
function mixture({ ends, middle, pairs, worse }: BetweenSeeds): string {
  if (worse === pairs) return 'Eine Mischung zweier guter Adapter, und schlechter als jeder von ihnen.';
  if (worse > 0)
    return `Eine Mischung zweier guter Adapter, bei ${worse} von ${pairs} Paaren schlechter als jeder von ihnen.`;
  return middle < ends ? 'Die Mischung ist ungenauer als ihre Enden im Mittel.' : 'Die Mischung hält stand.';
}

const AGAINST: Record<Against, string> = {
  higher: '**höher**',
  lower: '**niedriger**',
  same: '**gleich hoch**',
};

const listOf = ({ lora, copra }: Readonly<Record<'lora' | 'copra', BetweenSeeds>>): string =>
  `- Barriere: LoRA ${points(lora.barrier)}, CopRA ${points(copra.barrier)};
- Genauigkeit an den Enden: LoRA ${percent(lora.ends)}, CopRA ${percent(copra.ends)}.`;

export const lessonTwoSeeds: typeof TWO_SEEDS_WORDS = {
  title: 'Zwei Seeds, eine Aufgabe',
  summary: 'Warum das Mittel zweier guter Adapter schlecht sein kann, und was CopRA ändert.',
  average: {
    title: 'Zwei gute Adapter mitteln',
    text: String.raw`
Zwei Leute trainieren LoRA auf derselben Aufgabe mit verschiedenen Seeds. Beide Adapter sind etwa gleich gut. Die beiden Leute mitteln die Adapter, Eintrag für Eintrag:

$$A = \tfrac12 (A_1 + A_2),\qquad B = \tfrac12 (B_1 + B_2)$$

Allgemeiner: Geh vom ersten zum zweiten, $A_\lambda = (1-\lambda) A_1 + \lambda A_2$, und ebenso $B_\lambda$. λ = 0 und λ = 1 sind die beiden Adapter selbst.

Unter **${parts['path-pictures']}** kannst du diesen Weg gehen: Zieh den Regler von λ = 0 bis 1 und sieh, welche Testbilder falsch und welche richtig werden. Die Kurve darüber ist die Testgenauigkeit unterwegs.`,
    question: 'Wie gut ist der Adapter in der Mitte, verglichen mit den beiden Enden?',
    choices: ['Besser: Mitteln entfernt Rauschen', 'Etwa gleich gut', 'Deutlich schlechter'],
    outcome: (
      lora,
    ) => `Im gezeigten Ergebnis erreichen die Enden bei LoRA durchschnittlich ${percent(lora.ends)}, der Adapter in der Mitte **${percent(lora.middle)}**, gemittelt über ${pairsOf(lora.pairs)}. ${mixture(lora)} Wie weit der Weg unter die gerade Linie zwischen seinen Enden
fällt, heißt **Barriere**: hier ${points(lora.barrier)}.`,
  },
  why: {
    title: 'Warum es misslingt',
    text: String.raw`
Für das Modell zählt das Produkt $BA$. Wer die Faktoren mittelt, mittelt nicht die Produkte:

$$\begin{aligned}&\tfrac12(B_1 + B_2)\cdot\tfrac12(A_1 + A_2)\\ &= \tfrac14\left(B_1A_1 + B_2A_2 + B_1A_2 + B_2A_1\right)\end{aligned}$$

Jedes Update zählt nur noch ein Viertel, und zwei gemischte Terme kommen hinzu, die niemand trainiert hat. Außerdem lässt sich dasselbe Update auf viele Arten schreiben: Für jedes invertierbare $M$ ist
$BA = (BM)(M^{-1}A)$. Zwei Seeds finden vielleicht ähnliche Updates, aber verschieden geschrieben.

Die **Produkte** zu mitteln vermeidet beides: $\tfrac12(B_1A_1 + B_2A_2)$. Das Diagramm nennt dies den *Produktpfad*, neben dem *Faktorpfad* von vorhin.`,
    question: 'Wie hoch ist die Barriere von LoRA auf dem Produktpfad?',
    choices: ['So hoch wie auf dem Faktorpfad oder höher', 'Etwa halb so hoch', 'Fast null'],
    outcome: (
      product,
      factor,
      loss,
    ) => `Auf dem Produktpfad ist die Barriere von LoRA **${points(product)}** hoch, auf dem Faktorpfad ${points(factor)}. ${UPDATES[loss]}

Der Preis des Produktpfads: $\\tfrac12(B_1A_1 + B_2A_2)$ hat bis zu Rang $2r$. Der gemittelte Adapter ist also doppelt so groß, wenn man ihn nicht wieder zurückschneidet.`,
  },
  copra: {
    title: 'Was CopRA anders macht',
    text: String.raw`
CopRA ist LoRA mit einer einzigen Änderung im Training. In jedem Schritt ist der Adapter jeder Schicht mit Wahrscheinlichkeit $p$ an und sonst aus. $p$ beginnt bei 0 und steigt
in den ersten drei Vierteln der Schritte auf 1:

$$p(t) = \min\!\left(1, \frac{t}{0{,}75\,T}\right)$$

Das **${parts.tape}** zeigt es: Eine Spalte ist ein Schritt, eine Zeile eine Schicht, grau heißt aus. (In einem Schritt, in dem alle Schichten aus wären, wird eine zufällige eingeschaltet.) Ein Adapter, der aus ist,
tut nichts und lernt nichts.

Die Idee: Eine Schicht, die sich auf die anderen nicht verlassen kann, muss in jeder Gesellschaft nützlich sein.`,
  },
  compare: {
    title: 'Hilft es?',
    text: `
Vergleiche nun beide Arme. Sie wurden mit denselben Bildern in derselben Reihenfolge trainiert, von denselben Anfangszahlen aus. Nur das Schalten unterscheidet sie.

Wenn du das Diagramm gelesen hast, wähle CopRA über den Bildern zwischen zwei Seeds und zieh λ in die Mitte: Gehen weniger Bilder verloren als bei LoRA?`,
    question: 'Was hat CopRA auf dem Faktorpfad deutlich, verglichen mit LoRA?',
    choices: [
      'Eine niedrigere Barriere und höhere Enden',
      'Eine niedrigere Barriere, aber keine höheren Enden',
      'Keines von beiden',
      'Höhere Enden, aber keine niedrigere Barriere',
    ],
    outcome: (lora, copra, sides) => `Faktorpfad, gemittelt über ${pairsOf(copra.pairs)}, nach dem gezeigten Ergebnis:

- Barriere: LoRA ${points(lora.barrier)}, CopRA **${points(copra.barrier)}**;
- Genauigkeit in der Mitte: LoRA ${percent(lora.middle)}, CopRA ${percent(copra.middle)};
- Genauigkeit an den Enden: LoRA ${percent(lora.ends)}, CopRA ${percent(copra.ends)}.

Lies alle drei Zeilen. Eine kleinere Barriere heißt, dass CopRA unterwegs weniger verliert; sie heißt nicht, dass der Adapter in der Mitte besser ist, denn CopRA beginnt vielleicht
tiefer. Im gezeigten Ergebnis ist die Barriere von CopRA ${SIDES[sides.barrier]}, seine Genauigkeit in der Mitte ${SIDES[sides.middle]} und die Genauigkeit an seinen Enden ${SIDES[sides.ends]}.`,
  },
  run: {
    title: 'Versuch es selbst',
    button: 'Zwei Seeds je Arm trainieren, 200 Schritte',
    text: `
Trainiere je Arm zwei Seeds 200 Schritte lang: eine kleine Fassung der gespeicherten Studie, mit denselben Trainingsbildern und derselben Lernrate. Rechne ohne GPU mit ein bis zwei Minuten.`,
    question: (own, saved) =>
      `Was geschieht mit der Barriere von LoRA nach ${integer(own)} statt ${integer(saved)} Schritten?`,
    choices: ['Sie ist höher', 'Sie ist niedriger', 'Sie bleibt gleich'],
    outcome: (own, compared) => `Dein Lauf, ${pairsOf(own.lora.pairs)}:

${listOf(own)}
${compared}
Ein Seed-Paar und 200 Bilder beweisen weder das eine noch das andere. Lektion 7 sagt das in Zahlen.`,
    compared: (saved, sides, backbones) => `
Das gespeicherte Ergebnis, gemittelt über ${pairsOf(saved.lora.pairs)}:

${listOf(saved)}

Verglichen mit den gespeicherten ist die Barriere von LoRA ${AGAINST[sides.lora]} und die von CopRA ${AGAINST[sides.copra]}. Wie viel eine Barriere bedeutet, hängt davon ab, was die Enden gewonnen haben: Vergleiche auch sie.${backbones === null ? '' : ` ${backbones}`}
`,
  },
};
