/** The words of lesson 4 in German. */
import { germanCount } from '../../../core/counted.ts';
import { listed } from '../../../core/listed.ts';
import { integer, percent } from '../../../core/number-format.ts';
import { evensOf, ofArms, type CreditExtremes, type Evenness } from '../../facts.ts';
import { course } from '../messages.de.ts';
import type { SHAPLEY_LESSON_WORDS } from './messages.ts';

const { points } = course;

const extremes = ({ name, highest, lowest }: CreditExtremes): string =>
  `${name}: am meisten in Schicht ${highest.layer} (${points(highest.value)}), am wenigsten in Schicht ${lowest.layer} (${points(lowest.value)})`;

const withinError = ({ layers, withinError }: CreditExtremes): string =>
  `bei ${withinError} von ${germanCount(layers, 'Schicht', 'Schichten')} ist der Wert nicht größer als sein Fehler`;

const OTHER_SIDES =
  'Die beiden Anteile liegen nicht auf derselben Seite eines gemeinsamen gleichmäßigen Anteils; wer gleichmäßiger verteilt, sagt das also nicht.';

const SHARES: Record<Evenness, (isSaved: boolean) => string> = {
  'more even': () => 'Hier ist es so: Sein Anteil liegt deutlich näher am gleichmäßigen.',
  'less even': () => 'Hier liegt sein Anteil deutlich **weiter** vom gleichmäßigen entfernt: das Gegenteil.',
  lower: () => `Hier ist sein Anteil deutlich niedriger. ${OTHER_SIDES}`,
  higher: () => `Hier ist sein Anteil deutlich höher. ${OTHER_SIDES}`,
  unclear: (isSaved) =>
    `Hier unterscheiden sich die beiden Anteile nicht deutlich${isSaved ? ' (docs/results.md nennt die Differenz mit ihrem Fehler)' : ''}. Ein Befund an großen Modellen muss sich an einem kleinen nicht zeigen, und diese Seite tut nicht so, als ob.`,
  tooFew: () => 'Hier lässt es sich nicht sagen: Es sind zu wenige Seeds.',
};

const coalitionsOf = (players: number): string => `2^{${players}} = ${integer(2 ** players).replaceAll('.', '{.}')}`;

export const lessonShapley: typeof SHAPLEY_LESSON_WORDS = {
  title: 'Wer macht die Arbeit?',
  summary: 'Shapley-Werte: von Hand für drei Schichten, dann für ein ganzes Modell.',
  question: {
    title: 'Eine Mannschaft aus Schichten',
    text: `
Auf jeder Schicht sitzt ein Adapter. Schalte einige aus, und die Genauigkeit ändert sich. Wie viel vom Gewinn steht jeder Schicht zu?

Eine Schicht zu entfernen und den Verlust anzusehen, reicht nicht: Zwei Schichten tun vielleicht dasselbe, dann kann jede von beiden weg, aber nicht beide. Eine Schicht allein hinzuzunehmen, reicht auch nicht: Sie nützt
vielleicht erst mit einer anderen. Die Antwort muss **jede Mannschaft** ansehen, Koalition genannt.`,
  },
  byHand: {
    title: 'Drei Schichten, acht Koalitionen',
    text: String.raw`
Lass die Schichten eine nach der anderen dazukommen und notiere, was jede dabei beiträgt. Der **Shapley-Wert** einer Schicht ist das Mittel dessen, was sie in allen Reihenfolgen beiträgt. Drei Schichten haben sechs Reihenfolgen:

$$\varphi_i = \sum_{S \not\ni i} \frac{|S|!\,(n-|S|-1)!}{n!}\,\bigl(v(S \cup i) - v(S)\bigr)$$

$v(S)$ ist die Genauigkeit, wenn die Schichten in $S$ an sind. Die Zahlen unten sind erfunden, damit sie sich leicht rechnen lassen. Finde für jede Schicht, was sie in jedem Fall beiträgt, dann
das Mittel, gewichtet mit der Zahl der Reihenfolgen.`,
  },
  sum: {
    title: 'Was immer gilt',
    text: String.raw`
Sieh dir deine drei Werte an:

- Zusammen ergeben sie $v(\text{alle}) - v(\text{keine})$: Der ganze Gewinn wird verteilt, nicht mehr und nicht weniger.
- Zwei austauschbare Schichten bekommen gleich viel. Eine Schicht, die nie etwas ändert, bekommt nichts.
- Ein Wert kann negativ sein: Dann schadet die Schicht im Mittel.

Wenn du alle drei gefunden hast, geh einen Schritt zurück und ändere eine Genauigkeit in der Tabelle: Neben deinen Werten stehen die, die jetzt gelten. Welche bewegen sich?`,
  },
  allLayers: {
    title: 'Alle Schichten',
    text: (players) =>
      `${
        players.length === 0
          ? 'Das Modell hier hat zwölf Schichten, die Bilder lesen, und vier, die Wörter lesen.'
          : `Die Adapter des gezeigten Ergebnisses sitzen auf ${listed(ofArms(players, (layers) => germanCount(layers, 'Schicht', 'Schichten')))}, das ergibt ${listed(ofArms(players, (layers) => `$${coalitionsOf(layers)}$`))} Koalitionen.`
      } Bei höchstens sechzehn Schichten, und höchstens zwölf in einem Encoder, wertet die Seite jede davon aus und zeigt die exakten Werte. (Exakt für die verwendeten Bilder. Andere Bilder ergäben etwas
andere Werte: um wie viel, sagt die Bildunterschrift.)`,
    question: (evens) =>
      `Wären alle Schichten gleich, bekäme das obere Drittel ${evens.length === 0 ? 'etwa ein Drittel' : listed(ofArms(evens, (even) => percent(even, 0)))} des Beitrags. Welcher Arm gibt ihm mehr?`,
    choices: ['LoRA, deutlich', 'Kein deutlicher Unterschied', 'CopRA, deutlich'],
    outcome: (
      lora,
      copra,
      evenness,
      isSaved,
    ) => `Im gezeigten Ergebnis entfallen auf das obere Drittel der Schichten **${percent(lora.topThird)}** des Beitrags bei LoRA und **${percent(copra.topThird)}** bei CopRA; gleichmäßig verteilt wären es ${listed(ofArms(evensOf(lora, copra), (even) => percent(even)))}.

- ${extremes(lora)}.
- ${extremes(copra)}.

Die Papers berichten, dass CopRA den Beitrag weit gleichmäßiger verteilt. ${SHARES[evenness](isSaved)}`,
  },
  run: {
    title: 'Verteile den Beitrag selbst',
    button: 'Einen Seed je Arm trainieren, 200 Schritte, und Beiträge berechnen',
    text: `
Ein kurzer Lauf mit wenigen Bildern: etwa eine Minute ohne GPU. Sieh dir die Fehlerbalken an, bevor du zwei Schichten vergleichst.`,
    question: (own, saved) =>
      `Ein Adapter, gemessen an ${own} statt ${saved} Bildern: Wie ändert sich der Stichprobenfehler seiner Werte?`,
    choices: ['Er ist halb so groß', 'Kaum', 'Er ist etwa doppelt so groß'],
    outcome: (own) =>
      `**Etwa doppelt so groß.** Ein Viertel der Bilder verdoppelt den Stichprobenfehler ein und desselben Adapters: Er sinkt mit der Wurzel ihrer Anzahl. Ein Adapter, der wenige Antworten ändert, hat ohnehin kleine Fehler. ${own}`,
    own: (lora, copra) =>
      `Dein Lauf, ein Seed und ${germanCount(lora.images, 'Bild', 'Bilder')}:

- ${extremes(lora)}; ${withinError(lora)};
- ${extremes(copra)}; ${withinError(copra)}.

Der Stichprobenfehler eines Wertes ist bei LoRA im Mittel ${points(lora.error)} und bei CopRA ${points(copra.error)}. Bei ${germanCount(lora.images, 'Bild', 'Bildern')} macht ein richtiges Bild mehr oder weniger
schon ${points(1 / lora.images)} aus.`,
  },
};
