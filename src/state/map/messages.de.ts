/** Why cells of a map are not kept, in German. */
import type { MAP_STATE_WORDS } from './messages.ts';

export const mapState: typeof MAP_STATE_WORDS = {
  notKept: (why) => `Was hier berechnet wird, wird auf diesem Gerät nicht aufbewahrt (${why}).`,
};
