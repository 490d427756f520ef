/** The words of merging all seeds of an arm in German. */
import { germanCount } from '../../../core/counted.ts';
import { presets } from '../../../study/presets/messages.de.ts';
import type { MERGING_WORDS } from './messages.ts';

export const merging: typeof MERGING_WORDS = {
  message: 'Aus allen Seeds eines Arms wird ein Adapter, auf jede Art des Mergens.',
  help: {
    merges:
      'Alle Adapter eines Arms werden einer, auf jede Art; nichts wird nachtrainiert. Ein Ensemble rechnet mit allen und mittelt ihre Logits: Das will das Mergen zum Preis eines einzigen erreichen.',
    aligned:
      'Gedreht und bestes P: A und B werden erst denen des ersten Seeds nahe gebracht, was jedes Update lässt, wie es ist. λ skaliert das gemergte Update, wo eine Methode einen solchen Faktor hat; 1 ist das Mittel der Läufe.',
    caution:
      'Jeder Balken ist ein einziger Merge und hat darum keine Streuung, bei DARE ist es eine einzige Ziehung der Masken. Der höchste von vielen Balken wird geschönt, weil er auf den Bildern ausgewählt ist, auf denen er gezeigt wird. Es sind Seeds einer Aufgabe; die Methoden wurden für verschiedene Aufgaben gemacht.',
  },
  quantity: 'Mergen: gezeigte Größe',
  merging: 'dem Mergen',
  awaited: 'Was bleibt, wenn alle Seeds eines Arms ein Adapter werden, erscheint hier nach dem Training.',
  off: `Schalte „Mergen“ unter „Analysen“ ein oder wähle die Vorlage „${presets.called('Merge')}“, um zu sehen, wie alle Seeds eines Arms ein Adapter werden.`,
  runsIntoOne: (runs) =>
    `aus ${runs.length === 1 ? germanCount(runs[0], 'Lauf', 'Läufen') : `${runs.join(' / ')} Läufen`} einer`,
  chosenOn: (images) => `λ auf ${germanCount(images, 'Validierungsbild', 'Validierungsbildern')} gewählt`,
  notChosen: 'λ = 1',
  allAdapters: 'Alle Adapter',
  evaluations: (runs) => germanCount(runs, 'Auswertung', 'Auswertungen'),
  detail: (lambda, rank) => `λ ${lambda}, Rang ${rank}`,
  singleRun: (seed) => `Einzelner Lauf, Seed ${seed}`,
  sweep: 'Task arithmetic, Reihe',
  head: ['Merge', 'Arm', 'λ', 'Rang', 'Genauigkeit %', 'gegen einzelne', 'Behaltener Gewinn %', 'Loss'],
  caption: {
    ofRuns: (name, runs) => `${name} (${germanCount(runs, 'Lauf', 'Läufe')})`,
    uneven:
      'Merges und Ensembles aus mehr Läufen sind schon dadurch besser; diese Arme lassen sich so nicht vergleichen',
    scalesEnd: (methods) =>
      `Das beste λ ist für ${methods} das kleinste oder größte der probierten; ein Wert darüber hinaus kann besser sein`,
    kinds: {
      single: 'ein einzelner Lauf',
      factors: 'A und B gemittelt',
      rotated: 'vorher aufeinander gedreht',
      updates: 'Updates gemittelt',
      ensemble: 'Ensemble der Logits',
    },
  },
};
