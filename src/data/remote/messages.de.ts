/** What is said of data sets at addresses and on hubs, in German. */
import { germanCount } from '../../core/counted.ts';
import type { ADDRESS_WORDS, DATA_WORDS } from './messages.ts';

/** Sentences speak of “the files”, so that no noun has to be declined. */
export const dataSource: typeof DATA_WORDS = {
  thing: 'Datensatz',
  instead: 'leg sie hier ab',
  check: 'Prüf die Adresse.',
  damaged: 'Lade sie herunter und leg sie hier ab.',
  later: 'Versuch es später noch einmal, oder lade den Datensatz herunter und leg ihn hier ab.',
  again: 'Öffne ihn noch einmal.',
};

export const dataAddresses: typeof ADDRESS_WORDS = {
  noAddress: (text) => `„${text}“ ist keine Webadresse. Sie muss mit https:// beginnen.`,
  tooLarge: (host, damaged) =>
    `Die Datei auf ${host} ist größer als 2 GB, und ihr Server gibt sie nicht in Teilen heraus. ${damaged}`,
  emptyFile: (host, path) =>
    `${host} gibt für ${path} eine leere Datei. Öffne die Adresse in einem Tab des Browsers und sieh nach, was dort liegt.`,
  otherContent: (host, path, type) =>
    `${host} gibt für ${path} etwas anderes: einen Text${type === null ? '' : ` (${type})`}, etwa eine Seite, die eine Anmeldung verlangt oder sagt, was nicht geht. Öffne die Adresse in einem Tab des Browsers und sieh nach.`,
  noHubId: (text) => `„${text}“ ist kein Datensatz des Hubs. Schreib ihn als owner/name.`,
  noParquet: (id, instead) =>
    `Der Hub nennt keine parquet-Dateien für „${id}“. Er wandelt nur öffentliche Datensätze um; lade die Dateien herunter und ${instead}.`,
  noVersion: (id, version, known) => `„${id}“ hat keine Version „${version}“, nur ${known}.`,
  shards: (read, all) =>
    `Der Datensatz hat ${germanCount(all, 'Datei', 'Dateien')}. Davon werden ${read} gelesen, die ersten jedes Teils.`,
  missing: (id, host) => `Auf ${host} gibt es keinen Datensatz „${id}“ (404). Prüf die Schreibweise.`,
};
