/** Words that several lessons share, in German. */
import { hundredths, integer, percent, signedPoints, signedPointsEnd } from '../../core/number-format.ts';
import { germanCount } from '../../core/counted.ts';
import { scopeText } from '../../study/readings/words.ts';
import type { COURSE_WORDS } from './messages.ts';

const points = (share: number): string => `${hundredths(share)} Punkte`;

export const course: typeof COURSE_WORDS = {
  nothingToRead: 'Das Ergebnis auf der Seite enthält diese Zahlen nicht.',
  runFirst: (isUnderWay) =>
    `${isUnderWay ? 'Der Schritt wird gerechnet' : 'Rechne den Schritt'}: Wenn er fertig ist, stehen hier deine eigenen Zahlen.`,
  points,
  signed: (value) => `${signedPoints(value)} Punkte`,
  interval: (difference) =>
    `95-%-Intervall ${signedPointsEnd(difference.low)} bis ${signedPointsEnd(difference.high)} Punkte ${scopeText(difference)}`,
  overSeeds: (mean, deviation, seeds) =>
    deviation === null
      ? `${percent(mean)} (1 Seed)`
      : `${percent(mean)} (Standardabweichung ${points(deviation)} über ${seeds} Seeds)`,
  backbones: (own, saved) =>
    `Ohne jedes Training liegt das Backbone bei **${percent(own.accuracy)}** der ${germanCount(own.pictures, 'Testbild', 'Testbilder')} deines Laufs richtig, bei denen des gespeicherten Ergebnisses (${integer(saved.pictures)}) bei **${percent(saved.accuracy)}**. Vergleiche die Genauigkeiten erst damit und dann miteinander.`,
  range: (setting, first, last) => `${setting} ${first} bis ${last}`,
};
