/** What is wrong with archives, in German. */
import { germanCount } from '../../core/counted.ts';
import { fixed } from '../../core/number-format.ts';
import type { ARCHIVE_WORDS } from './messages.ts';

export const dataArchives: typeof ARCHIVE_WORDS = {
  headerDamaged: 'ein Header ist beschädigt',
  endsInHeader: 'es endet mitten in einem Header',
  endsInFile: 'es endet mitten in einer Datei',
  unreadable: (why) => `Das Archiv lässt sich nicht lesen: ${why}. Pack den Ordner noch einmal.`,
  noTar: (why) =>
    `Das Archiv lässt sich nicht lesen: Es ist keine tar-Datei, abgeschnitten oder beschädigt (${why}). Pack den Ordner noch einmal.`,
  noZip: (why) =>
    `Das Archiv lässt sich nicht lesen: Es ist keine zip-Datei, abgeschnitten oder beschädigt (${why}). Pack den Ordner noch einmal.`,
  cut: (entries, why) =>
    `Das Archiv ist nach ${germanCount(entries, 'Eintrag', 'Einträgen')} abgeschnitten oder beschädigt (${why}). Was davor kommt, wird verwendet.`,
  tooLarge: (gigabytes, most) =>
    `Entpackt wäre das Archiv ${fixed(gigabytes, 1)} GB groß; gelesen werden höchstens ${most} GB. Pack weniger Bilder hinein.`,
  hostile: 'ein Pfad in einem Archiv darf weder absolut sein noch „..“ oder Steuerzeichen enthalten',
  special: 'Links und besondere Dateien werden nicht gelesen',
  encrypted: 'verschlüsselt, entpack es zuerst mit dem Passwort',
  repeated: 'das Archiv enthält noch eine Datei dieses Namens',
  larger: (megabytes) => `größer als ${megabytes} MB`,
  unpacksToTimes: (ratio) => `entpackt wäre die Datei mehr als ${ratio}-mal so groß`,
  endsWithinIt: 'das Archiv endet mitten in der Datei',
  longerThanSaid: 'die Datei ist größer, als das Archiv angibt',
  shorterThanSaid: 'die Datei ist kürzer, als das Archiv angibt',
  zipInPacked: 'ein zip in einer gepackten Datei wird nicht gelesen',
};
