/** Code that is loaded when it is first used. */
import { CodeMissing } from '../core/error-text.ts';
import { Silence, unlessSilent } from './unless-silent.ts';

/** What a press or a study waits for: browsers wait without end for a host that accepts and never answers. @throws CodeMissing after half a minute */
export async function comingCode<T>(arriving: Promise<T>): Promise<T> {
  try {
    return await unlessSilent(arriving);
  } catch (cause) {
    throw cause instanceof Silence ? new CodeMissing('', { cause }) : cause;
  }
}
