/** The words of lesson 1 in German. */
import { germanCount } from '../../../core/counted.ts';
import { percent } from '../../../core/number-format.ts';
import { parts } from '../../part-words.de.ts';
import type { PICTURE_LESSON_WORDS } from './messages.ts';

export const lessonPicture: typeof PICTURE_LESSON_WORDS = {
  title: 'Was das Bild sagt',
  summary: 'Sieh einem Modell beim Entscheiden zu, finde seine Fehler und zeig ihm ein eigenes Bild.',
  decide: {
    title: 'Sieh ihm beim Entscheiden zu',
    text: (task) => `
Das Modell auf dieser Seite sieht sich ein Bild an und sagt, welche von ${task ? germanCount(task.classes, 'Klasse', 'Klassen') : 'mehreren Klassen'} es zeigt${task?.isSaved ? ': Essen, Tiere, Flaggen und so weiter' : ''}. Jeder Klasse gibt es einen Anteil an seiner Überzeugung, zusammen 100 %, und es antwortet mit dem größten.

${task?.isSaved ? 'Die Bilder sind Emojis in **negativen** Farben, die es nie gesehen hat. ' : task ? `Die Bilder sind die der Aufgabe „${task.name}“. ` : ''}Unter **${parts.pictures}** ist jede Kachel ein Testbild, und ✓ oder ✗ sagt, wer richtig liegt: das Modell,
wie es war (das *Backbone*), und zwei trainierte Fassungen davon.`,
    question: 'Wie viele der Bilder hat das Backbone ungefähr richtig, bevor mit solchen trainiert wird?',
    choices: (classes) => {
      const most = classes === 2 ? 'drei Viertel' : 'die Hälfte';
      return [
        classes === null ? 'Nicht mehr als beim Raten' : `Eines von ${classes} oder weniger, wie beim Raten`,
        `Deutlich mehr, aber weniger als ${most}`,
        `Mehr als ${most}`,
      ];
    },
    outcome: (
      accuracy,
      pictures,
      classes,
      chance,
    ) => `Vor jedem Training liegt das Modell bei **${percent(accuracy)}** der ${pictures} Testbilder richtig. Wer zwischen ${germanCount(classes, 'Klasse', 'Klassen')} rät, liegt bei ${percent(chance)} richtig.

Die Prozentzahl auf einer Kachel ist der Anteil, den die **richtige** Klasse bekommt. Gibt das Backbone ihr mehr als die Hälfte, hat es auf jeden Fall recht; darunter sieh nach, wie oft eine andere mehr bekommt.`,
  },
  learned: {
    title: 'Was das Training ändert',
    text: `
Die Zeichen einer Kachel sind von oben nach unten die des Backbones und die der trainierten Fassungen. **LoRA** und **CopRA** sind zwei Arten zu trainieren; die nächsten Lektionen erklären sie. Wähle nach deiner Antwort über den Kacheln
andere Bilder und öffne eines: Dort steht, was alle antworten und welchen Anteil sie der richtigen Klasse geben.`,
    question: 'Macht das Training jemals ein Bild falsch, das vorher richtig war?',
    choices: [
      'Nein, es kommt nur etwas dazu',
      'Ja, aber weniger, als es gewinnt',
      'Ja, so viele, wie es gewinnt, oder mehr',
    ],
    outcome: (
      { name, pictures, right, lost, won },
      before,
      after,
      tested,
    ) => `Von allen ${pictures} Bildern unter **${parts.pictures}** hat das Backbone ${right} richtig. Nach dem Training sind in den meisten Läufen von ${name} **${won}** richtig, die es falsch hatte, und **${lost}** falsch, die es richtig hatte.

${lost > 0 && won > 0 ? `Eine Angabe wie „${percent(before)} vorher, ${percent(after)} nachher“ verbirgt also einen Tausch.` : `Über alle ${tested} Testbilder ist die Genauigkeit vorher ${percent(before)} und nachher ${percent(after)}.`}${pictures < tested ? ` (Diese Bilder sind so gewählt, dass sie Fälle jeder Art zeigen; die beiden Prozentzahlen gelten für alle ${tested} Testbilder.)` : ''}`,
  },
  mistakes: {
    title: 'Welche Fehler?',
    text: `
Ein Anteil richtiger Antworten sagt nicht, welche die falschen sind. Die Matrix sagt es: Eine Zeile ist, was das Bild zeigt, eine Spalte, was das Modell sagte. Richtige Antworten liegen auf der Diagonale; alles daneben ist ein Fehler, und ein Druck auf eine Zelle
führt zu ihren Bildern.`,
    question: 'Welche Klasse erkennt LoRA am seltensten richtig?',
    outcome: (
      name,
      { best, worst, mistake },
      before,
    ) => `${name} liegt am seltensten richtig bei **${worst.name}** (${percent(worst.right)}) und am häufigsten bei **${best.name}** (${percent(best.right)}). ${mistake ? `Am häufigsten hält es „${mistake.of}“ für „${mistake.taken}“: in ${mistake.times} der ${mistake.answers} Antworten, die alle Läufe auf Bilder von „${mistake.of}“ gaben. ` : ''}Dem Backbone fiel „${before.worst.name}“ am schwersten (${percent(before.worst.right)}).

Fehler sind nicht gleichmäßig verteilt: Sie liegen zwischen Klassen, die einander ähnlich sehen oder sich Bilder teilen.`,
  },
  camera: {
    title: 'Zeig ihm etwas von dir',
    text: `
Unter **${parts.own}** kannst du ein Bild ablegen, eines einfügen, eine Datei wählen oder etwas in die Kamera halten. Das Backbone und beide trainierten Fassungen antworten nebeneinander. Das Bild bleibt auf diesem Gerät.

Versuch es mit einem Emoji auf deinem Telefon, einer Tasse und deinem eigenen Gesicht.`,
    question: 'Was sagt das Modell zu etwas, das in keine seiner Klassen gehört?',
    choices: ['Dass es das nicht kennt', 'Eine seiner Klassen, was es auch sei', 'Nichts'],
    outcome: `
**Eine seiner Klassen.** Die Anteile werden unter den Klassen aufgeteilt, die zur Wahl stehen; sie ergeben also auch dann 100 %, wenn alle falsch sind. Ein hoher Anteil heißt „eher dies als die anderen“, nicht „das kenne ich“.

Du kannst ihm mehr anbieten: Schreib ein eigenes Wort neben die Klassen, und es bekommt seinen Teil der Überzeugung. Das geht, weil dieses Modell neben Bildern auch Wörter liest.`,
  },
};
