/** The words of the findings of a study in German. */
import { germanCount } from '../../core/counted.ts';
import { germanComparison } from '../../study/readings/german-comparison.ts';
import type { FINDING_WORDS } from './messages.ts';

export const findings: typeof FINDING_WORDS = {
  comparisons: {
    'half-off': germanComparison(
      'Ohne die Hälfte der Schichten',
      'behält',
      'mehr vom Gelernten',
      'im behaltenen Gewinn ohne die Hälfte der Schichten',
    ),
    average: germanComparison(
      'Auf dem Weg zwischen zwei Seeds',
      'verliert',
      'weniger Genauigkeit',
      'im Verlust an Genauigkeit zwischen zwei Seeds',
    ),
    'other-domains': germanComparison(
      'Auf Domänen, die kein Training gesehen hat,',
      'liegt',
      'öfter richtig',
      'in der Genauigkeit auf anderen Domänen',
    ),
    tasks: germanComparison(
      'Mit den gemittelten Adaptern aller Aufgaben',
      'liegt',
      'öfter richtig',
      'in der Genauigkeit mit den gemittelten Adaptern aller Aufgaben',
    ),
    averaging: germanComparison(
      'Werden A und B der Clients gemittelt,',
      'hat',
      'einen kleineren Fehler',
      'im Fehler beim Mitteln von A und B der Clients',
    ),
    clients: germanComparison(
      'Nach dem Mitteln der Clients',
      'liegt',
      'öfter richtig',
      'in der Genauigkeit nach dem Mitteln der Clients',
    ),
    price: germanComparison('Mit allen Schichten', 'liegt', 'öfter richtig', 'in der Testgenauigkeit'),
  },
  startsLower: (name, accuracy) =>
    `Auf halbem Weg zwischen zwei Seeds erreichen beide ${accuracy}: ${name} beginnt tiefer.`,
  cannotTell: (names, measures) =>
    `${names} lassen sich in dieser Studie ${measures} nicht unterscheiden. Mehr Schritte und mehr Seeds könnten helfen.`,
  fewSteps: (steps, name) =>
    `Das gilt nach ${germanCount(steps, 'Schritt', 'Schritten')}. ${name} trainiert am Anfang weniger Schichten, deshalb kann längeres Training anderes ergeben.`,
  lacks: {
    'too little': (names, arms) =>
      `${names} ${arms === 1 ? 'hat' : 'haben'} noch kaum gelernt: Mehr Schritte können jeden Unterschied hier umkehren.`,
    diverged: (names) =>
      `Das Training von ${names} ist bei jedem Seed divergiert: Es bleibt nichts zu vergleichen. Kleinere Lernraten könnten helfen.`,
  },
};
