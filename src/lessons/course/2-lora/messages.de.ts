/** The words of lesson 2 in German. */
import type { Projection } from '../../../core/adapter-layout.ts';
import { germanCount } from '../../../core/counted.ts';
import { integer, percent } from '../../../core/number-format.ts';
import type { AdapterFacts } from '../../facts.ts';
import { parts } from '../../part-words.de.ts';
import { course } from '../messages.de.ts';
import type { LORA_WORDS } from './messages.ts';

const PROJECTIONS: Readonly<Record<Projection, string>> = {
  q: 'Query',
  k: 'Key',
  v: 'Value',
  o: 'Ausgabe',
  fc1: 'in das MLP',
  fc2: 'aus dem MLP',
};

function layersOf({ vision, text }: AdapterFacts['layers']): string {
  if (text === 0) return `${vision} Schichten, die Bilder lesen`;
  if (vision === 0) return `${text} Schichten, die Wörter lesen`;
  return `${vision} Schichten, die Bilder lesen, und der ${text}, die Wörter lesen`;
}

export const lessonLora: typeof LORA_WORDS = {
  title: 'Was LoRA ist und was es tut',
  summary: 'Trainiere nur so viele Zahlen, wie 2 % des Modells ausmachen, und lass das Modell selbst in Ruhe.',
  backbone: {
    title: (zeroShot) =>
      zeroShot === null
        ? 'Ein Modell vor jedem Training'
        : `Ein Modell, das in ${percent(zeroShot, 0)} der Fälle richtig liegt`,
    measured: (zeroShot, chance, shown) =>
      `Auf den Testbildern des ${shown ? 'gezeigten' : 'gespeicherten'} Ergebnisses liegt es in **${percent(zeroShot)}** der Fälle richtig; Raten ergäbe ${percent(chance)}.`,
    unmeasured: 'Wie oft es ganz ohne Training richtig liegt, heißt seine Zero-Shot-Genauigkeit.',
    text: (numbers, shown) => `
${shown ? 'Auf dieser Seite' : 'In der gespeicherten Studie'} sortiert ein kleines Modell aus der CLIP-Familie Emojis in neun Gruppen, etwa Tiere, Essen oder Flaggen. Trainiert wurde es vorher mit Emojis in
ihren gewöhnlichen Farben. ${shown ? 'Hier' : 'Dort'} sieht es **Negative** wie auf einem Film, die es nie gesehen hat.

${numbers} Es ist also weder blind noch gut. Das ist der übliche Ausgangspunkt: ein Modell, das etwas kann, was deiner Aufgabe nahe ist.

Das vortrainierte Modell heißt **Backbone**. Von hier an ist es eingefroren: Keines seiner Gewichte ändert sich.`,
  },
  factors: {
    title: 'Zwei schmale Matrizen neben einer breiten',
    text: String.raw`
Eine Schicht des Modells multipliziert ihre Eingabe mit Matrizen. Eine von ihnen, $W$, hat hier 64 Zeilen und 64 Spalten. Ganz $W$ zu trainieren heißt, 4.096 Zahlen zu speichern und
zu verschieben, nur für diese eine Matrix.

LoRA (Hu et al. 2021) lässt $W$, wie es ist, und addiert ein Produkt zweier schmaler Matrizen:

$$W' = W + s\,B A,\qquad A \in \mathbb{R}^{r \times 64},\quad B \in \mathbb{R}^{64 \times r}$$

Trainiert werden nur $A$ und $B$. Der **Rang** $r$ sagt, wie schmal sie sind, und der Faktor davor ist $s = \alpha / r$. Auf dieser Seite sind $r = 4$ und $\alpha = 4$, solange du sie nicht änderst.`,
    question: 'Wie viele Zahlen haben A und B zusammen, wenn r = 4 ist?',
    choices: ['256', '512', '1.024', '4.096'],
    outcome: ({ layers, projections, numbers, beside }, shown) => String.raw`
**512**: $A$ hat $4 \times 64 = 256$ und $B$ ebenso viele. Das ist ein Achtel von $W$.

Der Adapter von LoRA im ${shown ? 'gezeigten' : 'gespeicherten'} Ergebnis sitzt auf ${germanCount(projections.length, 'Matrix', 'Matrizen')} (${projections.map((id) => PROJECTIONS[id]).join(', ')}) in jeder der ${layersOf(layers)}. Er hat **${integer(numbers)}** Zahlen, neben
${integer(beside)} in den Matrizen dieser Schichten. In größeren Modellen ist der Anteil noch kleiner, denn er sinkt mit der Breite.`,
  },
  start: {
    title: 'Am Anfang tut er nichts',
    text: String.raw`
$A$ beginnt mit kleinen zufälligen Zahlen, $B$ mit Nullen. Dann ist $BA = 0$, und das Modell mit seinem neuen Adapter antwortet genau wie vorher. Das Training
führt von dort weg.

Die zufälligen Zahlen in $A$ kommen aus einem **Seed**. Zwei Seeds beginnen an verschiedenen Stellen. Das wird in der nächsten Lektion wichtig.`,
  },
  train: {
    title: 'Trainiere einen',
    button: 'Einen Adapter je Arm trainieren, 100 Schritte',
    text: `
Dieser Schritt trainiert zwei kleine Adapter, LoRA und CopRA, 100 Schritte lang mit je 32 Bildern auf diesem Gerät. Ohne GPU dauert das bis zu ein oder zwei Minuten. Sieh zu,
wie der Loss sinkt und die Genauigkeit auf den Validierungsbildern steigt. Zero-Shot ist auf den Testbildern gemessen, also auf anderen: Vergleiche es mit der Testgenauigkeit.

Rate, bevor du beginnst.`,
    question: 'Wo liegt die Testgenauigkeit von LoRA nach 100 Schritten?',
    choices: ['Unter Zero-Shot', 'Etwa bei Zero-Shot', 'Deutlich über Zero-Shot'],
    outcome: (own, accuracy, zeroShot, error) =>
      `${own ? 'Dein Lauf' : 'Das Ergebnis auf der Seite, das nicht von diesem Lauf stammt,'} endet für LoRA bei **${percent(accuracy)}**, ausgehend von ${percent(zeroShot)} (Zero-Shot). Schon die Wahl der Testbilder macht eine solche Zahl um etwa
${course.points(error)} unsicher (warum, sagt Lektion 7). ${
        own
          ? 'Hundert Schritte sind wenig: Für das gespeicherte Ergebnis wurde 2.000 Schritte trainiert.'
          : 'Rechne den Schritt, um dein eigenes zu sehen.'
      }`,
  },
  carry: {
    title: 'Was du mitnehmen kannst',
    text: `
Wenn ein Lauf endet, erscheint sein Adapter unter **${parts.adapters}**. Er ist eine kleine Datei in dem Format, das die Bibliothek PEFT verwendet. Alle, die dasselbe
Backbone haben, können ihn aufsetzen, abnehmen oder gegen einen anderen tauschen.

Darin ist LoRA gut: ein Backbone, viele kleine Adapter. Ob sich zwei Adapter auch **verbinden** lassen, ist die Frage der nächsten Lektion.`,
  },
};
