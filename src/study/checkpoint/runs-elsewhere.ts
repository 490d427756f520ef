import { CHECKPOINT_WORDS } from './words.ts';

/** The study that was to go on runs in another tab. */
export class RunsElsewhere extends Error {
  override readonly name = 'RunsElsewhere';

  constructor() {
    super(CHECKPOINT_WORDS.otherTab);
  }
}
