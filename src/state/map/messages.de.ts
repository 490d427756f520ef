/** What is said of cells of a map, in German. */
import { integer } from '../../core/number-format.ts';
import type { MAP_STATE_WORDS } from './messages.ts';

export const mapState: typeof MAP_STATE_WORDS = {
  notRead: (why) => `Die gespeicherten Zellen lassen sich nicht zeigen: ${why}`,
  notKept: (why) => `Was hier berechnet wird, wird auf diesem Gerät nicht aufbewahrt (${why}).`,
  interrupted: (map, step, steps, ago) =>
    `Die Karte „${map}“ wurde in einer Zelle unterbrochen, die ${step === null ? 'trainiert und noch nicht analysiert ist' : `bei Schritt ${integer(step)} von ${integer(steps)} steht`}, gespeichert ${ago}. Ihre fertigen Zellen sind aufbewahrt.`,
  goOn: 'Mit der Karte weitermachen',
};
