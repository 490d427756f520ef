import { ModelSourceError } from './model-id.ts';

/** Another tab writes the file, which is its to finish or remove. */
export class OtherTabWrites extends ModelSourceError {}
