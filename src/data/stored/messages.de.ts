/** What is said of data sets that are kept on the device, in German. */
import { germanCount } from '../../core/counted.ts';
import { integer } from '../../core/number-format.ts';
import type { STORED_WORDS } from './messages.ts';

const megabytes = (count: number): string => `${integer(count)} MB`;

export const dataStored: typeof STORED_WORDS = {
  gone: 'Dieser Datensatz ist nicht mehr auf dem Gerät: Ein anderer Tab oder der Browser hat ihn gelöscht.',
  damaged:
    'Dieser Datensatz wurde unvollständig gespeichert oder ist beschädigt. Lösch ihn und leg seine Dateien noch einmal ab.',
  noRoom: (needed, free) =>
    `Um diese Bilder zu speichern, braucht es ${megabytes(needed)}, und ${free === null ? 'auf dem Gerät ist zu wenig Platz' : `für diese Seite sind nur ${megabytes(free)} frei`}. Lösch hier gespeicherte Datensätze oder Modelle oder lass Klassen weg, und versuch es noch einmal.`,
  noStorage: (why) => `${why}. Deshalb lassen sich Datensätze nicht aufbewahren.`,
  noOtherLabels: 'Andere Labels stehen nur in seinen eigenen Dateien: Leg sie noch einmal ab.',
  enlarged: (images, from, to) =>
    `${germanCount(images, 'Bild wurde', 'Bilder wurden')} mit ${from} × ${from} Pixeln gespeichert und ${images === 1 ? 'wird' : 'werden'} für dieses Backbone auf ${to} × ${to} vergrößert. Leg die Dateien noch einmal ab, wenn du schärfere willst.`,
};
