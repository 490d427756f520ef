/** What the page says of itself, in German. */
import { germanCount } from '../../core/counted.ts';
import type { PAGE_STATE_WORDS } from './messages.ts';

export const pageState: typeof PAGE_STATE_WORDS = {
  tab: {
    stopped: 'Beendet',
    done: 'Fertig',
    starting: 'Beginnt',
    paused: 'Pause',
  },
  phases: { prepare: 'Vorbereiten', train: 'Training', test: 'Test' },
  notification: {
    stopped: 'Die Studie wurde vorzeitig beendet',
    finished: 'Die Studie ist fertig',
    ready: (task) => `Die Ergebnisse auf ${task ?? 'deiner Aufgabe'} sind da.`,
  },
  address: {
    running: 'Hier läuft eine Studie. Beende sie und öffne die Adresse dann noch einmal.',
    otherSettings:
      'Die Einstellungen in der Adresse sind nicht die des Ergebnisses, das sie enthält. Rechne die Studie, um zu sehen, was sie bewirken.',
    skipped: (part, why) => `„${part}“ wird übersprungen: ${why}.`,
    thereAre: (known) => `Möglich sind ${known.join(' und ')}`,
    usual: 'Übersprungene Einstellungen sind wie üblich.',
    noSeconds: 'Das sind keine Sekunden',
    more: (count) =>
      `Die Adresse hat ${germanCount(count, 'weiteren Teil, der', 'weitere Teile, die')} nicht zu gebrauchen ${count === 1 ? 'ist' : 'sind'}.`,
  },
  savedNotShown: (why) => `Das gespeicherte Ergebnis lässt sich nicht zeigen: ${why}`,
  otherAdapters:
    'Die Adapter, die mit der Seite kamen, gehören zu einer anderen Studie. Rechne die gezeigte Studie hier, um ihre Adapter zu bekommen.',
};
