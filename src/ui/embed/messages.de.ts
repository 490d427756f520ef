/** The words of an embedded frame in German. */
import { germanCount } from '../../core/counted.ts';
import type { EMBED_WORDS } from './messages.ts';

export const embed: typeof EMBED_WORDS = {
  heading: (task) => `CopRA Playground: ${task}`,
  headingWithoutResult: 'CopRA Playground: kein Ergebnis',
  about: ({ task, seeds, steps, date }) =>
    `${task} · ${germanCount(seeds, 'Seed', 'Seeds')} · ${germanCount(steps, 'Schritt', 'Schritte')} · ${date}`,
  noResult: 'In dieser Adresse steckt kein Ergebnis.',
  openWhole: 'Im CopRA Playground öffnen',
  absence: (view) =>
    `Zu „${view}“ enthält dieses Ergebnis nichts: Die Analyse war ausgeschaltet oder hatte noch nicht begonnen.`,
  absenceInLink: (view) =>
    `Zu „${view}“ enthält dieser Link nichts: Die Analyse war ausgeschaltet, hatte noch nicht begonnen oder fehlt im Link.`,
};
