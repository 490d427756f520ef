/** The words of the method shown step by step, in German. */
import { germanCount } from '../../../core/counted.ts';
import { fixed, integer, percent } from '../../../core/number-format.ts';
import type { STRATEGY_WORDS } from './messages.ts';

export const strategy: typeof STRATEGY_WORDS = {
  summary: 'Schichten ausschalten, Seeds mergen: Schritt für Schritt',
  seed: (seed) => `Seed ${seed}`,
  dropping: {
    title: 'Fortschreitendes Ausschalten',
    seedShown: 'Seed der gezeigten Methode',
    note: 'Ein Block ist eine eingefrorene Schicht, der Balken daneben ihr Adapter: farbig, solange er lernt, grau, solange er ausgeschaltet ist und die eingefrorene Schicht allein arbeitet.',
    active: (active, layers, probability) =>
      `${active} von ${germanCount(layers, 'Schicht', 'Schichten')} aktiv, p = ${fixed(probability, 2)}`,
    pause: 'Pause',
    play: 'Training abspielen',
    step: 'Trainingsschritt',
    atStep: (step, arms) => `Schritt ${integer(step)}: ${arms.join('; ')}`,
    stepOf: (step, steps) => `Schritt ${integer(step)} / ${integer(steps)}`,
    firstStep: 'Schritt 1',
    speed: 'Tempo',
  },
  merging: {
    title: 'Zwei Seeds mergen',
    paths: { factor: 'A und B gemittelt', product: 'B·A gemittelt' },
    pairShown: 'Seeds, die gemergt werden',
    pair: (seeds) => `Seeds ${seeds}`,
    empty: 'Hier wird aus zwei Adaptern einer, wenn die Landschaft zwischen zwei Seeds gemessen ist.',
    note: (left, right, testImages) =>
      `Links Seed ${left}, rechts Seed ${right}, dazwischen ihr gewichtetes Mittel: Nichts wird neu trainiert. Genauigkeiten auf ${germanCount(testImages, 'Testbild', 'Testbildern')}.`,
    merged: 'gemergt',
    share: 'Anteil des zweiten Seeds, λ',
    how: 'Wie Seeds gemergt werden',
    at: (lambda, accuracy, below, first, last) =>
      `λ = ${fixed(lambda, 2)}: ${percent(accuracy)}, ${fixed(Math.abs(below), 1)} Punkte ${below >= 0 ? 'unter' : 'über'} der Linie zwischen ${percent(first)} und ${percent(last)}`,
    ofArm: (arm, text) => `${arm}, ${text}`,
  },
};
