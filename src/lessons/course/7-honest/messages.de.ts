/** The words of lesson 7 in German. */
import { germanCount } from '../../../core/counted.ts';
import type { Sample } from '../../../core/clusters.ts';
import type { ScopedInterval } from '../../../core/crossed-interval.ts';
import { listed } from '../../../core/listed.ts';
import { percent } from '../../../core/number-format.ts';
import { scopeText } from '../../../study/readings/words.ts';
import { measures } from '../../../study/result/measures/messages.de.ts';
import { course } from '../messages.de.ts';
import { against, type Against } from '../../facts.ts';
import { presets } from '../../../study/presets/messages.de.ts';
import type { ArmBesideSampling, ArmSpread, HONEST_WORDS, OwnInterval, ToldSide } from './messages.ts';

const { points, signed, interval } = course;

const ofCells = (cells: number): string => germanCount(cells, 'Zelle', 'Zellen');

const BY_LUCK = 'Ohne jeden Unterschied schlösse eines von zwanzig solchen Intervallen sie ebenfalls aus.';

const SIDES: Record<ToldSide, string> = {
  higher: `Es schließt die Null aus: Das spricht für einen Unterschied zugunsten von CopRA, für diese Aufgabe und diese Einstellungen. ${BY_LUCK}`,
  lower: `Es schließt die Null aus: Das spricht für einen Unterschied zugunsten von LoRA, für diese Aufgabe und diese Einstellungen. ${BY_LUCK}`,
  unclear: 'Es enthält die Null: Diese Seeds entscheiden es nicht.',
};

const AGAINST_SAMPLING = {
  closer: `Die Seeds liegen enger zusammen, als der Stichprobenfehler der Bilder vermuten ließe, denn alle werden an *denselben* Bildern getestet:
Ein schweres Bild ist für jeden Seed schwer.`,
  wider: `Die Seeds liegen nicht enger zusammen, als der Stichprobenfehler der Bilder vermuten ließe, obwohl alle an *denselben* Bildern getestet werden:
Hier zählt das Glück beim Training mindestens so viel wie die Wahl der Bilder.`,
  none: 'Ein einziger Seed hat keine Streuung: Wie viel seiner Genauigkeit Glück ist, müssten weitere Seeds zeigen.',
};

const besideSampling = (arms: readonly ArmBesideSampling[] | null): string => {
  if (arms === null) return AGAINST_SAMPLING.none;
  const [closer, wider] = [true, false].map((side) =>
    arms.flatMap(({ name, isCloser }) => (isCloser === side ? [name] : [])),
  );
  if (wider.length === 0) return AGAINST_SAMPLING.closer;
  if (closer.length === 0) return AGAINST_SAMPLING.wider;
  return `Die Seeds von ${listed(closer)} liegen enger zusammen, als der Stichprobenfehler der Bilder vermuten ließe, denn alle werden an *denselben* Bildern getestet. Die von ${listed(wider)} liegen nicht enger zusammen, obwohl es auch bei ihnen dieselben Bilder sind: Dort zählt das Glück beim Training mindestens so viel wie die Wahl der Bilder.`;
};

const ofMotifs = ({ images, motifs, effective }: Sample, error: number): string =>
  motifs !== null && motifs < images
    ? `Sie zeigen aber nur ${germanCount(motifs, 'Motiv', 'Motive')}, die meisten davon in mehreren Stilen, und Bilder eines Motivs sind oft gemeinsam richtig oder falsch. Sie sagen also so viel wie etwa ${germanCount(Math.round(effective), 'unabhängiges Bild', 'unabhängige Bilder')}, und der Stichprobenfehler ist **${points(error)}**. `
    : '';

const SHARES: Record<Against, string> = {
  higher: '**ein größerer Anteil**',
  lower: '**ein kleinerer Anteil**',
  same: '**derselbe Anteil**',
};

const AGAINST_SAVED: Record<Against, string> = {
  lower: '**enger zusammen**',
  higher: '**weiter auseinander**',
  same: '**gleich weit auseinander**',
};

const besideSaved = ([first, ...others]: readonly ArmSpread[]): string =>
  others.every(({ spread }) => spread === first.spread)
    ? `Deine Seeds liegen bei beiden Armen ${AGAINST_SAVED[first.spread]}.`
    : `Deine Seeds liegen ${listed([first, ...others].map(({ name, spread }) => `bei ${name} ${AGAINST_SAVED[spread]}`))}.`;

const KNOWN: Record<Against, (isProbably: boolean) => string> = {
  higher: (isProbably) =>
    `Die Differenz kennt man also ${isProbably ? 'wahrscheinlich ' : ''}**besser**: Was beide Arme gemeinsam haben, vor allem schwere Bilder, hebt sich auf.`,
  lower: () =>
    'Die Differenz kennt man also **schlechter**: Was sich aufhebt, ist weniger als das, was jeder Arm hinzufügt.',
  same: () => 'Beide kennt man also **gleich gut**.',
};

const beside = (alone: OwnInterval, difference: ScopedInterval): string => {
  const [own, half] = [alone, difference].map(({ low, high }) => (high - low) / 2);
  const [has, atMost] = alone.isAtMost ? ['höchstens das Intervall', 'höchstens '] : ['das Intervall', ''];
  return `Zum Vergleich: Das Mittel von LoRA allein hat ${has} ${percent(alone.low)} bis ${percent(alone.high)}, ebenfalls ${scopeText(difference)}. Die Differenz ist auf ± ${points(half)} bekannt, das Mittel auf ${atMost}± ${points(own)}. ${KNOWN[against(own, half)](alone.isAtMost)} `;
};

const RAMP: Record<ToldSide, (isControlAhead: boolean) => string> = {
  higher: () =>
    'Es schließt die Null aus: Die Rampe bringt hier etwas, das Schichten mit fester Rate auszuschalten nicht bringt.',
  lower: () =>
    'Es schließt die Null aus: Bei diesem Maß behält die Kontrolle mehr. Dass CopRA vor LoRA liegt, spricht also nicht für die Rampe.',
  unclear: (isControlAhead) =>
    isControlAhead
      ? 'Es enthält die Null, und die Kontrolle liegt selbst deutlich vor LoRA: Schichten mit fester Rate auszuschalten bringt ebenso viel, soweit diese Seeds es sagen.'
      : 'Es enthält die Null: Welche der beiden Änderungen hilft, sagen diese Seeds nicht.',
};

export const lessonHonest: typeof HONEST_WORDS = {
  title: 'Wo hilft CopRA?',
  summary: 'Eine Karte der Bedingungen, und wie man ein Muster vom Zufall unterscheidet.',
  noCells:
    'Noch lässt sich keine Zelle der Karte vergleichen, und keine kam mit der Seite. Der Knopf unter der Karte rechnet sie eine nach der anderen, jeweils einige Minuten; oder geh weiter und komm später zu diesem Schritt zurück.',
  corners: (
    { baseline, other, measure },
    { whole, done, corners },
  ) => `${other} − ${baseline}, ${measure}, Ecke für Ecke:

${corners
  .filter(({ cells }) => cells > 0)
  .map(
    ({ words, mean, better, worse, cells }) =>
      `- ${words}: im Mittel **${signed(mean)}**; ${other} deutlich besser in ${better} von ${ofCells(cells)}, deutlich schlechter in ${worse}`,
  )
  .join('\n')}

*Deutlich* heißt: Die Zelle hat einen Stern, weil ihr 95-%-Intervall die 0 ausschließt. ${
    whole.cells === done
      ? `Von insgesamt ${germanCount(done, 'gerechneten Zelle', 'gerechneten Zellen')}`
      : `Von ${whole.cells === 1 ? 'der einen' : `den ${whole.cells}`} der ${ofCells(done)}, in ${whole.cells === 1 ? 'der' : 'denen'} sich das vergleichen lässt (in den anderen haben zu wenige Seeds diesen Wert),`
  } ist ${other} in **${whole.better}** deutlich besser und in **${whole.worse}** deutlich schlechter.`,
  regimes: {
    title: 'Sag die Karte voraus',
    text: String.raw`
„CopRA ist besser“ und „CopRA ist schlechter“ können beide stimmen, unter verschiedenen **Bedingungen**. Die Karte macht denselben Vergleich für mehrere Anzahlen von Trainingsbildern (nach oben) und mehrere Lernraten (nach rechts).

Zwei Überlegungen dazu. Bei CopRA sind Schichten zufällig aus, bis drei Viertel der Schritte vorbei sind; im Mittel lernt jede also in etwa

$$1 - \tfrac12 \cdot 0{,}75 = 62{,}5\,\%$$

der Schritte: Bei niedriger Lernrate kommt sie vielleicht nicht weit genug. Und Schichten auszuschalten ist eine Art Dropout, das Auswendiglernen bremst: eine Gefahr, die wächst, wenn es wenige Bilder gibt.`,
    question: 'In welcher Ecke ist die Testgenauigkeit von CopRA im Mittel nicht höher als die von LoRA?',
    choices: [
      'Wenige Bilder, niedrige Rate',
      'Wenige Bilder, hohe Rate',
      'Viele Bilder, niedrige Rate',
      'Viele Bilder, hohe Rate',
    ],
    outcome: (corners, { other }, behind, column) => `${corners}

${
  behind.length === 0
    ? `Das Mittel von ${other} ist in jeder Ecke höher.`
    : `Nicht höher ist das Mittel von ${other} bei ${behind.map((words) => `**${words}**`).join('; ebenso bei ')}.`
}${
      column
        ? ` Eine Ecke ist ein Mittel über mehrere Zellen. Am weitesten von 0 liegt die Spalte ${column.words}, im Mittel bei **${signed(column.mean)}**; über die ${column.others.cells === 1 ? 'andere Zelle' : `anderen ${column.others.cells} Zellen`} sind es im Mittel ${signed(column.others.mean)}.`
        : ''
    }`,
  },
  map: {
    title: 'Frag die Karte etwas anderes',
    text: `
Die Genauigkeit mit allen Schichten ist ein Maß. Ein anderes: Welcher Teil des Gewinns gegenüber dem unberührten Modell bleibt, wenn nach dem Training jede zweite Schicht ausgeschaltet wird? Sobald du geantwortet hast, zeigt die Karte „${measures.masked.retained(measures.masks['every other'])}“; die anderen Maße stehen im Menü darüber.`,
    question: 'In welchem Anteil der Zellen, in denen sich das vergleichen lässt, behält CopRA deutlich mehr?',
    choices: ['Im selben wie bei der Genauigkeit', 'In einem größeren', 'In einem kleineren'],
    outcome: (corners, whole, before, byChance) => `${corners}

${
  before
    ? `Das sind ${whole.better} von ${whole.cells}, bei der Genauigkeit sind es ${before.better} von ${before.cells}: ${SHARES[before.share]}. `
    : ''
}Vergleiche die beiden Ablesungen. Ob CopRA hilft, lässt sich nicht sagen ohne *worin* und *wo*. Und von ${germanCount(whole.cells, 'Intervall', 'Intervallen')} ${byChance < 1 ? 'würde weniger als eines' : Math.round(byChance) === 1 ? 'würde etwa eines' : `würden etwa ${Math.round(byChance)}`} die 0 selbst dann ausschließen, wenn sich die Arme nie unterschieden:
Ein einzelner Stern sagt wenig. Nachbarn, die übereinstimmen, sagen kaum mehr: Sie teilen Seeds, Testbilder und Trainingsbilder und damit den Zufall. Mehr sagen andere Seeds und andere Bilder.`,
  },
  pictures: {
    title: 'Wie viele Bilder?',
    text: String.raw`
Eine Genauigkeit ist ein Anteil von Testbildern. Andere Testbilder hätten einen anderen Anteil ergeben. Für $n$ unabhängige Bilder und die Genauigkeit $a$ ist der Stichprobenfehler etwa

$$\sqrt{\frac{a(1-a)}{n}}$$

Unter Diagrammen von Genauigkeiten steht, auf wie vielen Bildern und Seeds sie beruhen, auch unter der Karte.`,
    question: 'Wie groß ist der Stichprobenfehler bei etwa 60 % Genauigkeit und 100 Bildern?',
    choices: ['0,5 Punkte', '1,5 Punkte', '5 Punkte'],
    outcome: (
      pictures,
      accuracy,
      errors,
    ) => `Das gezeigte Ergebnis testet an **${germanCount(pictures.images, 'Bild', 'Bildern')}**. Für die ${percent(accuracy)} von LoRA ergibt das $\\sqrt{a(1-a)/n}$ = **${points(errors.ofFormula)}**. ${ofMotifs(pictures, errors.here)}Mit 100 unabhängigen Bildern wären es etwa ${points(errors.ofHundred)}.
Ein Unterschied von zwei Punkten zwischen zwei Methoden, die beide einmal an 100 Bildern getestet wurden, sagt so gut wie nichts.`,
  },
  seeds: {
    title: 'Wie viele Seeds?',
    text: `
Training hängt vom Glück ab: von den Anfangszahlen und der Reihenfolge der Bilder. Beide kommen aus dem Seed. Ein Seed zeigt eine Ziehung; die **Streuung über Seeds** zeigt, wie viel davon Glück ist.

Bänder und ± hinter einem Mittel sind meist Standardabweichungen über Seeds (oder über Seed-Paare). Sie beschreiben, wie sich einzelne Läufe unterscheiden. Der Fehler des *Mittels* ist kleiner, und zwar um die Wurzel aus der Zahl der Seeds. In den Zellen der Karte ist ± die halbe Breite des 95-%-Intervalls; was eine Abbildung hat, sagt das kleine i neben ihrem Titel.`,
    question:
      'Wie weit liegen die Seeds von LoRA im gezeigten Ergebnis auseinander, von der niedrigsten Genauigkeit bis zur höchsten?',
    choices: ['Weniger als 3 Punkte', '3 bis 10 Punkte', 'Mehr als 10 Punkte'],
    outcome: (spreads, range, arms) =>
      `${spreads}${range === null ? '' : ` Vom niedrigsten Seed von LoRA zum höchsten sind es **${points(range)}**.`} ${besideSampling(arms)}`,
  },
  paired: {
    title: 'Paarweise vergleichen',
    text: `
Beide Arme haben dieselben Seeds, in jeder Studie und in jeder Zelle der Karte: Gleiche Seeds teilen Anfangszahlen, Bilder und deren Reihenfolge. Vergleiche also Seed für Seed und sieh dir die Differenzen an.`,
    question: 'Wie gut kennt man die Differenz der Arme, verglichen mit der Genauigkeit eines Arms?',
    choices: [
      'Schlechter: Beide Arme haben einen Fehler',
      'Besser: Was beide gemeinsam haben, hebt sich auf',
      'Gleich gut',
    ],
    outcome: (
      difference,
      side,
      alone,
    ) => `CopRA − LoRA, Seed für Seed: **${signed(difference.mean)}**, ${interval(difference)}. ${SIDES[side]}

${alone ? beside(alone, difference) : 'Das Mittel von LoRA allein hat hier kein solches Intervall zum Vergleich. '}Jede Zelle der Karte ist eine solche gepaarte Differenz. Eine, die gegen CopRA spricht, zeigt die Seite ebenso offen wie eine, die dafür spricht: Unter den Vorlagen ist **Viele Daten** eine Studie, in der LoRA genauer ist.`,
  },
  control: {
    title: 'Such die Kontrolle',
    text: `
CopRA ändert an LoRA zwei Dinge zugleich: Schichten werden ausgeschaltet, und die Wahrscheinlichkeit, dass eine an ist, steigt über eine **Rampe**. Eine **Kontrolle** hat die eine Änderung ohne die andere. *Constant layer drop* schaltet Schichten vom ersten bis zum letzten Schritt aus, immer mit derselben Rate, bei der im Mittel so viele an sind wie bei CopRA.

Die gespeicherte Studie **${presets.called('Controls')}** zeigt sie neben LoRA und CopRA, mit denselben Seeds, Bildern und Schritten.`,
    question: 'Wenn nach dem Training jede zweite Schicht ausgeschaltet wird: Wer behält mehr vom Gewinn?',
    choices: ['CopRA, wegen der Rampe', 'Die Kontrolle, ohne Rampe', 'Keine von beiden deutlich'],
    outcome: (arms, difference, side, isControlAhead) => {
      const [, copra, control] = arms;
      return `${listed(arms.map(({ name, kept }) => `${name} behält **${percent(kept)}**`))}. ${copra.name} − ${control.name}, Seed für Seed: **${signed(difference.mean)}**, ${interval(difference)}. ${RAMP[side](isControlAhead)}

Mit allen Schichten erreicht ${copra.name} ${percent(copra.accuracy)} und ${control.name} ${percent(control.accuracy)}. Eine Methode, die ihre Vergleichsmethode schlägt, hat noch keine einfachere Erklärung geschlagen: Such die Kontrolle, und wo keine ist, füge sie als eigenen Arm hinzu.`;
    },
  },
  run: {
    title: 'Mach ein unklares Diagramm',
    button: 'Fünf Seeds je Arm trainieren, 60 Schritte',
    text: `
Fünf Seeds je Arm, aber nur 60 Schritte und 100 Testbilder: etwa eine Minute ohne GPU. Lies ab, was es sagen kann und was nicht.`,
    question: 'Liegen die Seeds enger zusammen oder weiter auseinander als im gespeicherten Ergebnis?',
    choices: [
      'In beiden Armen enger',
      'In beiden Armen weiter auseinander',
      'In den beiden Armen verschieden, oder unverändert',
    ],
    compared: (spreads, arms) => `Im gespeicherten Ergebnis: ${spreads} ${besideSaved(arms)}`,
  },
  checklist: {
    title: 'Sechs Fragen an jedes Diagramm',
    text: `
1. Unter welchen Bedingungen? Wie viele Bilder und Schritte, welche Lernrate; und wer hat sie gewählt, woran?
2. Wie viele Seeds, und ist ihre Streuung zu sehen?
3. Wie viele Testbilder, von wie vielen verschiedenen Dingen, und welcher Stichprobenfehler folgt daraus?
4. Hatten alle Methoden dieselben Schritte, Daten und Seeds?
5. Welche Zahlen fehlen? Suche das Maß und die Bedingungen, bei denen die bevorzugte Methode verliert.
6. Was hätte geschehen müssen, damit die Autoren das Gegenteil schließen?

Stell sie auch dieser Seite. Jede Zahl des gespeicherten Ergebnisses steht mit ihrem Fehler in docs/results.md.`,
  },
};
