/** The words of lesson 6 in German. */
import { germanCount } from '../../../core/counted.ts';
import { percent } from '../../../core/number-format.ts';
import { taskNames } from '../../../data/bundled/task-names.de.ts';
import { against, type Against, type Side } from '../../facts.ts';
import { parts } from '../../part-words.de.ts';
import { course } from '../messages.de.ts';
import type { MERGING_LESSON_WORDS } from './messages.ts';

const { points } = course;
const MATTERS: Record<Exclude<Side, 'tooFew'>, string> = {
  higher: '**Für CopRA ist sie deutlich wichtiger.**',
  lower: '**Für LoRA ist sie deutlich wichtiger.**',
  unclear: '**Für keinen der beiden ist sie deutlich wichtiger.**',
};

const AVERAGED: Record<Against, (points: string) => string> = {
  lower: (points) =>
    `verlieren zwei LoRA-Adapter, über die Faktoren gemittelt, **${points}** gegenüber dem Mittel der beiden`,
  higher: (points) =>
    `gewinnen zwei LoRA-Adapter, über die Faktoren gemittelt, **${points}** gegenüber dem Mittel der beiden`,
  same: () => 'sind zwei LoRA-Adapter, über die Faktoren gemittelt, so genau wie das Mittel der beiden',
};

export const lessonMerging: typeof MERGING_LESSON_WORDS = {
  title: 'Mergen: aus vielen Adaptern einer',
  summary: 'Aufgaben und Clients, die nie Bilder teilen, nur Adapter.',
  clients: {
    title: 'Wozu mergen?',
    text: String.raw`
Zwei Lagen führen zur selben Rechnung:

- **Aufgaben.** Du hast einen Adapter für Tiere und einen für Essen und möchtest einen, der beides kann.
- **Föderierte Clients.** Mehrere Schulen oder Krankenhäuser trainieren mit eigenen Bildern, die die Einrichtung nicht verlassen dürfen. Sie schicken Adapter an einen Server. Der mittelt sie, schickt das Mittel
zurück, und alle trainieren weiter: eine *Runde*.

Ein Server, der Faktoren mittelt, $A = \sum_k p_k A_k$ und $B = \sum_k p_k B_k$, macht in jeder Runde einen Fehler:

$$\begin{aligned}E &= \sum_k p_k B_k A_k - B A\\ &= \sum_k p_k (B_k - B)(A_k - A)\end{aligned}$$

Er verschwindet, wenn alle Clients in $A$ oder alle in $B$ übereinstimmen, sonst so gut wie nie. Es sind wieder die gemischten Terme aus Lektion 3.`,
  },
  rules: {
    title: 'Faktoren oder Updates?',
    text: String.raw`
Ein Server hat zwei einfache Regeln. Wer **Faktoren** mittelt, behält Rang $r$ und macht den Fehler $E$. Wer **Updates** $B_kA_k$ mittelt, macht keinen Fehler, aber $K$ Clients ergeben Rang $K r$.`,
    question: 'Für welchen Arm ist die Regel wichtiger?',
    choices: ['Deutlich für LoRA', 'Deutlich für CopRA', 'Kein deutlicher Unterschied'],
    outcome: (
      lora,
      copra,
      difference,
      side,
    ) => `Die Landschaft beantwortet es für zwei Adapter mit gleichen Gewichten, bei λ = ½:

- Faktoren gemittelt: LoRA ${percent(lora.factors)}, CopRA ${percent(copra.factors)};
- Updates gemittelt: LoRA **${percent(lora.updates)}**, CopRA ${percent(copra.updates)}.

Bei LoRA liegen die beiden Regeln also ${points(Math.abs(lora.updates - lora.factors))} auseinander, bei CopRA ${points(Math.abs(copra.updates - copra.factors))}. ${
      side === 'tooFew'
        ? 'Für wen die Regel wichtiger ist, lässt sich mit so wenigen Seeds nicht sagen.'
        : `Der Unterschied, Paar für Paar: ${course.signed(difference.mean)}, ${course.interval(difference)}. ${MATTERS[side]}`
    } Welche der vier Zahlen die höchste ist, hängt von der Regel und von den Enden ab.`,
  },
  train: {
    title: 'Drei Clients, eine Runde',
    button: 'Drei Clients je Arm trainieren, 150 Schritte',
    text: (adapters) => `
Spiel eine Runde. Drei Seeds stehen für drei Clients. Sie haben dieselben Bilder in anderer Reihenfolge; das ist günstiger als eine echte Runde, denn echte Clients haben *verschiedene* Bilder. Sie fangen mit verschiedenen Adaptern an; das ist ungünstiger, denn ein echter Server schickt allen *denselben*,
und an verschiedenen Anfängen scheitert das Mitteln der Faktoren in Lektion 3. Ohne GPU dauert es etwa anderthalb Minuten.

${adapters === null ? `Wenn der Lauf fertig ist, stehen die Adapter unter **${parts.adapters}**.` : `Unter **${parts.adapters}** ${adapters === 1 ? 'steht' : 'stehen'} ${germanCount(adapters, 'Adapter', 'Adapter')} von Läufen.`}`,
  },
  merge: {
    title: 'Sei der Server',
    text: `
Unter **${parts.adapters}**:

1. Kreuze die drei LoRA-Adapter an.
2. Wähle eine Regel und gleiche Gewichte und drück auf „Mergen“.
3. Kreuze den gemergten Adapter und einen seiner Ausgangsadapter an und werte sie auf der Aufgabe aus.
4. Mach dasselbe mit den dreien von CopRA und mit einer anderen Regel.

Das Auswerten legt das Ergebnis der Studie beiseite; „Zurück zur Studie“ holt es wieder.`,
    question:
      'Bevor du auswertest: Wie schneiden die drei von LoRA, über die Faktoren gemittelt, neben einem von ihnen ab?',
    choices: ['Besser als einer', 'Etwa gleich', 'Schlechter als einer'],
    outcome: (pairs, steps) =>
      `Miss es nun. ${
        pairs === null
          ? ''
          : `Im gespeicherten Ergebnis ${AVERAGED[against(pairs.middle, pairs.ends)](points(Math.abs(pairs.ends - pairs.middle)))}. Wie drei Clients mit ${germanCount(steps, 'Schritt', 'Schritten')} abschneiden, findest du jetzt heraus. `
      }Es ist ein einzelnes Beispiel, mit dem Stichprobenfehler seiner Testbilder.`,
  },
  tasks: {
    title: 'Zwei Aufgaben',
    text: `
Um Aufgaben zu mergen, trainiere einen Adapter auf **${taskNames.animals}**, lade ihn herunter, trainiere einen zweiten auf **${taskNames.food}**, öffne den ersten unter ${parts.adapters} wieder und merge beide. Werte das Ergebnis auf einer der beiden
Aufgaben aus: Es gelten die Klassen der gewählten Aufgabe.

In der Klasse können alle mit einem anderen Seed oder einer anderen Aufgabe trainieren. Legt alle Studiendateien zusammen auf der Seite ab: Sie erscheinen nebeneinander, und alle ihre Adapter lassen sich mergen.`,
  },
};
