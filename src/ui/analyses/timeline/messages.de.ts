/** The words of the figure along training, and of comparisons at equal budgets, in German. */
import { germanComparison } from '../../../study/readings/german-comparison.ts';
import { germanCount } from '../../../core/counted.ts';
import { integer } from '../../../core/number-format.ts';
import type { TIMELINE_WORDS } from './messages.ts';

const barrierOver = (points: number): string => (points === 3 ? 'in der Mitte' : `über ${points} Werte von λ`);

export const timeline: typeof TIMELINE_WORDS = {
  help: [
    'Adapter werden auf dem Weg durch das Training aufbewahrt und so getestet wie die trainierten: mit allem an, mit jeder zweiten Schicht an (Mittel beider Hälften) und auf halbem Weg zwischen zwei Seeds auf dem Faktorpfad. Am Anfang liegen die Schritte enger beieinander. Bänder sind eine Standardabweichung über Seeds, auf halbem Weg zwischen zwei Seeds über deren Paare.',
    'Ein Schritt von CopRA trainiert weniger Adapter und rechnet weniger; gleich viele Schritte sind also nicht gleich viel Aufwand. „Updates“ zählt die Adapter, die aktiv waren, alle Schichten zusammen als 1 je Schritt. „Rechenaufwand“ zählt die Multiplikationen und Additionen der Matrixprodukte eines Laufs für sich: Jedes Bild durchläuft alle Schichten, der Rückwärtsdurchlauf endet an der untersten aktiven. Beides folgt genau aus den Gates jedes Schritts. In der Studie trainieren die Arme zusammen, ihre Zeiten lassen sich dort nicht trennen; mit „Dauer eines Schritts“ unter „Analysen“ wird jeder Lauf für sich gestoppt, und „Zeit“ zählt die Sekunden.',
  ],
  measureShown: 'Im Lauf des Trainings: gezeigtes Maß',
  countedIn: 'Im Lauf des Trainings: gezählt in',
  awaited: 'Was Adapter auf dem Weg durch das Training wert sind, erscheint hier nach dem Training.',
  off: 'Schalte „Im Lauf des Trainings“ unter „Analysen“ ein, um zu sehen, wie früh sich zwei Seeds mergen lassen.',
  measures: {
    midpoint: 'Mitte',
    barrier: 'Barriere',
    'every other': 'Jede zweite Schicht',
    accuracy: 'Alles an',
  },
  axes: {
    midpoint: 'Genauigkeit in der Mitte, %',
    'every other': 'behaltener Gewinn, % (besser ↑)',
    accuracy: 'Testgenauigkeit, %',
  },
  barrier: {
    axis: (points) => `Barriere ${barrierOver(points)}, Punkte`,
    label: (points) => `Barriere ${barrierOver(points)}, Punkte`,
  },
  units: { midpoint: ' %', barrier: ' Punkte', 'every other': ' %', accuracy: ' %' },
  step: (step) => `Schritt ${step}`,
  head: ['Arm', 'Schritt', 'Alles an, %', 'Jede zweite Schicht: behaltener Gewinn, %', 'Mitte, %'],
  spent: { updates: 'Adapter-Updates', work: 'Rechenaufwand', time: 'Sekunden eines Laufs für sich' },
  missingSteps: (asked, known) =>
    `Von ${germanCount(asked, 'Schritt', 'Schritten')}, die zu testen waren, ${known === 1 ? 'ist 1' : `sind ${known}`} bekannt: Die anderen Adapter wurden nicht aufbewahrt oder gingen bei einer Unterbrechung des Trainings verloren.`,

  equal: (other, baseline, budget) => `${other} gegen ${baseline} bei gleichem Aufwand: ${budget}`,
  equalCaption: (scope, validated, wider) =>
    `Mittelwerte über Seeds; zwischen zwei Seeds über deren Paare. Differenzen sind je Seed gepaart, mit ihrem 95-%-Intervall${scope === null ? '' : ` ${scope}`}${validated ? ', bei der Validierungsgenauigkeit über Seeds' : ''}; fett, wo es die 0 ausschließt.${wider ? ' Ein Intervall allein über Seeds kann breiter sein als eines über Seeds und Bilder, weil weniger Werte seine Breite schätzen (weniger Freiheitsgrade).' : ''} Zwischen zwei getesteten Schritten liegen Werte auf einer Geraden. Ein Arm, der früh abgelesen wird, ist noch nicht am Ende des Verlaufs seiner Lernrate.`,
  measure: 'Maß',
  readAt: (step) => `Schritt ${integer(step)}`,
  difference: 'Differenz',
  rows: {
    accuracy: 'Alles an, %',
    'every other': 'Jede zweite Schicht, behaltener Gewinn, %',
    midpoint: 'Mitte, %',
    validation: 'Validierungsgenauigkeit, %',
  },
  caption: {
    everyStep: 'bei jedem getesteten Schritt',
    fromStep: (step) => `ab Schritt ${integer(step)}`,
    gap: (points, isBelow) => `${points} Punkte ${isBelow ? 'darunter' : 'darüber'}`,
    tooFew: (name, gap) => `${name} hat zu wenige Seeds für eine Aussage (${gap} beim letzten Schritt)`,
    worse: (name, gap) => `${name} ist beim letzten Schritt deutlich schlechter als seine Enden, ${gap}`,
    neverWorse: (name, gap) =>
      `${name} ist bei keinem getesteten Schritt deutlich schlechter als seine Enden, ${gap} beim letzten`,
    noLongerWorse: (name, step, gaps) =>
      `${name} ist ab Schritt ${integer(step)} nicht mehr deutlich schlechter als seine Enden, ${gaps}`,
    untoldFrom: (name, step, gaps) =>
      `ob ${name} schlechter ist als seine Enden, ist ab Schritt ${integer(step)} nicht zu sagen, ${gaps}`,
    gapThere: (gap) => `dort ${gap}`,
    gapLast: (gap) => `beim letzten ${gap}`,
    measures: { midpoint: 'seine Mitte', everyOther: 'sein behaltener Gewinn mit jeder zweiten Schicht' },
    since: (what, isAhead, since) => `${what} liegt ${since} deutlich ${isAhead ? 'vorn' : 'zurück'}`,
    passing: (what, steps) =>
      `${what} liegt bei ${steps.length === 1 ? 'Schritt' : 'den Schritten'} ${steps.join(', ')} deutlich vorn, aber nicht am Ende`,
    notAhead: (what) => `${what} liegt am Ende nicht deutlich vorn`,
    against: (name, first, scopes, parts) =>
      `${name} gegen ${first} nach gleich vielen Schritten (${scopes}): ${parts}`,
    visible: (ends) =>
      `Wie früh zeigt sich, ob sich Adapter mergen lassen? Auf halbem Weg zwischen zwei Seeds auf dem Faktorpfad: ${ends}`,
    needsTwo: 'Um zu sehen, wann sich Seeds mergen lassen, braucht ein Arm zwei davon',
    pairs: (count) => germanCount(count, 'Paar', 'Paare'),
    steps: (count) => germanCount(count, 'Schritt', 'Schritte'),
  },
  budget: {
    spends: (other, first, share, budget) => `${budget}: ${other} verbraucht ${share} von dem, was ${first} verbraucht`,
    where: (first, step, other, otherStep) =>
      `wo beide gleich viel verbraucht haben, ${first} bei Schritt ${step} und ${other} bei Schritt ${otherStep}`,
    nothingTested: 'wurde nichts getestet',
    measured: {
      'accuracy with everything on': 'der Genauigkeit mit allen Schichten',
      'validation accuracy': 'der Validierungsgenauigkeit',
    },
    same: (measured) => `unterscheiden sie sich nicht in ${measured}`,
    apart: (other, points, isAhead, measured) =>
      `liegt ${other} in ${measured} ${points} Punkte ${isAhead ? 'vorn' : 'zurück'}`,
  },
  comparison: germanComparison(
    'Am Ende des Trainings, auf halbem Weg zwischen zwei Seeds,',
    'liegt',
    'öfter richtig',
    'am Ende des Trainings in der Testgenauigkeit auf halbem Weg zwischen zwei Seeds',
  ),
};
