/** The words of the findings of a study in German. */
import { germanComparison } from '../../study/readings/german-comparison.ts';
import type { FINDING_WORDS } from './messages.ts';

export const findings: typeof FINDING_WORDS = {
  comparisons: {
    'half-off': germanComparison('Ohne die Hälfte der Schichten', 'behält', 'mehr vom Gelernten'),
    average: germanComparison('Auf dem Weg zwischen zwei Seeds', 'verliert', 'weniger Genauigkeit'),
    'other-domains': germanComparison('Auf Domänen, die kein Training gesehen hat,', 'liegt', 'öfter richtig'),
    tasks: germanComparison('Mit den gemittelten Adaptern aller Aufgaben', 'liegt', 'öfter richtig'),
    averaging: germanComparison('Werden A und B der Clients gemittelt,', 'hat', 'den kleineren Fehler'),
    clients: germanComparison('Nach dem Mitteln der Clients', 'liegt', 'öfter richtig'),
    price: germanComparison('Mit allen Schichten', 'liegt', 'öfter richtig'),
  },
  cannotTell: (names) => `Diese Studie kann ${names} nicht unterscheiden. Mehr Schritte und mehr Seeds könnten es.`,
};
