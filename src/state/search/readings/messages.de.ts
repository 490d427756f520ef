/** What a search for a schedule says, in German. */
import { germanCount } from '../../../core/counted.ts';
import type { SCHEDULE_READINGS } from './messages.ts';

/** Parts of the names of candidates of the searches that come with the page; others stay as they are. */
const PARTS: Readonly<Record<string, string>> = {
  'higher rate': 'höhere Rate',
  'ramp over a quarter': 'Rampe über ein Viertel',
  'ramp over half': 'Rampe über die Hälfte',
  'ramp to the end': 'Rampe bis zum Ende',
  'rate divided by activity': 'Rate geteilt durch Aktivität',
  'deep layers’ ramps end later': 'Rampen tiefer Schichten enden später',
  'deep layers’ ramps end sooner': 'Rampen tiefer Schichten enden früher',
  'divided by p': 'geteilt durch p',
  'sine ramp': 'Sinusrampe',
  'no ramp': 'ohne Rampe',
  'until 50 %': 'bis 50 %',
  'until 90 %': 'bis 90 %',
};

export const scheduleReadings: typeof SCHEDULE_READINGS = {
  measures: { accuracy: 'Genauigkeit', kept: 'behaltenem Gewinn', midpoint: 'Mitte' },
  called: (name) =>
    name
      .split(', ')
      .map((part) => PARTS[part] ?? part.replace(/^(p₀? = \d)\./, '$1,'))
      .join(', '),
  quoted: (name) => `„${name}“`,
  averaged: (name) => `${name}, Mittel der letzten`,
  inMeasures: (reference, measures) => `${reference} in ${measures}`,
  some: 'In dieser Runde liegen manche Kandidaten in allen drei Größen auf oder über jedem Vergleichsarm.',
  none: 'In dieser Runde liegt kein Kandidat in allen drei Größen auf oder über jedem Vergleichsarm.',
  nothing: 'Noch ist nichts trainiert.',
  message: {
    shortened: 'Eine gekürzte Suche: Sie zeigt, wie eine Suche verläuft, nicht, was herauskommt.',
    behind:
      'Auf frischen Seeds liegt der Sieger deutlich unter einem Vergleichsarm: Diese Suche fand keinen Verlauf, der beides hat.',
    unclear: 'Auf frischen Seeds kann dieser Test nicht sagen, ob der Sieger beides hat.',
    ahead: 'Auf frischen Seeds hat der Sieger beides: was LoRA erreicht und was CopRA behält.',
  },
  best: (name, margin) =>
    `Am besten liegt ${name}: ${margin} Punkte gegenüber dem besten Vergleichsarm in der Größe, in der er am schlechtesten ist`,
  unbeaten: (unbeaten, all) => `${unbeaten} von ${all} schlägt kein anderer in allen drei Größen`,
  over: (images, isTest, seeds) =>
    `Mittel über ${germanCount(seeds, 'Seed', 'Seeds')} und ihre Paare, ${isTest ? germanCount(images, 'Testbild', 'Testbilder') : germanCount(images, 'Validierungsbild', 'Validierungsbilder')}`,
  luck: 'das Beste von vielem ist es zum Teil durch Glück',
  verdict: {
    none: 'Der Sieger ist noch nicht getestet.',
    behind: (winner, below) =>
      `${winner} liegt deutlich unter ${below}: Diese Suche fand keinen Verlauf, der beides hat.`,
    unclear: (winner, missing) =>
      `${winner} liegt in keiner der drei Größen deutlich unter einem Vergleichsarm, aber auch in keiner deutlich über ${missing}: Dieser Test kann nicht sagen, ob er beides hat.`,
    ahead: (winner) =>
      `${winner} hat beides: Er liegt in keiner der drei Größen deutlich unter einem Vergleichsarm und in mindestens einer deutlich über jedem.`,
    above: (above) => `Deutlich liegt er über ${above}.`,
    aboveNone: 'Deutlich über einem Vergleichsarm liegt er nirgends.',
    shortened: (share) =>
      `Alle Trainings waren auf ${share} ihrer Schritte gekürzt: Das zeigt, wie eine Suche verläuft, nicht, was herauskommt.`,
  },
  evidence: (above, seeds, images) =>
    `Von einer Suche gefunden, dann auf ${germanCount(seeds, 'frischen Seed', 'frischen Seeds')} und ${germanCount(images, 'Testbild', 'Testbildern')} geprüft: deutlich über ${above}, in Genauigkeit, behaltenem Gewinn und Mitte deutlich unter keinem davon.`,
};
