/** The words of the live column in German. */
import { germanCount } from '../../core/counted.ts';
import { fixed, integer, MISSING, percent } from '../../core/number-format.ts';
import type { LIVE_WORDS } from './messages.ts';

export const live: typeof LIVE_WORDS = {
  run: 'Rechnen',
  runHere: 'Hier rechnen',
  runAgain: 'Noch einmal rechnen',
  runAgainHere: 'Hier noch einmal rechnen',
  runWithChanges: 'Mit Änderungen rechnen',
  startOver: 'Von vorn beginnen',
  starting: 'Beginnt',
  stopping: 'Wird beendet',
  resume: 'Weiter',
  pause: 'Pause',
  singleStep: 'Einzelner Schritt',
  stopAtOnce: 'Sofort beenden',
  stop: 'Beenden und Fertiges behalten',
  changes: (named, more) =>
    `${named.map(({ label, from, to }) => (from ? `${label} ${from} → ${to}` : `${label} ${to}`)).join(', ')}${more > 0 ? ` und ${more} weitere` : ''}`,
  changedSince: 'Geändert seit dem gezeigten Ergebnis:',
  runningTrains: (adapters, isRetrained) =>
    `. Rechnen trainiert ${germanCount(adapters, 'Adapter', 'Adapter')} noch einmal${isRetrained ? ' und wiederholt jede Analyse.' : ' (dieselben) und wiederholt die Analysen.'}`,
  changedForNext: 'Geändert für den nächsten Lauf:',
  goesOn: '. Die laufende Studie rechnet mit ihren Diagrammen so weiter, wie sie begonnen hat.',
  takeBack: 'Ihre Einstellungen zurückholen',
  notifications: {
    about: 'Benachrichtigungen',
    blocked:
      'Dieser Browser blockiert Benachrichtigungen dieser Seite. Erlaube sie in seinen Einstellungen, damit er dir sagt, wann eine Studie zu Ende ist.',
    on: 'Sagt dir Bescheid',
    off: 'Bescheid sagen',
  },
  phases: 'Phasen einer Studie',
  progress: 'Fortschritt der Phase',
  begins: 'beginnt',
  idle: 'läuft nicht',
  rate: (rate) => `${rate === null ? MISSING : integer(rate)} Bilder/s`,
  remaining: (time) => `Rest ${time}`,
  stepOf: (step, steps) => `Schritt ${integer(step)} von ${integer(steps)}`,
  done: 'fertig',
  stopped: 'vorzeitig beendet',
  stoppedAt: (place) => `beendet bei ${place}`,
  stoppedInAnalyses: 'vor dem Ende der Analysen beendet',
  studyDone: 'Die Studie ist fertig.',
  studyStopped: 'Die Studie wurde vorzeitig beendet.',
  paused: 'Pause.',
  progressSentence: (phase, place, left) => `${phase}: ${place}${left === null ? '' : `, noch etwa ${left}`}.`,
  source: {
    loading: 'Lädt',
    loadingText: 'Die Zahlen und Diagramme der Studie kommen gleich.',
    none: 'Noch kein Ergebnis',
    noneText: 'Drücke „Hier rechnen“: Alle Arme trainieren auf diesem Gerät, und jedes Diagramm füllt sich dabei.',
    saved: 'Gespeichert',
    link: 'Aus dem Link',
    linkText: 'Zahlen aus dem Link, nicht hier gerechnet.',
    file: 'Aus der Datei',
    fileText: 'Zahlen aus der Datei, nicht hier gerechnet.',
    united: 'Vereinigt',
    unitedText: 'Mehrere Studien mit verschiedenen Seeds, zu einer vereinigt; nicht alles hier gerechnet.',
    computed: 'Hier gerechnet',
    live: 'Live',
    showSaved: 'Gespeichertes Ergebnis zeigen',
    backToOwn: 'Zurück zu meinem Ergebnis',
    software: '(Software)',
    precision: { f16: 'in halber Genauigkeit', mixed: 'zum Teil in halber Genauigkeit' },
    evaluated: (adapters) => `${germanCount(adapters, 'Adapter', 'Adapter')} ausgewertet, nichts trainiert`,
    trained: (arms, seeds, steps) =>
      `${germanCount(arms, 'Arm', 'Arme')} × ${germanCount(seeds, 'Seed', 'Seeds')} × ${germanCount(steps, 'Schritt', 'Schritte')}`,
    computing: 'rechnet auf diesem Gerät',
    computedIn: (time) => `auf diesem Gerät in ${time} gerechnet`,
  },
  sweepValue: (setting) => `Band und Kurven: bei ${setting}`,
  tape: {
    about: 'wie man das Aktivierungsband liest',
    help: [
      'Eine Zeile je Schicht, der Eingang unten; eine Spalte je Trainingsschritt. Farbig: Das LoRA der Schicht war aktiv und lernte. Grau: Es war in diesem Schritt ausgeschaltet, und die eingefrorenen Gewichte arbeiteten allein.',
      'Die Linie ist p, die Wahrscheinlichkeit, mit der eine Schicht aktiv ist. Die Spalte rechts zeigt die Schichten im markierten Schritt.',
    ],
    seedShown: 'Seed der gezeigten Bänder',
    seed: (seed) => `Seed ${seed}`,
    caption:
      'Farbig, wo das LoRA einer Schicht aktiv war, grau, wo es ausgeschaltet war; die Linie ist die Wahrscheinlichkeit p, aktiv zu sein.',
    axis: 'Trainingsschritt',
    of: (arm) => `Aktivierungsband von ${arm}`,
    allLayers: 'alle',
    at: (step, probability, active, layers) =>
      `Schritt ${integer(step)} · p = ${fixed(probability, 2)} · ${active} von ${layers} aktiv`,
    noStep: (isRunning) => (isRunning ? 'noch kein Schritt' : 'nicht aufgezeichnet'),
    columns: { arm: 'Arm', steps: 'Schritte', probability: 'p', layer: (layer) => `Schicht ${layer} %` },
    layers: (layers) => `: ${layers.length === 1 ? 'Schicht' : 'Schichten'} ${layers.join(', ')}`,
  },
  curves: {
    help: [
      'Alle Arme sehen dieselben Bilder in derselben Reihenfolge. Arme, die dieselben Schichten mit demselben Rang anpassen, beginnen mit denselben Faktoren: CopRA mit den Einstellungen von LoRA unterscheidet sich von ihm nur in den Gates.',
      'CopRA wird immer mit allen Schichten validiert, auch solange im Training Schichten ausfallen. Beurteile seine Genauigkeit nach der Rampe. Was das Backbone ohne Training erreicht, ist auf den Testbildern gemessen, die schwerer oder leichter sein können: Es hat hier keine Linie. Bänder sind eine Standardabweichung über die Seeds.',
      'Ein Schritt von CopRA trainiert weniger Adapter und rechnet weniger. Updates zählen die aktiven Adapter, alle Schichten zusammen als 1; Rechenaufwand zählt die Arithmetik eines einzelnen Laufs. Beides folgt aus den Gates. Wo die Studie die Zeit eines Schritts gemessen hat, ist Zeit die eines einzelnen Laufs.',
    ],
    soFar: (arm, accuracy, step) => `${arm} ${accuracy} % bei Schritt ${integer(step)}`,
    soFarAll: (arms) => `Validierungsgenauigkeit bisher: ${arms.join(', ')}.`,
    validationImages: (count) => germanCount(count, 'Validierungsbild', 'Validierungsbilder'),
    endOtherwise: (images, arms, remark) =>
      `Auf den ${germanCount(images, 'Validierungsbild', 'Validierungsbildern')} der Kurven liegen die Mittelwerte umgekehrt: ${arms.map(({ name, validation }) => `${name} endet bei ${percent(validation)}`).join(', ')}${remark}.`,
    countedIn: 'Training: gezählt in',
    empty: 'Hier werden Loss und Genauigkeit gezeichnet, während die Arme trainieren.',
    notTrained: 'Nichts wurde trainiert: Vorhandene Adapter wurden getestet.',
    accuracyAxis: 'Validierungsgenauigkeit, %',
    lossAxis: (hasDiverged) => `Trainings-Loss, Nats${hasDiverged ? ' (gepunktet: ein Lauf ist divergiert)' : ''}`,
    step: (step) => `Schritt ${step}`,
    columns: {
      arm: 'Arm',
      step: 'Schritt',
      accuracy: 'Validierungsgenauigkeit %',
      sd: 'Std.-Abw.',
      loss: 'Validierungs-Loss',
      seeds: 'Seeds',
    },
    caption: {
      taken: (name, first, last, whole) => {
        const steps = germanCount(last, 'Schritt', 'Schritten');
        const rest = whole > 0 ? `, ${germanCount(whole, 'Seed', 'Seeds')} nach allen Schritten` : '';
        return `${name} wird getestet, wie es nach ${first === null ? '' : `${integer(first)} bis `}${steps} war${rest}`;
      },
      reaches: (name, accuracy, isFirst) => `${name} ${isFirst ? 'erreicht ' : ''}${accuracy}`,
      after: (steps, arms, over) =>
        `${steps > 0 ? `Nach ${germanCount(steps, 'Schritt', 'Schritten')}` : 'Ohne weiteres Training'}: ${arms} Testgenauigkeit (${over})`,
      zeroShot: (accuracy) => `ohne Training sind es ${accuracy}`,
      headOnly: (accuracy) => `nur mit dem Kopf sind es ${accuracy}`,
      divergedRun: (seed, step) => `Seed ${seed} bei Schritt ${step}`,
      diverged: (name, diverged, runs, which) => {
        const [verb, missing] = diverged === 1 ? ['ist', 'fehlt'] : ['sind', 'fehlen'];
        const who =
          diverged === runs && runs > 1
            ? `alle ${germanCount(runs, 'Lauf', 'Läufe')} von ${name}`
            : `${diverged} von ${germanCount(runs, 'Lauf', 'Läufen')} von ${name}`;
        return `${who} ${verb} divergiert (${which}) und ${missing} in jedem Mittel und jeder Abbildung: Senke die Lernrate von ${name}`;
      },
      guesses: (chance) =>
        `Ohne Training ist das Backbone nicht deutlich besser als Raten (${chance}): Vielleicht kennt es solche Bilder nicht. Ein anderes kennt sie vielleicht: Unter „Anderes Backbone holen“ gibt es einige.`,
      belowChance: (name, chance) =>
        `${name} endet schlechter als Raten (${chance}): Versuch ein Zehntel seiner Lernrate und prüfe, ob die Klassen das sind, was ihre Namen sagen`,
      belowZeroShot: (name, points) =>
        `${name} endet ${points} Punkte unter dem Backbone ohne Training, hat also mehr verloren als gelernt: Versuch eine niedrigere Lernrate, weniger Schritte oder mehr Trainingsbilder`,
      belowHead: (name, points) =>
        `${name} endet ${points} Punkte unter einem Kopf, der allein auf dem eingefrorenen Backbone trainiert wurde, sein Adapter schadet also oder wurde zu wenig trainiert: Versuch eine andere Lernrate, mehr Schritte oder mehr Trainingsbilder`,
    },
  },
  strip: {
    caption: (pictures, step) =>
      `${pictures} Testbilder ${step === null ? 'vor dem Training' : `nach Schritt ${integer(step)}`}, ein Seed je Arm`,
    picture: (number, label) => `Bild ${number}${label ? `, ${label}` : ''}`,
    right: 'Richtig',
    unknown: 'noch nicht bekannt',
    unasked: 'zu Ende, bevor es gefragt wurde',
  },
};
